/** Decides about one release of the catalogue. */
@NullMarked
package io.keelson.aggregates.release;

import org.jspecify.annotations.NullMarked;
