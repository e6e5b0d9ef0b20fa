package io.keelson.infra.eventstore.ledger;

import io.keelson.commands.log.LogEntry;
import io.keelson.commands.log.LogFollower;
import io.keelson.infra.eventstore.connection.DedicatedConnection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the log to one follower, from the place that is kept for it on. Of all instances one does
 * so: the one whose connection holds the follower's advisory lock. The place is kept over that same
 * connection, so that an instance that has lost the lock cannot move it.
 */
public final class LogFollowing implements AutoCloseable {

  /**
   * How a follower comes along on this instance.
   *
   * @param leads whether it is this instance that hands the log over
   * @param place up to which the log was handled, as far as this instance knows
   * @param failing since when nothing was handled for an error; null: there is none
   * @param lastError what went wrong last, if that is still so
   */
  public record Health(
      String name,
      boolean leads,
      long place,
      @Nullable Instant failing,
      @Nullable String lastError) {}

  private static final Logger LOG = LoggerFactory.getLogger(LogFollowing.class);
  private static final int BATCH = 500;
  private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofMillis(500);
  private static final Duration TRY_TO_LEAD_EVERY = Duration.ofMillis(500);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final LogFollower follower;
  private final LedgerTable table;
  private final FollowerPlace right;
  private final Clock clock;
  private final DedicatedConnection link;
  private final Semaphore wanted = new Semaphore(0);
  private final AutoCloseable hints;
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean leads;
  private volatile long place;
  private volatile @Nullable Instant failing;
  private volatile @Nullable String lastError;
  private Duration pause = FIRST_PAUSE;

  private LogFollowing(LogFollower follower, Ledger ledger, DataSource connections, Clock clock) {
    this.follower = follower;
    this.table = ledger.table();
    this.right = new FollowerPlace(follower.name());
    this.clock = clock;
    this.link = new DedicatedConnection("log follower " + follower.name(), connections, clock);
    this.hints = ledger.watch(wanted::release);
    this.thread = Thread.ofPlatform().daemon().name("log-" + follower.name()).unstarted(this::run);
  }

  /**
   * Starts to hand over; the database may come later.
   *
   * @param connections gives one connection for good: not a pool
   */
  public static LogFollowing start(
      LogFollower follower, Ledger ledger, DataSource connections, Clock clock) {
    LogFollowing following = new LogFollowing(follower, ledger, connections, clock);
    following.thread.start();
    return following;
  }

  public Health health() {
    return new Health(follower.name(), leads, place, failing, lastError);
  }

  private void run() {
    try {
      follow();
    } finally {
      withdraw(); // whatever ends this thread: another instance must be able to follow
    }
  }

  private void follow() {
    while (!closed) {
      try {
        if (!leads && !lead()) {
          await(TRY_TO_LEAD_EVERY);
        } else if (!handleNext()) {
          await(LOOK_AT_LEAST_EVERY);
        }
      } catch (InterruptedException e) {
        closed = true;
      } catch (SQLException e) {
        withdraw();
        doze(link.pause());
      } catch (Exception | Error e) { // whatever a follower throws; it goes on when that has passed
        failed(e);
      }
    }
  }

  private boolean lead() throws SQLException {
    leads = link.call(right::take);
    if (leads) {
      place = link.call(right::kept);
      LOG.info("{} follows the log here, from {} on", follower.name(), place);
    }
    return leads;
  }

  /** Answers whether there was something to hand over. */
  private boolean handleNext() throws Exception {
    wanted.drainPermits();
    List<LogEntry> entries = link.call(connection -> table.after(connection, place, BATCH));
    if (entries.isEmpty()) {
      return false;
    }
    follower.handle(entries);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    long to = entries.getLast().position();
    link.call(connection -> right.keep(connection, to));
    place = to;
    handled();
    return true;
  }

  private void handled() {
    Instant since = failing;
    if (since != null) {
      LOG.info("{} goes on after {}", follower.name(), Duration.between(since, clock.instant()));
      failing = null;
      lastError = null;
    }
    pause = FIRST_PAUSE;
  }

  /** Another instance may fare better, so it may have the log meanwhile. */
  private void failed(Throwable e) {
    lastError = e.toString();
    if (failing == null) {
      failing = clock.instant();
      LOG.warn(
          "{} cannot handle the log after {}, trying again until it can: {}",
          follower.name(),
          place,
          e.toString());
      LOG.debug("{}", follower.name(), e);
    }
    withdraw();
    doze(pause);
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
  }

  /** The lock goes with the connection. */
  private void withdraw() {
    boolean led = leads;
    leads = false;
    link.drop();
    if (led) {
      try {
        follower.release();
      } catch (RuntimeException e) {
        LOG.warn("{} could not be released", follower.name(), e);
      }
    }
  }

  private void await(Duration atMost) throws InterruptedException {
    wanted.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void doze(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  /** What is being handled is interrupted, and comes again on whichever instance is next. */
  @Override
  public void close() {
    closed = true;
    try {
      hints.close();
      thread.interrupt();
      if (!thread.join(Duration.ofSeconds(1))) {
        LOG.warn("{} does not let go of what it handles", follower.name());
      }
      link.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("{} could not be closed", follower.name(), e);
    }
  }
}
