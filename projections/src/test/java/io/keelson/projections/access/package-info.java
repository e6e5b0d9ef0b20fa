/** Tests, and what they share. */
@NullMarked
package io.keelson.projections.access;

import org.jspecify.annotations.NullMarked;
