package io.keelson.adapters.provisioning;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes the reader of hints in this JVM. It only makes the reader faster: without a signal it reads
 * after its interval.
 */
final class FeedSignal {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition given = lock.newCondition();
  private long count;

  /** How often the signal has been given. */
  long count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  void give() {
    lock.lock();
    try {
      count++;
      given.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns at the first signal after {@code known} of them, or when the time is over. */
  void await(long known, Duration max) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = max.toNanos();
      while (count == known && left > 0) {
        left = given.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
