package io.keelson.infra.eventstore.store;

import io.keelson.commands.DomainEvent;
import io.keelson.infra.eventstore.codec.EventCodec;
import io.keelson.infra.eventstore.reservation.NameReservationTable;
import io.keelson.infra.eventstore.reservation.NameReservations;
import io.keelson.infra.eventstore.tail.Tail;
import io.keelson.infra.eventstore.tail.TailStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Appends to streams and loads them, in the transaction of the command and in one round trip each.
 * It never commits, and never appends outside a transaction: reservations of names and events are
 * committed or rolled back together.
 */
public final class PostgresEventStorageEngine implements EventStorageEngine {

  private static final Pattern VERSION_IN_CONFLICT = Pattern.compile("=\\(\\S+, (\\d+)\\)");

  private final EventTable events;
  private final NameReservationTable reserved;
  private final NameReservations reservations;
  private final Tail tail;

  /**
   * An engine.
   *
   * @param dataSource the one whose transactions Spring manages
   * @param tail is notified of each commit
   */
  public PostgresEventStorageEngine(
      DataSource dataSource, EventCodec codec, NameReservations reservations, Tail tail) {
    this.events = new EventTable(dataSource, codec);
    this.reserved = new NameReservationTable(new JdbcTemplate(dataSource));
    this.reservations = reservations;
    this.tail = tail;
  }

  /**
   * Appends the messages at the versions that they carry.
   *
   * @throws ConcurrencyException when another transaction has appended at one of these versions;
   *     {@link AggregateStreamCreationException} when that was version 0
   * @throws EventAlreadyStored when one of the events is in the store
   * @throws io.keelson.commands.CommandRejected when another stream holds a name
   */
  @Override
  public void appendEvents(List<? extends EventMessage<?>> messages) {
    if (messages.isEmpty()) {
      return;
    }
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("events are appended only in a transaction");
    }
    List<DomainEventMessage<DomainEvent>> domainEvents =
        messages.stream().map(PostgresEventStorageEngine::domainEvent).toList();
    try {
      events.append(domainEvents);
    } catch (DuplicateKeyException e) {
      throw conflict(domainEvents, e);
    }
    // After the events: a decision on an old state is reported as a conflict, not as a taken name.
    reserved.apply(
        domainEvents.stream().flatMap(m -> reservations.of(m.getPayload()).stream()).toList());
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            tail.committed();
          }
        });
  }

  @SuppressWarnings("unchecked") // checked: the payload is a domain event
  private static DomainEventMessage<DomainEvent> domainEvent(EventMessage<?> message) {
    if (message instanceof DomainEventMessage<?> event
        && event.getPayload() instanceof DomainEvent) {
      return (DomainEventMessage<DomainEvent>) event;
    }
    throw new IllegalArgumentException(
        message.getPayloadType().getName() + " is not an event of a stream");
  }

  private static RuntimeException conflict(
      List<DomainEventMessage<DomainEvent>> appended, DuplicateKeyException failure) {
    ServerErrorMessage error = serverError(failure);
    String constraint = error == null ? null : error.getConstraint();
    String detail = error == null ? null : error.getDetail();
    if ("event_id_key".equals(constraint)) {
      return new EventAlreadyStored("an event is in the store already: " + detail, failure);
    }
    if (!"event_stream_version_key".equals(constraint)) {
      return failure;
    }
    Matcher version = VERSION_IN_CONFLICT.matcher(detail == null ? "" : detail);
    boolean creation =
        version.find()
            ? version.group(1).equals("0")
            : appended.getFirst().getSequenceNumber() == 0;
    String what = "another transaction has appended to the stream: " + detail;
    return creation
        ? new AggregateStreamCreationException(what, failure)
        : new ConcurrencyException(what, failure);
  }

  private static @Nullable ServerErrorMessage serverError(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      Throwable found = t instanceof java.sql.BatchUpdateException b ? b.getNextException() : t;
      if (found instanceof PSQLException e && e.getServerErrorMessage() != null) {
        return e.getServerErrorMessage();
      }
    }
    return null;
  }

  @Override
  public DomainEventStream readEvents(String stream, long firstVersion) {
    return DomainEventStream.of(events.load(UUID.fromString(stream), firstVersion));
  }

  @Override
  public Optional<Long> lastSequenceNumberFor(String stream) {
    return events.lastVersion(UUID.fromString(stream));
  }

  /**
   * The tail from a token up to the watermark. The stream ends there and never blocks.
   *
   * @throws org.axonframework.eventsourcing.eventstore.EventStoreException when it cannot be read
   */
  @Override
  public Stream<? extends TrackedEventMessage<?>> readEvents(
      @Nullable TrackingToken token, boolean mayBlock) {
    TailStream stream = new TailStream(tail, events::page, token);
    return Stream.generate(stream::poll).takeWhile(Optional::isPresent).map(Optional::get);
  }

  /** Always empty: this engine stores no snapshots. */
  @Override
  public Optional<DomainEventMessage<?>> readSnapshot(String stream) {
    return Optional.empty();
  }

  /**
   * This engine stores no snapshots.
   *
   * @throws UnsupportedOperationException always: a trigger for snapshots was configured by mistake
   */
  @Override
  public void storeSnapshot(DomainEventMessage<?> snapshot) {
    throw new UnsupportedOperationException("this engine stores no snapshots");
  }

  EventTable events() {
    return events;
  }
}
