package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.FeedCursor.Moment;
import io.keelson.adapters.simulator.FeedCursor.Rest;
import io.keelson.adapters.simulator.FeedTables.End;
import io.keelson.adapters.simulator.FeedTables.Read;
import io.keelson.commands.ClusterId;
import io.keelson.commands.provisioning.Changes;
import io.keelson.commands.provisioning.Cursor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * The change feed over the simulator's tables. It keeps nothing between two calls, so any instance
 * continues from any cursor. The clocks of all instances must agree.
 *
 * <p>A cluster changes by a write, or without one at instants that follow from its last write. A
 * reader gets the writes that its cursor's snapshot does not show, and the instants since its
 * cursor's. An instant that is stored by a late write is not missed: the late write itself is
 * reported, and the reader observes the cluster after that instant.
 */
final class ChangeFeed {

  private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);

  /** How long a reader that returns at once is held, so that one response lists many changes. */
  private static final Duration GATHERING = Duration.ofMillis(15);

  /** How late a write of another instance may be found. */
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private static final Duration MIN_INTERVAL = Duration.ofMillis(1);

  private final FeedTables feed;
  private final SimulatorTables tables;
  private final Clock clock;
  private final Flips flips;
  private final WriteSignal signal;

  ChangeFeed(
      DataSource dataSource, SimulatorTables tables, Clock clock, Laws laws, WriteSignal signal) {
    this.feed = new FeedTables(dataSource);
    this.tables = tables;
    this.clock = clock;
    this.flips = new Flips(laws);
    this.signal = signal;
  }

  /**
   * The result of one poll of the tables.
   *
   * @param next when some cluster will next change without a write; null: not before the interval
   */
  private record Poll(Changes changes, @Nullable Instant next) {

    private boolean isEmpty() {
      return changes.clusters().isEmpty() && !changes.resync();
    }
  }

  Changes after(Cursor cursor, Duration wait) {
    long deadline = System.nanoTime() + wait.toNanos();
    Changes changes = Changes.none(cursor);
    try {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      gather(cursor, wait);
      while (true) {
        long writes = signal.writes();
        Poll poll = poll(changes.next());
        changes = poll.changes();
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        if (!poll.isEmpty() || !left.isPositive() || !signal.await(writes, interval(poll, left))) {
          return changes;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Changes.none(cursor);
    }
  }

  /** A long list is continued at once. */
  private void gather(Cursor cursor, Duration wait) throws InterruptedException {
    FeedCursor known = FeedCursor.of(cursor).orElse(null);
    if (known == null || known.rest() != null) {
      return;
    }
    Duration age = Duration.between(known.since().instant(), clock.instant());
    Duration hold = shorter(GATHERING.minus(age), wait);
    if (!age.isNegative() && hold.isPositive()) {
      Thread.sleep(hold);
    }
  }

  private Poll poll(Cursor cursor) {
    try {
      // Down to what the database keeps, which in turn keeps instants rounded up.
      Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
      return FeedCursor.of(cursor).map(c -> since(c, now)).orElseGet(() -> resync(now));
    } catch (DataAccessException e) {
      LOG.debug("the changes since {} are not known", cursor, e);
      return new Poll(Changes.none(cursor), null);
    }
  }

  private Poll since(FeedCursor cursor, Instant now) {
    Instant last = cursor.since().instant();
    if (flips.tooMany(last, now)) {
      return resync(now);
    }
    List<Instant> spells = flips.between(last, now);
    List<ClusterId> flipped = spells.isEmpty() ? List.of() : flips.at(spells, tables.worlds());
    Rest rest = cursor.rest();
    Read read =
        feed.read(
            cursor.since(),
            now,
            flipped,
            rest == null ? null : rest.after(),
            Changes.MAX_CLUSTERS + 1);
    if (!read.known() || !read.end().feed().equals(cursor.feed())) {
      return resync(now);
    }
    Moment end = rest == null ? new Moment(read.end().snapshot(), now) : rest.next();
    return new Poll(
        listed(cursor, read.clusters(), end),
        Instants.known(read.nextInstant(), flips.after(now)).min(Instant::compareTo).orElse(null));
  }

  private static Changes listed(FeedCursor cursor, List<ClusterId> clusters, Moment end) {
    if (clusters.size() <= Changes.MAX_CLUSTERS) {
      return new Changes(clusters, new FeedCursor(cursor.feed(), end, null).text(), false);
    }
    List<ClusterId> first = clusters.subList(0, Changes.MAX_CLUSTERS);
    Rest rest = new Rest(end, first.getLast());
    return new Changes(first, new FeedCursor(cursor.feed(), cursor.since(), rest).text(), false);
  }

  private Poll resync(Instant now) {
    End end = feed.end();
    Moment present = new Moment(end.snapshot(), now);
    return new Poll(Changes.resync(new FeedCursor(end.feed(), present, null).text()), null);
  }

  /** How long nothing can be found without a signal, at most as long as is left. */
  private Duration interval(Poll poll, Duration left) {
    Duration interval = shorter(INTERVAL, left);
    if (poll.next() == null) {
      return interval;
    }
    Duration until = Duration.between(clock.instant(), poll.next());
    return shorter(interval, until.compareTo(MIN_INTERVAL) < 0 ? MIN_INTERVAL : until);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
