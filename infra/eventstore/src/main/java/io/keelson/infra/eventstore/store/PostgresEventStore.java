package io.keelson.infra.eventstore.store;

import io.keelson.infra.eventstore.tail.Tail;
import io.keelson.infra.eventstore.tail.TailStream;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStore;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Axon's event store over the engine and the tail. A token is a position; everything up to it has
 * been seen, and nothing is ever inserted before it.
 */
public final class PostgresEventStore extends AbstractEventStore {

  private static final Duration HEAD_WITHIN = Duration.ofSeconds(5);

  private final EventTable events;
  private final Tail tail;
  private final Clock clock;

  public PostgresEventStore(PostgresEventStorageEngine engine, Tail tail, Clock clock) {
    super(new Settings().storageEngine(engine));
    this.events = engine.events();
    this.tail = tail;
    this.clock = clock;
  }

  @Override
  public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken after) {
    return new TailStream(tail, events::page, after);
  }

  /** Before the first event. */
  @Override
  public TrackingToken createTailToken() {
    return new GlobalSequenceTrackingToken(0);
  }

  /**
   * After everything that was committed before this call; earlier where a transaction holds the
   * watermark back.
   *
   * @throws EventStoreException when the database does not say
   */
  @Override
  public TrackingToken createHeadToken() {
    try {
      return new GlobalSequenceTrackingToken(events.lastPosition(head()));
    } catch (SQLException e) {
      throw new EventStoreException("no token can be made for the head of the events", e);
    }
  }

  /**
   * Before the first event that was recorded at {@code instant} or later.
   *
   * @throws EventStoreException when the database does not say
   */
  @Override
  public TrackingToken createTokenAt(Instant instant) {
    long head = head();
    try {
      return new GlobalSequenceTrackingToken(events.lastPositionBefore(instant, head));
    } catch (SQLException e) {
      throw new EventStoreException("no token can be made for " + instant, e);
    }
  }

  @Override
  public TrackingToken createTokenSince(Duration duration) {
    return createTokenAt(clock.instant().minus(duration));
  }

  private long head() {
    try {
      return tail.head(HEAD_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EventStoreException("interrupted while waiting for the head of the events", e);
    }
  }

  /** The table behind it. */
  public EventTable events() {
    return events;
  }

  private static final class Settings extends AbstractEventStore.Builder {}
}
