package io.keelson.adapters.kafka;

import io.keelson.commands.node.Report;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of another service, its attributes checked and its data not yet.
 *
 * @param traceparent null where there was none, or none of version 00
 * @param data JSON, UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record IntakeEvent(
    String source,
    String id,
    String type,
    @Nullable String subject,
    @Nullable String sequence,
    @Nullable Instant time,
    @Nullable String traceparent,
    byte[] data) {

  Report report() {
    return new Report(source, id, subject, sequence, time);
  }
}
