package io.keelson.adapters.rest.history;

import io.keelson.commands.Backoff;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.log.EventLog;
import io.keelson.projections.log.History;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects new events once for all streams of this instance. A hint of the log wakes it; then it
 * polls until the history rows, which another instance may write, contain the new events.
 */
final class LogWatcher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogWatcher.class);
  private static final Duration MAX_WAIT = Duration.ofMillis(500);
  private static final Backoff POLL_INTERVAL =
      new Backoff(Duration.ofMillis(2), Duration.ofMillis(50));

  /** For a longer range, waking every stream is cheaper than finding the affected ones. */
  private static final long MAX_SELECTIVE_WAKE_UP = 10_000;

  private final History history;
  private final EventLog log;
  private final BooleanSupplier hasStreams;
  private final Consumer<Predicate<OrganizationId>> onProgress;
  private final Semaphore signal = new Semaphore(0);
  private final AutoCloseable hints;
  private final Thread thread;
  private long reached;
  private volatile boolean closed;

  /**
   * @param hasStreams whether this instance has any stream; if not, nothing is polled
   * @param onProgress called with a test for the organizations that have new events
   */
  LogWatcher(
      History history,
      EventLog log,
      BooleanSupplier hasStreams,
      Consumer<Predicate<OrganizationId>> onProgress) {
    this.history = history;
    this.log = log;
    this.hasStreams = hasStreams;
    this.onProgress = onProgress;
    this.hints = log.watch(signal::release);
    this.thread = Thread.ofVirtual().name("event-streams").start(this::run);
  }

  private void run() {
    while (!closed) {
      try {
        signal.tryAcquire(MAX_WAIT.toNanos(), TimeUnit.NANOSECONDS);
        signal.drainPermits();
        if (hasStreams.getAsBoolean()) {
          follow();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.debug("The position of the history rows cannot be read", e);
      }
    }
  }

  /** Polls until the rows, which follow the log within some milliseconds, have reached its head. */
  private void follow() throws InterruptedException {
    long head = log.head();
    Duration waited = Duration.ZERO;
    for (int polls = 1; !poll() && reached < head && waited.compareTo(MAX_WAIT) < 0; polls++) {
      Duration interval = POLL_INTERVAL.after(polls);
      Thread.sleep(interval);
      waited = waited.plus(interval);
    }
    if (reached < head) {
      signal.release();
    }
  }

  /** Returns whether there are new events. */
  private boolean poll() {
    long now = history.reached();
    if (now <= reached) {
      return false;
    }
    onProgress.accept(
        now - reached > MAX_SELECTIVE_WAKE_UP ? _ -> true : history.affected(reached, now));
    reached = now;
    return true;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      hints.close();
    } catch (Exception e) {
      LOG.warn("The watch of the log could not be closed", e);
    }
  }
}
