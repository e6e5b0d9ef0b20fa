package io.keelson.adapters.rest.history;

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
 * Notices what has come into sight, once for all streams of this instance: woken by the log, it
 * looks how far the rows have come, which another instance may write.
 */
final class LogWatcher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogWatcher.class);
  private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofMillis(500);
  private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(2).toNanos();
  private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  /** Beyond that it is cheaper to let everybody look. */
  private static final long MOST = 10_000;

  private final History history;
  private final EventLog log;
  private final BooleanSupplier wantedBySomebody;
  private final Consumer<Predicate<OrganizationId>> seen;
  private final Semaphore wanted = new Semaphore(0);
  private final AutoCloseable hints;
  private final Thread thread;
  private long reached;
  private volatile boolean closed;

  /**
   * @param wantedBySomebody nothing is looked at for nobody
   * @param seen told whose events have come into sight
   */
  LogWatcher(
      History history,
      EventLog log,
      BooleanSupplier wantedBySomebody,
      Consumer<Predicate<OrganizationId>> seen) {
    this.history = history;
    this.log = log;
    this.wantedBySomebody = wantedBySomebody;
    this.seen = seen;
    this.hints = log.watch(wanted::release);
    this.thread = Thread.ofVirtual().name("event-streams").start(this::run);
  }

  private void run() {
    while (!closed) {
      try {
        wanted.tryAcquire(LOOK_AT_LEAST_EVERY.toNanos(), TimeUnit.NANOSECONDS);
        wanted.drainPermits();
        if (wantedBySomebody.getAsBoolean()) {
          follow();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.debug("the streams cannot see how far the log has come", e);
      }
    }
  }

  /** The rows come some milliseconds after the log: looks until they have come as far. */
  private void follow() throws InterruptedException {
    long head = log.head();
    long waited = 0;
    long pause = FIRST_PAUSE_NANOS;
    while (!look() && reached < head && waited < LOOK_AT_LEAST_EVERY.toNanos()) {
      TimeUnit.NANOSECONDS.sleep(pause);
      waited += pause;
      pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
    }
    if (reached < head) {
      wanted.release();
    }
  }

  /** Answers whether something new was seen. */
  private boolean look() {
    long now = history.reached();
    if (now <= reached) {
      return false;
    }
    seen.accept(now - reached > MOST ? _ -> true : history.concerned(reached, now));
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
      LOG.warn("the log is still watched for streams that have ended", e);
    }
  }
}
