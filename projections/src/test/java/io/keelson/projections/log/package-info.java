/** Hands the log to its projection, and reads what came of it. */
@NullMarked
package io.keelson.projections.log;

import org.jspecify.annotations.NullMarked;
