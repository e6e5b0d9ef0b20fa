package io.keelson.projections.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keelson.commands.ClusterId;
import io.keelson.commands.log.EventLog;
import io.keelson.commands.log.LogEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A log in memory. */
final class Diary implements EventLog {

  static final Instant NOW = Instant.parse("2026-07-03T09:13:59.300254Z");

  private final List<LogEntry> entries = new ArrayList<>();

  LogEntry write(
      String type,
      String streamType,
      UUID stream,
      @Nullable ClusterId cluster,
      String data,
      Map<String, ?> metadata) {
    LogEntry entry =
        new LogEntry(
            entries.size() + 1L,
            new UUID(7, entries.size() + 1L),
            type,
            1,
            true,
            stream,
            streamType,
            entries.stream().filter(e -> e.stream().equals(stream)).count(),
            cluster,
            NOW.minusSeconds(60),
            NOW.plusSeconds(entries.size()),
            data.getBytes(UTF_8),
            Map.copyOf(metadata));
    entries.add(entry);
    return entry;
  }

  LogEntry creation(ClusterId cluster, UUID organization, UUID project, Map<String, ?> metadata) {
    return write(
        "cluster.creation-started",
        "cluster",
        cluster.value(),
        cluster,
        "{\"organization\":\"%s\",\"project\":\"%s\",\"region\":\"fr-par\"}"
            .formatted(organization, project),
        metadata);
  }

  LogEntry change(ClusterId cluster) {
    return write("cluster.absence-observed", "cluster", cluster.value(), cluster, "{}", Map.of());
  }

  @Override
  public List<LogEntry> after(long position, int limit) {
    return entries.stream().filter(e -> e.position() > position).limit(limit).toList();
  }

  List<LogEntry> all() {
    return List.copyOf(entries);
  }

  @Override
  public List<LogEntry> at(Collection<Long> positions) {
    return entries.stream().filter(e -> positions.contains(e.position())).toList();
  }

  @Override
  public long head() {
    return entries.size();
  }

  @Override
  public AutoCloseable watch(Runnable hint) {
    throw new UnsupportedOperationException("projections are handed the log");
  }
}
