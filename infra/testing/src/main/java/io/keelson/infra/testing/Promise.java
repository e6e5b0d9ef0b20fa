package io.keelson.infra.testing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Locale;

/**
 * A limit on how long something takes, measured from the call of {@link #within}. It is promised
 * for a machine without other load. So it holds strictly only when the machine kept up meanwhile: a
 * thread measures how late it is woken and how long it waits for a processor. When the machine did
 * not keep up, only the longer {@link #timeout} holds.
 */
public final class Promise {

  private static final int TIMEOUT_FACTOR = 6;
  private static final long SLEEP_NANOS = Duration.ofMillis(46).toNanos();
  private static final long WORK_NANOS = Duration.ofMillis(4).toNanos();
  private static final double MAX_LATENESS = 0.05;
  private static final double MAX_STARVATION = 0.25;

  private final Duration limit;
  private final long start = System.nanoTime();
  private final Thread probe = Thread.ofPlatform().daemon().name("promise").unstarted(this::run);
  private volatile boolean over;
  private long late;
  private long starved;
  private long worked;

  private Promise(Duration limit) {
    this.limit = limit;
  }

  /** Starts to measure. */
  public static Promise within(Duration limit) {
    Promise promise = new Promise(limit);
    promise.probe.start();
    return promise;
  }

  /** How long a test waits at most, also on a machine that does not keep up. */
  public Duration timeout() {
    return limit.multipliedBy(TIMEOUT_FACTOR);
  }

  /**
   * Ends the measurement.
   *
   * @throws AssertionError when it took too long
   */
  public void kept(String what) throws InterruptedException {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    over = true;
    probe.join();
    double lateness = (double) late / took.toNanos();
    double starvation = worked == 0 ? 0 : (double) starved / worked;
    boolean keptUp = lateness <= MAX_LATENESS && starvation <= MAX_STARVATION;
    System.out.printf(
        Locale.ROOT,
        "promise: %s after %d ms of %d ms; woken %.0f %% late, %.0f %% starved: %s%n",
        what,
        took.toMillis(),
        limit.toMillis(),
        lateness * 100,
        starvation * 100,
        keptUp
            ? "the machine kept up"
            : "the machine did not keep up, so the limit is not checked");
    Duration max = keptUp ? limit : timeout();
    if (took.compareTo(max) > 0) {
      throw new AssertionError(
          "%s after %d ms, which is later than %d ms"
              .formatted(what, took.toMillis(), max.toMillis()));
    }
  }

  private void run() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    while (!over) {
      long before = System.nanoTime();
      try {
        Thread.sleep(Duration.ofNanos(SLEEP_NANOS));
      } catch (InterruptedException e) {
        return;
      }
      long woken = System.nanoTime();
      late += woken - before - SLEEP_NANOS;
      long used = threads.getCurrentThreadCpuTime();
      while (threads.getCurrentThreadCpuTime() - used < WORK_NANOS) {
        Thread.onSpinWait();
      }
      worked += WORK_NANOS;
      starved += System.nanoTime() - woken - WORK_NANOS;
    }
  }
}
