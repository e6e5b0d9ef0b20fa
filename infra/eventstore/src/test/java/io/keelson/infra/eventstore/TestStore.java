package io.keelson.infra.eventstore;

import io.keelson.commands.ClusterId;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.infra.eventstore.codec.EventCodec;
import io.keelson.infra.eventstore.reservation.NameReservations;
import io.keelson.infra.eventstore.store.PostgresEventStorageEngine;
import io.keelson.infra.eventstore.store.PostgresEventStore;
import io.keelson.infra.eventstore.tail.Tail;
import io.keelson.infra.testing.TestPostgres;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One instance of the store on a database; several may share the database. */
public record TestStore(
    DataSource database,
    JdbcTemplate jdbc,
    TransactionTemplate transaction,
    Tail tail,
    PostgresEventStorageEngine engine,
    PostgresEventStore events)
    implements AutoCloseable {

  public static TestStore fresh() {
    return fresh(NameReservations.NONE);
  }

  public static TestStore fresh(NameReservations claims) {
    return on(TestPostgres.database("eventstore"), claims);
  }

  public static TestStore on(DataSource database, NameReservations claims) {
    Clock clock = Clock.systemUTC();
    Tail tail = Tail.follow(database, clock);
    PostgresEventStorageEngine engine =
        new PostgresEventStorageEngine(database, new EventCodec(), claims, tail);
    return new TestStore(
        database,
        new JdbcTemplate(database),
        new TransactionTemplate(new DataSourceTransactionManager(database)),
        tail,
        engine,
        new PostgresEventStore(engine, tail, clock));
  }

  /** Appends in one transaction of its own. */
  public void append(DomainEventMessage<?>... events) {
    transaction.executeWithoutResult(status -> engine.appendEvents(Arrays.asList(events)));
  }

  public static DomainEventMessage<?> message(DomainEvent event, long version) {
    return new GenericDomainEventMessage<>(
        event.getClass().getSimpleName(),
        event.stream().toString(),
        version,
        event,
        Map.of("principal", "system:test"));
  }

  /** An event of a new stream. */
  public static DomainEventMessage<?> message() {
    return message(event(UUID.randomUUID()), 0);
  }

  public static DomainEvent event(UUID stream) {
    return new NodeDeleted(
        new NodeId(stream), new ClusterId(UUID.randomUUID()), new PoolId(UUID.randomUUID()));
  }

  @Override
  public void close() {
    tail.close();
  }
}
