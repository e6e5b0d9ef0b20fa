/** Drives this part of the edge, over HTTP. */
@NullMarked
package io.keelson.adapters.rest.history;

import org.jspecify.annotations.NullMarked;
