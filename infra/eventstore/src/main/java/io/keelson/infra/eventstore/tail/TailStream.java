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
 * The events after a token, in pages up to the watermark and never past it. Axon's processors read
 * a stream from two threads at once, so every access to the page holds a lock; no wait does.
 */
public final class TailStream implements TrackingEventStream {

  private static final int PAGE = 500;
  private static final Duration MAX_WAIT = Duration.ofHours(1);

  private final Tail tail;
  private final Pages events;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<TrackedEventMessage<?>> page = new ArrayDeque<>();
  private final Runnable follower = this::notifyCallback;
  // The position of the last event, never a later one: a position without an event may be reused.
  private long read;
  private boolean closed;
  private volatile long known;
  private volatile @Nullable Runnable callback;

  /** The source of the pages. */
  @FunctionalInterface
  public interface Pages {

    /**
     * The events after {@code after} and not after {@code upTo}, in order, at most {@code limit}.
     */
    List<TrackedEventMessage<?>> page(long after, long upTo, int limit) throws SQLException;
  }

  /**
   * A stream of the events after a token.
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
        () -> new IllegalArgumentException("the token has no position: " + token));
  }

  /** The next event, if there is one; never waits. */
  public Optional<TrackedEventMessage<?>> poll() {
    return fromPage(page::poll);
  }

  @Override
  public Optional<TrackedEventMessage<?>> peek() {
    return fromPage(page::peek);
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
      tail.awaitDecision(known, MAX_WAIT);
      next = poll();
    }
    return next.get();
  }

  private Optional<TrackedEventMessage<?>> fromPage(
      Supplier<@Nullable TrackedEventMessage<?>> access) {
    lock.lock();
    try {
      if (page.isEmpty() && behind() && !closed) {
        fill();
      }
      return Optional.ofNullable(access.get());
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
      throw new EventStoreException("the events after position " + read + " cannot be read", e);
    }
  }

  @Override
  public boolean setOnAvailableCallback(Runnable callback) {
    this.callback = callback;
    tail.add(follower);
    return true;
  }

  private void notifyCallback() {
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
