/**
 * Real servers that the application starts when none is configured, and their files. No class of
 * the domain or of Spring belongs here.
 */
@NullMarked
package io.keelson.infra.embedded;

import org.jspecify.annotations.NullMarked;
