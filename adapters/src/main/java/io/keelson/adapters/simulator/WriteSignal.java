package io.keelson.adapters.simulator;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes the readers of the change feed in this JVM after a write has been committed. It only makes
 * them faster: a reader that is not woken reads after its interval.
 */
final class WriteSignal {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long writes;
  private boolean closed;

  /** The number of signalled writes. */
  long writes() {
    lock.lock();
    try {
      return writes;
    } finally {
      lock.unlock();
    }
  }

  void written() {
    lock.lock();
    try {
      writes++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends all waits, now and later. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a write or the timeout.
   *
   * @param seen the number of writes that the caller has read
   * @return false: the signal is closed, and the caller must not wait again
   */
  boolean await(long seen, Duration timeout) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = timeout.toNanos();
      while (!closed && writes == seen && left > 0) {
        left = changed.awaitNanos(left);
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }
}
