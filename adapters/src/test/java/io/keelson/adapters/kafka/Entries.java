package io.keelson.adapters.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Id;
import io.keelson.commands.log.LogEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Entries of a log that never was. */
final class Entries {

  static final Instant START = Instant.parse("2026-07-03T09:13:59.300254Z");
  static final Map<String, Object> METADATA =
      Map.of(
          "initiator", "SCWAAAAAAAAAAAAAAAAA",
          "correlation_id", "00000000-0000-0000-0000-00000000000c",
          "cause_source", "/keelson/requests",
          "cause_id", "00000000-0000-0000-0000-00000000000d");

  private Entries() {}

  static ClusterId cluster(long number) {
    return new ClusterId(new UUID(3, number));
  }

  static UUID id(long position) {
    return Id.derived("entry", Long.toString(position));
  }

  /** Places {@code from} to {@code to}; a few clusters share them in turn. */
  static List<LogEntry> range(long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(Entries::at).toList();
  }

  static LogEntry at(long position) {
    return at(position, "{\"position\":%d}".formatted(position));
  }

  static LogEntry at(long position, String data) {
    ClusterId cluster = cluster(position % 5);
    return entry(position, "cluster.control-plane-observed", cluster.value(), cluster, data);
  }

  static LogEntry entry(
      long position, String type, UUID stream, @Nullable ClusterId cluster, String data) {
    return new LogEntry(
        position,
        id(position),
        type,
        1,
        true,
        stream,
        type.startsWith("pool.") ? "cluster" : type.substring(0, type.indexOf('.')),
        position,
        cluster,
        START.plusSeconds(position),
        START.plusSeconds(position).plusMillis(7),
        data.getBytes(UTF_8),
        METADATA);
  }

  static LogEntry with(LogEntry entry, Map<String, Object> metadata) {
    return new LogEntry(
        entry.position(),
        entry.id(),
        entry.type(),
        entry.revision(),
        entry.open(),
        entry.stream(),
        entry.streamType(),
        entry.streamVersion(),
        entry.cluster(),
        entry.occurredAt(),
        entry.recordedAt(),
        entry.data(),
        metadata);
  }

  static LogEntry internal(LogEntry entry) {
    return new LogEntry(
        entry.position(),
        entry.id(),
        entry.type(),
        entry.revision(),
        false,
        entry.stream(),
        entry.streamType(),
        entry.streamVersion(),
        entry.cluster(),
        entry.occurredAt(),
        entry.recordedAt(),
        entry.data(),
        entry.metadata());
  }
}
