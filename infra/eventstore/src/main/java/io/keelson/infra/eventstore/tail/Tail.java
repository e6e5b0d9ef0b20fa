package io.keelson.infra.eventstore.tail;

import io.keelson.commands.Backoff;
import io.keelson.infra.eventstore.connection.DedicatedConnection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the watermark of the whole store, one per instance. It polls after each commit of this
 * instance, after notifications of other instances, and at intervals. Readers may read everything
 * up to {@link #decided()} and must never read anything after it.
 */
public final class Tail implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
  private static final Duration MAX_POLL_INTERVAL = Duration.ofMillis(200);
  private static final Duration MIN_POLL_INTERVAL = Duration.ofMillis(1);
  private static final Backoff WAIT_FOR_OTHERS =
      new Backoff(MIN_POLL_INTERVAL, Duration.ofMillis(32));
  private static final Duration STALLED_AFTER = Duration.ofSeconds(10);

  private final Clock clock;
  private final Duration maxPollInterval;
  private final Watermark watermark;
  private final DedicatedConnection connection;
  private final CommitNotifications notifications;
  private final Semaphore requests = new Semaphore(0);
  private final Set<Runnable> followers = new CopyOnWriteArraySet<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition polled = lock.newCondition();
  private final Thread poller;
  private int waitsForOthers;
  private volatile boolean closed;
  private volatile @Nullable Instant lastPoll;
  private volatile @Nullable String lastError;

  private Tail(DataSource dataSource, Clock clock, Duration maxPollInterval) {
    this.clock = clock;
    this.maxPollInterval = maxPollInterval;
    this.watermark = new Watermark(clock);
    this.connection = new DedicatedConnection("event tail", dataSource, clock);
    this.notifications = new CommitNotifications(dataSource, clock, this::requestPoll);
    this.poller = Thread.ofPlatform().daemon().name("eventstore-tail").unstarted(this::run);
  }

  /**
   * Starts to follow; the database may become available later.
   *
   * @param dataSource gives three connections that are never returned: not a small pool
   */
  public static Tail follow(DataSource dataSource, Clock clock) {
    return follow(dataSource, clock, MAX_POLL_INTERVAL);
  }

  static Tail follow(DataSource dataSource, Clock clock, Duration maxPollInterval) {
    Tail tail = new Tail(dataSource, clock, maxPollInterval);
    tail.notifications.start();
    tail.poller.start();
    return tail;
  }

  /**
   * To be called after each commit of events: this instance polls, and so do others. Never blocks.
   */
  public void committed() {
    requestPoll();
    notifications.send();
  }

  private void requestPoll() {
    requests.release();
  }

  /** The position up to which everything may be read; 0 while it is not known. */
  public long decided() {
    return watermark.decided();
  }

  /** Grows whenever there may be new events up to {@link #decided()}; to be read before that. */
  long decisions() {
    return watermark.decisions();
  }

  /** Calls {@code follower} whenever the watermark may have moved; it must not block. */
  public void add(Runnable follower) {
    followers.add(follower);
  }

  /** Ends the calls of a follower. */
  public void remove(Runnable follower) {
    followers.remove(follower);
  }

  /** Waits until {@link #decisions()} differs from {@code known}. */
  void awaitDecision(long known, Duration timeout) throws InterruptedException {
    await(() -> decisions() != known, timeout);
  }

  /**
   * The watermark, read after this call began; an older one when a transaction holds it back for
   * longer than the timeout.
   *
   * @throws EventStoreException when no watermark is known
   */
  public long head(Duration timeout) throws InterruptedException {
    long before = watermark.readings();
    requestPoll();
    if (!await(() -> watermark.newerThan(before), timeout) && !watermark.isKnown()) {
      throw new EventStoreException("the head of the events is not known: " + lastError);
    }
    return decided();
  }

  public TailHealth health() {
    Instant now = clock.instant();
    Instant last = lastPoll;
    Duration lag = watermark.lag();
    boolean moves =
        last != null
            && Duration.between(last, now).compareTo(STALLED_AFTER) < 0
            && lag.compareTo(STALLED_AFTER) < 0;
    return new TailHealth(watermark.lastDecided(), moves, lag, watermark.age(), lastError);
  }

  private void run() {
    while (!closed) {
      try {
        Duration wait = poll();
        LockSupport.parkNanos(MIN_POLL_INTERVAL.toNanos());
        requests.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
        requests.drainPermits();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Returns how long to wait for the next poll, unless one is requested earlier. */
  private Duration poll() {
    try {
      connection.call(watermark::poll);
      lastPoll = clock.instant();
      lastError = null;
      notifyFollowers();
      return interval();
    } catch (SQLException | RuntimeException e) {
      watermark.invalidate();
      lastError = e.toString();
      return connection.backoff();
    }
  }

  /** A rollback notifies nobody, so the poll that waits for one comes soon, then less often. */
  private Duration interval() {
    waitsForOthers = watermark.waits() ? waitsForOthers + 1 : 0;
    return waitsForOthers == 0 ? maxPollInterval : WAIT_FOR_OTHERS.after(waitsForOthers);
  }

  /**
   * After each poll, since a follower that was busy when the watermark moved needs a second call.
   */
  private void notifyFollowers() {
    lock.lock();
    try {
      polled.signalAll();
    } finally {
      lock.unlock();
    }
    for (Runnable follower : followers) {
      try {
        follower.run();
      } catch (RuntimeException e) {
        LOG.warn("a follower of the event tail failed", e);
      }
    }
  }

  private boolean await(BooleanSupplier reached, Duration timeout) throws InterruptedException {
    long left = timeout.toNanos();
    lock.lock();
    try {
      while (!reached.getAsBoolean()) {
        if (left <= 0 || closed) {
          return false;
        }
        left = polled.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    closed = true;
    poller.interrupt();
    notifications.close();
    connection.close();
    try {
      poller.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    notifyFollowers();
  }
}
