package io.keelson.infra.eventstore.tail;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The position up to which every position is decided: its event is committed and visible, or will
 * never exist.
 *
 * <p>The last value of the sequence is read <em>first</em>, and an own transaction id is taken
 * <em>afterwards</em>. A transaction that holds a position up to that value took its id before its
 * position, so its id is older than ours. Once no older transaction runs, all those positions are
 * decided. With the newest id that others can see ({@code pg_snapshot_xmax}) instead of an own id,
 * events are lost.
 */
final class Watermark {

  private record Candidate(long position, long transaction, long reading, Instant readAt) {}

  private static final String LAST_POSITION =
      "select case when is_called then last_value else 0 end from eventstore.event_position";
  // The snapshot is taken before the id, so it lists every older transaction that still runs.
  private static final String OWN_TRANSACTION =
      "select pg_current_xact_id()::text::bigint,"
          + " pg_snapshot_xmin(pg_current_snapshot())::text::bigint";
  private static final String OLDEST_RUNNING =
      "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

  private final Clock clock;
  private final AtomicLong readings = new AtomicLong();
  private final AtomicLong decisions = new AtomicLong();
  private volatile long decided;
  private volatile long decidedReading;
  private volatile @Nullable Instant decidedAsOf;
  private volatile @Nullable Candidate candidate;
  private volatile boolean known;

  Watermark(Clock clock) {
    this.clock = clock;
  }

  /**
   * Polls once, on a connection in autocommit, and returns the watermark. A poll takes no
   * transaction id while nothing is appended.
   */
  long poll(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      Candidate waiting = candidate;
      if (waiting == null) {
        take(statement);
      } else if (number(statement, OLDEST_RUNNING) >= waiting.transaction()) {
        decide(waiting);
      }
    }
    return decided();
  }

  private void take(Statement statement) throws SQLException {
    Instant readAt = clock.instant();
    long reading = readings.incrementAndGet();
    long last = number(statement, LAST_POSITION);
    if (known && last == decided) {
      decidedAsOf = readAt;
      decidedReading = reading;
      return;
    }
    try (ResultSet row = statement.executeQuery(OWN_TRANSACTION)) {
      row.next();
      Candidate taken = new Candidate(last, row.getLong(1), reading, readAt);
      if (row.getLong(2) >= taken.transaction()) {
        decide(taken);
      } else {
        candidate = taken;
      }
    }
  }

  /**
   * Forgets the watermark until the next poll, because the connection was lost and the server may
   * have crashed. After a crash the server hands out again the transaction ids and positions that
   * no commit made durable, so the watermark may fall back, but never below the last event.
   */
  void invalidate() {
    candidate = null;
    known = false;
  }

  private void decide(Candidate candidate) {
    decided = candidate.position();
    known = true;
    decidedAsOf = candidate.readAt();
    decidedReading = candidate.reading();
    this.candidate = null;
    decisions.incrementAndGet();
  }

  /** The watermark; 0 while it is not known. */
  long decided() {
    return known ? decided : 0;
  }

  /** The last watermark that was known. */
  long lastDecided() {
    return decided;
  }

  /** How often the watermark was decided; to be read before {@link #decided()}. */
  long decisions() {
    return decisions.get();
  }

  /** Whether an older transaction that may hold a position still runs. */
  boolean waits() {
    return candidate != null;
  }

  /** Whether the watermark is known. */
  boolean isKnown() {
    return known;
  }

  /** The number of the last reading, to be compared with {@link #newerThan}. */
  long readings() {
    return readings.get();
  }

  /** Whether the watermark was read after {@link #readings()} returned that number. */
  boolean newerThan(long reading) {
    return decidedReading > reading;
  }

  /** The largest possible age of an undecided position; zero when there is none. */
  Duration lag() {
    Instant asOf = decidedAsOf;
    return candidate == null || asOf == null
        ? Duration.ZERO
        : Duration.between(asOf, clock.instant());
  }

  /** How long ago the watermark was read. */
  Duration age() {
    Instant asOf = decidedAsOf;
    return asOf == null ? Duration.ZERO : Duration.between(asOf, clock.instant());
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
