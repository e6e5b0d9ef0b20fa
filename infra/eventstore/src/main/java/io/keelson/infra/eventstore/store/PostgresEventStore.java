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
 * Axon's event store on the engine and the tail. A token is a position: every event up to it has
 * been read, and no event is ever inserted before it.
 */
public final class PostgresEventStore extends AbstractEventStore {

  private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(5);

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

  /** The token before the first event. */
  @Override
  public TrackingToken createTailToken() {
    return new GlobalSequenceTrackingToken(0);
  }

  /**
   * The token after every event that was committed before this call; an earlier one while a
   * transaction holds the watermark back.
   *
   * @throws EventStoreException when the database cannot be read
   */
  @Override
  public TrackingToken createHeadToken() {
    try {
      return new GlobalSequenceTrackingToken(events.lastPosition(head()));
    } catch (SQLException e) {
      throw new EventStoreException("the token at the head of the events cannot be read", e);
    }
  }

  /**
   * The token before the first event that was recorded at {@code instant} or later.
   *
   * @throws EventStoreException when the database cannot be read
   */
  @Override
  public TrackingToken createTokenAt(Instant instant) {
    long head = head();
    try {
      return new GlobalSequenceTrackingToken(events.lastPositionBefore(instant, head));
    } catch (SQLException e) {
      throw new EventStoreException("the token at " + instant + " cannot be read", e);
    }
  }

  @Override
  public TrackingToken createTokenSince(Duration duration) {
    return createTokenAt(clock.instant().minus(duration));
  }

  private long head() {
    try {
      return tail.head(HEAD_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EventStoreException("interrupted while waiting for the head of the events", e);
    }
  }

  /** The table that this store reads and writes. */
  public EventTable events() {
    return events;
  }

  private static final class Settings extends AbstractEventStore.Builder {}
}
