/** Drives this part of the edge, over HTTP. */
@NullMarked
package io.keelson.adapters.rest.audit;

import org.jspecify.annotations.NullMarked;
