package io.keelson.infra.eventstore.processor;

import io.keelson.infra.eventstore.codec.UnknownEvent;
import io.keelson.infra.eventstore.store.PostgresEventStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * The events for a processor that must understand every event: the stream ends before the first
 * event that this program does not know. It must never skip one: a newer instance handles that
 * event only if the token has not passed it.
 */
public final class KnownEvents implements StreamableMessageSource<TrackedEventMessage<?>> {

  private final PostgresEventStore events;
  private final Consumer<StopPosition> stopped;

  /**
   * The known events of a store.
   *
   * @param stopped is called at each read that finds an unknown event next; must not block
   */
  public KnownEvents(PostgresEventStore events, Consumer<StopPosition> stopped) {
    this.events = events;
    this.stopped = stopped;
  }

  @Override
  public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken after) {
    return new KnownStream(events.openStream(after), stopped, position(after));
  }

  private static long position(@Nullable TrackingToken token) {
    return token == null ? 0 : token.position().orElse(0);
  }

  @Override
  public TrackingToken createTailToken() {
    return events.createTailToken();
  }

  @Override
  public TrackingToken createHeadToken() {
    return events.createHeadToken();
  }

  @Override
  public TrackingToken createTokenAt(Instant instant) {
    return events.createTokenAt(instant);
  }

  @Override
  public TrackingToken createTokenSince(Duration duration) {
    return events.createTokenSince(duration);
  }

  private static final class KnownStream implements BlockingStream<TrackedEventMessage<?>> {

    private final BlockingStream<TrackedEventMessage<?>> all;
    private final Consumer<StopPosition> stopped;
    private volatile long readUpTo;

    KnownStream(
        BlockingStream<TrackedEventMessage<?>> all, Consumer<StopPosition> stopped, long after) {
      this.all = all;
      this.stopped = stopped;
      this.readUpTo = after;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
      return all.peek().filter(this::isKnown);
    }

    private boolean isKnown(TrackedEventMessage<?> next) {
      if (next.getPayload() instanceof UnknownEvent(String type, int revision, byte[] _)) {
        stopped.accept(new StopPosition(type, revision, position(next.trackingToken()), readUpTo));
        return false;
      }
      return true;
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
      return all.hasNextAvailable(timeout, unit) && peek().isPresent();
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
      if (all.hasNextAvailable() && peek().isEmpty()) {
        throw new IllegalStateException("no known event comes after position " + readUpTo);
      }
      TrackedEventMessage<?> next = all.nextAvailable();
      readUpTo = position(next.trackingToken());
      return next;
    }

    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
      return all.setOnAvailableCallback(callback);
    }

    @Override
    public void close() {
      all.close();
    }
  }
}
