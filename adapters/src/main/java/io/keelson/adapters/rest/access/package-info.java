/** Authenticates and authorizes callers. Which keys and permissions exist is decided elsewhere. */
@NullMarked
package io.keelson.adapters.rest.access;

import org.jspecify.annotations.NullMarked;
