package io.keelson.adapters.kafka;

import io.keelson.commands.node.Report;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of another service. Its attributes are validated, its data are not.
 *
 * @param traceparent null: the event has none, or one of a version other than 00
 * @param data JSON in UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
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
