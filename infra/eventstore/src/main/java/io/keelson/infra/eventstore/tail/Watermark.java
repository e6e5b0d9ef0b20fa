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
 * The position up to which everything is decided: committed and visible, or never to come.
 *
 * <p>The sequence's last value is read <em>first</em>, an own transaction id is taken
 * <em>then</em>. Whoever holds a position up to that value took its transaction id before the
 * position, so it is older than ours; once no older transaction runs any more, all those positions
 * are decided. The newest id that others can see ({@code pg_snapshot_xmax}) in place of an own one
 * loses events.
 */
final class Watermark {

  private record Candidate(long position, long transaction, long reading, Instant readAt) {}

  private static final String LAST_POSITION =
      "select case when is_called then last_value else 0 end from eventstore.event_position";
  // The snapshot is taken before the id: in it nobody older runs, or it says so.
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
  private volatile boolean sure;

  Watermark(Clock clock) {
    this.clock = clock;
  }

  /**
   * Looks once, on a connection in autocommit; answers where it stands. While nothing was appended
   * this costs no transaction id.
   */
  long look(Connection connection) throws SQLException {
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
    if (sure && last == decided) {
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
   * The connection was lost, and perhaps the server crashed. Then transaction ids and positions
   * that no commit has made durable are handed out again: what was decided may fall back, to no
   * less than the last event. Until it is looked at anew, nothing is decided.
   */
  void doubt() {
    candidate = null;
    sure = false;
  }

  private void decide(Candidate candidate) {
    decided = candidate.position();
    sure = true;
    decidedAsOf = candidate.readAt();
    decidedReading = candidate.reading();
    this.candidate = null;
    decisions.incrementAndGet();
  }

  /** 0 while it is not known. */
  long decided() {
    return sure ? decided : 0;
  }

  /** What it was when it was last known. */
  long lastDecided() {
    return decided;
  }

  /** How often it was decided; to be read before {@link #decided()}. */
  long decisions() {
    return decisions.get();
  }

  /** Whether an older transaction still runs that may hold a position. */
  boolean waits() {
    return candidate != null;
  }

  /** Whether it is known. */
  boolean known() {
    return sure;
  }

  /** A number for what has been read so far, to be asked for with {@link #newerThan}. */
  long readings() {
    return readings.get();
  }

  /** Whether what is decided was read after {@link #readings()} gave that number. */
  boolean newerThan(long reading) {
    return decidedReading > reading;
  }

  /** No undecided position is older than this. */
  Duration lag() {
    Instant asOf = decidedAsOf;
    return candidate == null || asOf == null
        ? Duration.ZERO
        : Duration.between(asOf, clock.instant());
  }

  /** How long ago what is decided was read. */
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
