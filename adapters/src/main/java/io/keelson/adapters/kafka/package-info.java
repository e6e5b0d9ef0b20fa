/**
 * The bus: every open event goes out as a CloudEvent, and what other services tell comes in. What
 * follows from that is decided by the streams; how the log is numbered belongs to the event store.
 */
@NullMarked
package io.keelson.adapters.kafka;

import org.jspecify.annotations.NullMarked;
