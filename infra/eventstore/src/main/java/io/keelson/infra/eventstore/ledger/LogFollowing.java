package io.keelson.infra.eventstore.ledger;

import io.keelson.commands.Backoff;
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
 * Hands the log to one follower, from its stored position on. One instance does this at a time: the
 * one whose connection holds the advisory lock of the follower. The position is stored over the
 * same connection, so an instance that has lost the lock cannot change it.
 */
public final class LogFollowing implements AutoCloseable {

  /**
   * The health of a follower on this instance.
   *
   * @param leads whether this instance hands the log to the follower
   * @param place the log position up to which the log is handled, as far as this instance knows
   * @param failing since when the follower fails; null when it does not
   * @param lastError the error of its last attempt; null when that succeeded
   */
  public record Health(
      String name,
      boolean leads,
      long place,
      @Nullable Instant failing,
      @Nullable String lastError) {}

  private static final Logger LOG = LoggerFactory.getLogger(LogFollowing.class);
  private static final int BATCH = 500;
  private static final Duration MAX_POLL_INTERVAL = Duration.ofMillis(500);
  private static final Duration LEASE_INTERVAL = Duration.ofMillis(500);
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

  private final LogFollower follower;
  private final LedgerTable table;
  private final FollowerPosition stored;
  private final Clock clock;
  private final DedicatedConnection connection;
  private final Semaphore requests = new Semaphore(0);
  private final AutoCloseable hints;
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean leads;
  private volatile long place;
  private volatile @Nullable Instant failing;
  private volatile @Nullable String lastError;
  private int failures;

  private LogFollowing(LogFollower follower, Ledger ledger, DataSource connections, Clock clock) {
    this.follower = follower;
    this.table = ledger.table();
    this.stored = new FollowerPosition(follower.name());
    this.clock = clock;
    this.connection =
        new DedicatedConnection("log follower " + follower.name(), connections, clock);
    this.hints = ledger.watch(requests::release);
    this.thread = Thread.ofPlatform().daemon().name("log-" + follower.name()).unstarted(this::run);
  }

  /**
   * Starts to follow; the database may become available later.
   *
   * @param connections gives one connection that is never returned: not a pool
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
      release(); // whatever ends this thread: another instance must be able to follow
    }
  }

  private void follow() {
    while (!closed) {
      try {
        if (!leads && !lead()) {
          await(LEASE_INTERVAL);
        } else if (!handleNext()) {
          await(MAX_POLL_INTERVAL);
        }
      } catch (InterruptedException e) {
        closed = true;
      } catch (SQLException e) {
        release();
        sleep(connection.backoff());
      } catch (Exception | Error e) { // a follower may throw anything; it is retried
        failed(e);
      }
    }
  }

  private boolean lead() throws SQLException {
    leads = connection.call(stored::acquire);
    if (leads) {
      place = connection.call(stored::load);
      LOG.info("{} follows the log on this instance, after position {}", follower.name(), place);
    }
    return leads;
  }

  /** Returns whether there was an entry to handle. */
  private boolean handleNext() throws Exception {
    requests.drainPermits();
    List<LogEntry> entries = connection.call(opened -> table.after(opened, place, BATCH));
    if (entries.isEmpty()) {
      return false;
    }
    follower.handle(entries);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    long to = entries.getLast().position();
    connection.call(opened -> stored.save(opened, to));
    place = to;
    succeeded();
    return true;
  }

  private void succeeded() {
    Instant since = failing;
    if (since != null) {
      LOG.info(
          "{} handles the log again after {}",
          follower.name(),
          Duration.between(since, clock.instant()));
      failing = null;
      lastError = null;
    }
    failures = 0;
  }

  /** Another instance may succeed, so this one gives up the lease meanwhile. */
  private void failed(Throwable e) {
    lastError = e.toString();
    if (failing == null) {
      failing = clock.instant();
      LOG.warn(
          "{} cannot handle the log after position {}, retrying until it can: {}",
          follower.name(),
          place,
          e.toString());
      LOG.debug("{}", follower.name(), e);
    }
    release();
    failures++;
    sleep(BACKOFF.after(failures));
  }

  /** Gives up the lease, by closing the connection that holds it. */
  private void release() {
    boolean led = leads;
    leads = false;
    connection.drop();
    if (led) {
      try {
        follower.release();
      } catch (RuntimeException e) {
        LOG.warn("{} could not be released", follower.name(), e);
      }
    }
  }

  private void await(Duration timeout) throws InterruptedException {
    requests.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void sleep(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  /** Interrupts the follower; the instance that follows next gets the same entries again. */
  @Override
  public void close() {
    closed = true;
    try {
      hints.close();
      thread.interrupt();
      if (!thread.join(Duration.ofSeconds(1))) {
        LOG.warn("{} does not stop although it was interrupted", follower.name());
      }
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("{} could not be closed", follower.name(), e);
    }
  }
}
