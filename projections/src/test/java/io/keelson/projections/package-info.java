/** Tests, and what they share. */
@NullMarked
package io.keelson.projections;

import org.jspecify.annotations.NullMarked;
