package io.keelson.infra.testing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Locale;

/**
 * How long something may take, timed from its making on. People were promised it on a machine that
 * does nothing else, so it holds strictly only where the machine was seen to keep up meanwhile: a
 * thread beside the test measures how late it is woken, and how long it waits for a processor.
 * Where it did not keep up, only the {@link #patience} holds, which is never to be exceeded.
 */
public final class Promise {

  private static final int PATIENCE = 6;
  private static final long NAP_NANOS = Duration.ofMillis(46).toNanos();
  private static final long WORK_NANOS = Duration.ofMillis(4).toNanos();
  private static final double MOST_LATE = 0.05;
  private static final double MOST_STARVED = 0.25;

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

  /** Begins to time. */
  public static Promise within(Duration limit) {
    Promise promise = new Promise(limit);
    promise.probe.start();
    return promise;
  }

  /** What to wait at most for that which was promised. */
  public Duration patience() {
    return limit.multipliedBy(PATIENCE);
  }

  /** It has come to pass: was it in time? */
  public void kept(String what) throws InterruptedException {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    over = true;
    probe.join();
    double lateness = (double) late / took.toNanos();
    double starvation = worked == 0 ? 0 : (double) starved / worked;
    boolean keptUp = lateness <= MOST_LATE && starvation <= MOST_STARVED;
    System.out.printf(
        Locale.ROOT,
        "promise: %s after %d ms of %d ms; woken %.0f %% late, %.0f %% starved: %s%n",
        what,
        took.toMillis(),
        limit.toMillis(),
        lateness * 100,
        starvation * 100,
        keptUp ? "the machine kept up" : "the machine did not keep up, so it is not judged");
    Duration most = keptUp ? limit : patience();
    if (took.compareTo(most) > 0) {
      throw new AssertionError(
          "%s after %d ms, which is later than %d ms"
              .formatted(what, took.toMillis(), most.toMillis()));
    }
  }

  private void run() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    while (!over) {
      long before = System.nanoTime();
      try {
        Thread.sleep(Duration.ofNanos(NAP_NANOS));
      } catch (InterruptedException e) {
        return;
      }
      long woken = System.nanoTime();
      late += woken - before - NAP_NANOS;
      long used = threads.getCurrentThreadCpuTime();
      while (threads.getCurrentThreadCpuTime() - used < WORK_NANOS) {
        Thread.onSpinWait();
      }
      worked += WORK_NANOS;
      starved += System.nanoTime() - woken - WORK_NANOS;
    }
  }
}
