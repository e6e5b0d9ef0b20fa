/** Tests, and what they share. */
@NullMarked
package io.keelson.projections.status;

import org.jspecify.annotations.NullMarked;
