package io.keelson.projections;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for rows that another thread, or another instance, is about to write. */
public final class Waiting {

  private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(2).toNanos();
  private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  private Waiting() {}

  /**
   * Looks again and again, with growing pauses: the rows may be written by another instance, which
   * can tell this one only through the database. A connection that listens for each waiting caller
   * would cost more than the few looks that the usual lag of milliseconds takes.
   *
   * @param reached one cheap look; it must hold no connection when it returns
   * @return false when the time was up, or the thread was interrupted, first
   */
  public static boolean until(BooleanSupplier reached, Duration atMost) {
    long start = System.nanoTime();
    long pause = FIRST_PAUSE_NANOS;
    while (!reached.getAsBoolean()) {
      long left = atMost.toNanos() - (System.nanoTime() - start);
      if (left <= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(Math.min(pause, left));
      pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
    }
    return true;
  }
}
