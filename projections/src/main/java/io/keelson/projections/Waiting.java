package io.keelson.projections;

import io.keelson.commands.Backoff;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for rows that another thread, or another instance, is about to write. */
public final class Waiting {

  private static final Backoff INTERVAL = new Backoff(Duration.ofMillis(2), Duration.ofMillis(50));

  private Waiting() {}

  /**
   * Checks again and again, with growing intervals. Another instance may write the rows, and it can
   * notify this one only through the database: a connection that listens for each waiting caller
   * would cost more than the few checks that the usual lag of milliseconds takes.
   *
   * @param reached one cheap check; it must hold no connection when it returns
   * @return false if the timeout, or an interrupt of the thread, came first
   */
  public static boolean until(BooleanSupplier reached, Duration timeout) {
    long start = System.nanoTime();
    for (int checks = 1; !reached.getAsBoolean(); checks++) {
      long left = timeout.toNanos() - (System.nanoTime() - start);
      if (left <= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(Math.min(INTERVAL.after(checks).toNanos(), left));
    }
    return true;
  }
}
