/** Tests, and what they share. */
@NullMarked
package io.keelson.projections.release;

import org.jspecify.annotations.NullMarked;
