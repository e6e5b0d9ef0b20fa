/**
 * What happened, for those who read it: which place in the log is whose, and who did what. What an
 * event says is not kept here, but read from the log.
 */
@NullMarked
package io.keelson.projections.log;

import org.jspecify.annotations.NullMarked;
