package io.keelson.infra.eventstore.tail;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The events after a token, in pages up to the watermark and never past it. Axon's processors look
 * into a stream from two threads at once, so every look is under a lock; no wait is.
 */
public final class TailStream implements TrackingEventStream {

  private static final int PAGE = 500;
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final Tail tail;
  private final Pages events;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<TrackedEventMessage<?>> page = new ArrayDeque<>();
  private final Runnable follower = this::told;
  // The last event's position, never a later one: a position without an event may come again.
  private long read;
  private boolean closed;
  private volatile long known;
  private volatile @Nullable Runnable callback;

  /** Where the events are read from. */
  @FunctionalInterface
  public interface Pages {

    /**
     * The events after {@code after} and not after {@code upTo}, in order, at most {@code limit}.
     */
    List<TrackedEventMessage<?>> page(long after, long upTo, int limit) throws SQLException;
  }

  /**
   * A stream of its own.
   *
   * @param after null: from the first event on
   */
  public TailStream(Tail tail, Pages events, @Nullable TrackingToken after) {
    this.tail = tail;
    this.events = events;
    this.read = position(after);
  }

  private static long position(@Nullable TrackingToken token) {
    if (token == null) {
      return 0;
    }
    OptionalLong position = token.position();
    return position.orElseThrow(
        () -> new IllegalArgumentException("a token without a position: " + token));
  }

  /** The next event that is there, without waiting. */
  public Optional<TrackedEventMessage<?>> poll() {
    return look(page::poll);
  }

  @Override
  public Optional<TrackedEventMessage<?>> peek() {
    return look(page::peek);
  }

  @Override
  public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
    long end = System.nanoTime() + unit.toNanos(timeout);
    while (peek().isEmpty()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      tail.awaitDecision(known, Duration.ofNanos(left));
    }
    return true;
  }

  @Override
  public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
    Optional<TrackedEventMessage<?>> next = poll();
    while (next.isEmpty()) {
      tail.awaitDecision(known, LONGEST_WAIT);
      next = poll();
    }
    return next.get();
  }

  private Optional<TrackedEventMessage<?>> look(
      Supplier<@Nullable TrackedEventMessage<?>> atThePage) {
    lock.lock();
    try {
      if (page.isEmpty() && behind() && !closed) {
        fill();
      }
      return Optional.ofNullable(atThePage.get());
    } finally {
      lock.unlock();
    }
  }

  private boolean behind() {
    return known != tail.decisions();
  }

  private void fill() {
    long decisions = tail.decisions();
    try {
      List<TrackedEventMessage<?>> next = events.page(read, tail.decided(), PAGE);
      if (next.size() < PAGE) {
        known = decisions;
      }
      if (!next.isEmpty()) {
        read = position(next.getLast().trackingToken());
        page.addAll(next);
      }
    } catch (SQLException e) {
      throw new EventStoreException("the events after " + read + " cannot be read", e);
    }
  }

  @Override
  public boolean setOnAvailableCallback(Runnable callback) {
    this.callback = callback;
    tail.add(follower);
    return true;
  }

  private void told() {
    Runnable toCall = callback;
    if (toCall != null && behind()) {
      toCall.run();
    }
  }

  @Override
  public void close() {
    tail.remove(follower);
    callback = null;
    lock.lock();
    try {
      closed = true;
      page.clear();
    } finally {
      lock.unlock();
    }
  }
}
