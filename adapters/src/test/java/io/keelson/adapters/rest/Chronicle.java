package io.keelson.adapters.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Origin;
import io.keelson.commands.log.EventLog;
import io.keelson.commands.log.LogEntry;
import io.keelson.infra.testing.TestPostgres;
import io.keelson.projections.log.LogProjection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArraySet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * A log in memory, and what is projected of it in a real database. It only grows, as a log does:
 * tests distinguish their events from those of others by their ids.
 */
public final class Chronicle implements EventLog {

  /** An event to be written; what a test does not care about has a value. */
  public record Written(
      String type,
      boolean open,
      UUID stream,
      long version,
      @Nullable ClusterId cluster,
      Instant at,
      String data,
      Map<String, Object> metadata) {

    public static Written of(String type, @Nullable ClusterId cluster, String data) {
      UUID stream = cluster == null ? UUID.randomUUID() : cluster.value();
      return new Written(type, true, stream, 0, cluster, Shelf.NOW, data, Map.of());
    }

    public Written in(UUID other, long number) {
      return new Written(type, open, other, number, cluster, at, data, metadata);
    }

    public Written internal() {
      return new Written(type, false, stream, version, cluster, at, data, metadata);
    }

    public Written at(Instant other) {
      return new Written(type, open, stream, version, cluster, other, data, metadata);
    }

    public Written by(Origin origin) {
      return new Written(
          type, open, stream, version, cluster, at, data, new HashMap<>(origin.toMetadata()));
    }
  }

  public final DataSource database = TestPostgres.database("readmodel");

  /** Runs when somebody asks how far the log has come, once. */
  public volatile @Nullable Runnable asked;

  private final LogProjection projection =
      new LogProjection(database, new JdbcTransactionManager(database), this);
  private final List<LogEntry> entries = new ArrayList<>();
  private long projected;
  private final CopyOnWriteArraySet<Runnable> hints = new CopyOnWriteArraySet<>();

  /** Appends events, and has them projected. */
  public long write(Written... events) {
    append(events);
    catchUp();
    return size();
  }

  /** Appends events, as if the projection were far behind. */
  public synchronized void append(Written... events) {
    for (Written event : events) {
      entries.add(
          new LogEntry(
              entries.size() + 1L,
              UUID.randomUUID(),
              event.type,
              1,
              event.open,
              event.stream,
              event.type.substring(0, event.type.indexOf('.')).replace("pool", "cluster"),
              event.version,
              event.cluster,
              event.at,
              event.at,
              event.data.getBytes(UTF_8),
              event.metadata));
    }
  }

  /** Has everything projected that is there. */
  public void catchUp() {
    projectSilently();
    hints.forEach(Runnable::run);
  }

  /** The same on another instance, which gives no hint here. */
  public synchronized void projectSilently() {
    projection.handle(after(projected, Integer.MAX_VALUE));
    projected = size();
  }

  @Override
  public synchronized List<LogEntry> after(long position, int limit) {
    return entries.stream().filter(e -> e.position() > position).limit(limit).toList();
  }

  @Override
  public synchronized List<LogEntry> at(Collection<Long> positions) {
    return entries.stream().filter(e -> positions.contains(e.position())).toList();
  }

  @Override
  public long head() {
    Runnable now = asked;
    asked = null;
    if (now != null) {
      now.run();
    }
    return size();
  }

  private synchronized long size() {
    return entries.size();
  }

  @Override
  public AutoCloseable watch(Runnable hint) {
    hints.add(hint);
    return () -> hints.remove(hint);
  }
}
