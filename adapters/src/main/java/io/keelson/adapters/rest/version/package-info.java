/**
 * Kubernetes versions as clients see them, and the choices that each offers. Upgrades do not belong
 * here.
 */
@NullMarked
package io.keelson.adapters.rest.version;

import org.jspecify.annotations.NullMarked;
