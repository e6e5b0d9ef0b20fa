/** Drives this part of the edge, over HTTP where it has routes. */
@NullMarked
package io.keelson.adapters.rest.gateway;

import org.jspecify.annotations.NullMarked;
