package io.keelson.infra.eventstore;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The events after a token, in pages up to the watermark and never past it. For one reader at a
 * time; only the callback comes from another thread.
 */
final class TailStream implements TrackingEventStream {

  private static final int PAGE = 500;
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final Tail tail;
  private final EventTable events;
  private final Deque<TrackedEventMessage<?>> page = new ArrayDeque<>();
  private final Runnable follower = this::told;
  private volatile long read;
  private volatile @Nullable Runnable callback;

  TailStream(Tail tail, EventTable events, @Nullable TrackingToken after) {
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
  Optional<TrackedEventMessage<?>> poll() {
    fill();
    return Optional.ofNullable(page.poll());
  }

  @Override
  public Optional<TrackedEventMessage<?>> peek() {
    fill();
    return Optional.ofNullable(page.peek());
  }

  @Override
  public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
    fill();
    long end = System.nanoTime() + unit.toNanos(timeout);
    for (long left = unit.toNanos(timeout);
        page.isEmpty() && left > 0;
        left = end - System.nanoTime()) {
      tail.awaitAfter(read, Duration.ofNanos(left));
      fill();
    }
    return !page.isEmpty();
  }

  @Override
  public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
    fill();
    while (page.isEmpty()) {
      tail.awaitAfter(read, LONGEST_WAIT);
      fill();
    }
    return page.remove();
  }

  private void fill() {
    if (!page.isEmpty()) {
      return;
    }
    long decided = tail.decided();
    if (decided <= read) {
      return;
    }
    try {
      List<TrackedEventMessage<?>> next = events.page(read, decided, PAGE);
      // Positions without an event are decided too: nothing will ever stand there.
      read = next.size() < PAGE ? decided : position(next.getLast().trackingToken());
      page.addAll(next);
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
    if (toCall != null && tail.decided() > read) {
      toCall.run();
    }
  }

  @Override
  public void close() {
    tail.remove(follower);
    callback = null;
    page.clear();
  }
}
