package io.keelson.infra.eventstore.decider;

import io.keelson.commands.DomainEvent;
import io.keelson.infra.eventstore.codec.EventCodec;
import io.keelson.infra.eventstore.store.EventTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.core.JacksonException;

/**
 * Keeps the newest state of each long stream. A snapshot is taken after a commit, in the
 * background. A snapshot that is lost, unreadable or of another shape only makes the load longer.
 */
final class Snapshots {

  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
  private static final int EVERY = 100;
  private static final int WAITING = 100;

  // A usable snapshot is returned as a line without a type, before the events.
  private static final String LOAD =
      """
      with usable as (
        select version, state from eventstore.snapshot where stream = ? and shape = ?)
      select version, '' as type, 0 as revision, state as payload from usable
      union all
      select version, type, revision, payload from eventstore.event
      where stream = ? and version > coalesce((select version from usable), -1)
      order by version
      """;
  private static final String SAVE =
      """
      insert into eventstore.snapshot as old (stream, version, shape, state)
      select e.stream, e.version, ?, ? from eventstore.event e where e.stream = ? and e.version = ?
      on conflict (stream) do update
      set version = excluded.version, shape = excluded.shape, state = excluded.state
      where old.version < excluded.version
      """;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Line(long version, String type, int revision, byte[] payload) {}

  private final EventTable events;
  private final EventCodec codec;
  private final JdbcTemplate jdbc;
  private final Executor writer;
  private final Map<Decider<?, ?, ?>, String> shapes = new ConcurrentHashMap<>();

  Snapshots(EventTable events) {
    this(events, background());
  }

  Snapshots(EventTable events, Executor writer) {
    this.events = events;
    this.codec = events.codec();
    this.jdbc = new JdbcTemplate(events.dataSource());
    this.writer = writer;
  }

  /** One thread, which ends when it is idle; when its queue is full, snapshots are dropped. */
  private static Executor background() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("eventstore-snapshots").factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /** The state of a stream as it is committed now, read in one query. */
  <E extends DomainEvent, S> Known<S> load(Decider<?, E, S> decider, UUID stream) {
    if (!decider.keepsSnapshots()) {
      return whole(decider, stream);
    }
    List<Line> lines =
        new ArrayList<>(jdbc.query(LOAD, Snapshots::line, stream, shape(decider), stream));
    Known<S> start = Known.nothing(decider);
    if (!lines.isEmpty() && lines.getFirst().type().isEmpty()) {
      Line snapshot = lines.removeFirst();
      S state = state(decider, stream, snapshot);
      if (state == null) {
        return whole(decider, stream);
      }
      start = new Known<>(state, snapshot.version(), snapshot.version());
    }
    return start.with(
        decider,
        lines.stream()
            .map(line -> codec.decode(line.type(), line.revision(), line.payload()))
            .map(decider::event)
            .toList());
  }

  private <E extends DomainEvent, S> Known<S> whole(Decider<?, E, S> decider, UUID stream) {
    return Known.nothing(decider).upToNow(decider, stream, events);
  }

  private <S> @Nullable S state(Decider<?, ?, S> decider, UUID stream, Line snapshot) {
    try {
      return codec.decodeState(snapshot.payload(), decider.states());
    } catch (JacksonException e) {
      LOG.warn(
          "the snapshot of {} {} at version {} cannot be read; its events are read instead",
          decider.type(),
          stream,
          snapshot.version(),
          e);
      return null;
    }
  }

  /** Takes a snapshot of a committed state, if one is due; never waits for it. */
  <S> Known<S> kept(Decider<?, ?, S> decider, UUID stream, Known<S> committed) {
    long version = committed.version();
    if (!decider.keepsSnapshots() || version - committed.snapshot() < EVERY) {
      return committed;
    }
    writer.execute(() -> save(decider, stream, committed));
    return new Known<>(committed.state(), version, version);
  }

  private <S> void save(Decider<?, ?, S> decider, UUID stream, Known<S> committed) {
    try {
      byte[] state = codec.encodeState(committed.state(), decider.states());
      jdbc.update(SAVE, shape(decider), state, stream, committed.version());
    } catch (RuntimeException e) {
      LOG.warn("no snapshot of {} {} was taken: {}", decider.type(), stream, e.toString());
    }
  }

  private String shape(Decider<?, ?, ?> decider) {
    // Of the events too: a snapshot must not hide an event that this program does not know.
    return shapes.computeIfAbsent(
        decider, d -> Shape.of(stateTypes(d), d.snapshots()) + "/" + Shape.of(d.events(), 0));
  }

  private static List<Class<?>> stateTypes(Decider<?, ?, ?> decider) {
    List<Class<?>> types = new ArrayList<>(decider.parts());
    types.addFirst(decider.states());
    return types;
  }

  private static Line line(ResultSet row, int number) throws SQLException {
    return new Line(
        row.getLong("version"),
        row.getString("type"),
        row.getInt("revision"),
        row.getBytes("payload"));
  }
}
