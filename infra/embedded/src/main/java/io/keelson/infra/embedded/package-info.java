/**
 * Real servers that the application starts when none is configured, and what it takes to own a
 * directory on disk. Nothing of the domain, and nothing of Spring, belongs here.
 */
@NullMarked
package io.keelson.infra.embedded;

import org.jspecify.annotations.NullMarked;
