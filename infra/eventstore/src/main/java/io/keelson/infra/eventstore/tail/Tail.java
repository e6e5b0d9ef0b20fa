package io.keelson.infra.eventstore.tail;

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
 * Follows the watermark of the whole store, one per instance: woken by our own commits, by those of
 * other instances, and by a clock. Everything up to {@link #decided()} may be read; nothing after
 * it ever is.
 */
public final class Tail implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
  private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofMillis(200);
  private static final Duration LOOK_AT_MOST_EVERY = Duration.ofMillis(1);
  private static final Duration LONGEST_WAIT_FOR_OTHERS = Duration.ofMillis(32);
  private static final Duration STANDS_STILL_AFTER = Duration.ofSeconds(10);

  private final Clock clock;
  private final Duration lookAtLeastEvery;
  private final Watermark watermark;
  private final DedicatedConnection link;
  private final Bell bell;
  private final Semaphore wanted = new Semaphore(0);
  private final Set<Runnable> followers = new CopyOnWriteArraySet<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition looked = lock.newCondition();
  private final Thread looker;
  private Duration waitForOthers = LOOK_AT_MOST_EVERY;
  private volatile boolean closed;
  private volatile @Nullable Instant lastLook;
  private volatile @Nullable String lastError;

  private Tail(DataSource dataSource, Clock clock, Duration lookAtLeastEvery) {
    this.clock = clock;
    this.lookAtLeastEvery = lookAtLeastEvery;
    this.watermark = new Watermark(clock);
    this.link = new DedicatedConnection("event tail", dataSource, clock);
    this.bell = new Bell(dataSource, clock, this::look);
    this.looker = Thread.ofPlatform().daemon().name("eventstore-tail").unstarted(this::run);
  }

  /**
   * Starts to follow; the database may come later.
   *
   * @param dataSource gives three connections for good: not a small pool
   */
  public static Tail follow(DataSource dataSource, Clock clock) {
    return follow(dataSource, clock, LOOK_AT_LEAST_EVERY);
  }

  static Tail follow(DataSource dataSource, Clock clock, Duration lookAtLeastEvery) {
    Tail tail = new Tail(dataSource, clock, lookAtLeastEvery);
    tail.bell.start();
    tail.looker.start();
    return tail;
  }

  /** We have committed events: look, and let the others look. Never blocks. */
  public void committed() {
    look();
    bell.pull();
  }

  private void look() {
    wanted.release();
  }

  /** The position up to which everything may be read; 0 while it is not known. */
  public long decided() {
    return watermark.decided();
  }

  /** Grows whenever there may be something new up to {@link #decided()}, read after it. */
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

  /** Waits until {@link #decisions()} is another than that. */
  void awaitDecision(long known, Duration atMost) throws InterruptedException {
    await(() -> decisions() != known, atMost);
  }

  /**
   * The end of what is decided, read after this call began; an older one where a transaction runs
   * for too long.
   *
   * @throws EventStoreException when none is known
   */
  public long head(Duration atMost) throws InterruptedException {
    long before = watermark.readings();
    look();
    if (!await(() -> watermark.newerThan(before), atMost) && !watermark.known()) {
      throw new EventStoreException("the head of the events is not known: " + lastError);
    }
    return decided();
  }

  public TailHealth health() {
    Instant now = clock.instant();
    Instant last = lastLook;
    Duration lag = watermark.lag();
    boolean moves =
        last != null
            && Duration.between(last, now).compareTo(STANDS_STILL_AFTER) < 0
            && lag.compareTo(STANDS_STILL_AFTER) < 0;
    return new TailHealth(watermark.lastDecided(), moves, lag, watermark.age(), lastError);
  }

  private void run() {
    while (!closed) {
      try {
        Duration pause = lookOnce();
        LockSupport.parkNanos(LOOK_AT_MOST_EVERY.toNanos());
        wanted.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
        wanted.drainPermits();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Answers how long to wait for the next look, unless it is wanted before. */
  private Duration lookOnce() {
    try {
      link.call(watermark::look);
      lastLook = clock.instant();
      lastError = null;
      tell();
      return pause();
    } catch (SQLException | RuntimeException e) {
      watermark.doubt();
      lastError = e.toString();
      return link.pause();
    }
  }

  /** The end of a transaction that rolls back wakes nobody: look soon, then less and less often. */
  private Duration pause() {
    if (!watermark.waits()) {
      waitForOthers = LOOK_AT_MOST_EVERY;
      return lookAtLeastEvery;
    }
    Duration pause = waitForOthers;
    if (pause.compareTo(LONGEST_WAIT_FOR_OTHERS) < 0) {
      waitForOthers = pause.multipliedBy(2);
    }
    return pause;
  }

  /** Tells everybody at each look: one who was busy when it moved is told again. */
  private void tell() {
    lock.lock();
    try {
      looked.signalAll();
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

  private boolean await(BooleanSupplier reached, Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lock();
    try {
      while (!reached.getAsBoolean()) {
        if (left <= 0 || closed) {
          return false;
        }
        left = looked.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    closed = true;
    looker.interrupt();
    bell.close();
    link.close();
    try {
      looker.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tell();
  }
}
