/**
 * The Kubernetes versions as clients see them, and what a given one offers. Upgrades themselves do
 * not belong here.
 */
@NullMarked
package io.keelson.adapters.rest.version;

import org.jspecify.annotations.NullMarked;
