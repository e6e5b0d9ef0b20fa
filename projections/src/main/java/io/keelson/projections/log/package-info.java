/**
 * The rows that order and scope the log of events, and the audit of requests. The content of an
 * event does not belong here: it is read from the log.
 */
@NullMarked
package io.keelson.projections.log;

import org.jspecify.annotations.NullMarked;
