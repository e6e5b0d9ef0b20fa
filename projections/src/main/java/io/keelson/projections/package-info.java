/**
 * What every projection shares: how events are gathered, folded into rows and kept, whose rows a
 * caller may see, and pages of them. No row of a subject belongs here.
 */
@NullMarked
package io.keelson.projections;

import org.jspecify.annotations.NullMarked;
