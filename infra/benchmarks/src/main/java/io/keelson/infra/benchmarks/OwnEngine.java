package io.keelson.infra.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.keelson.aggregates.node.NodeDecider;
import io.keelson.aggregates.node.NodeEvolution;
import io.keelson.aggregates.node.NodeState;
import io.keelson.commands.Commands;
import io.keelson.commands.NodeId;
import io.keelson.commands.node.NodeCommand;
import io.keelson.commands.node.NodeEvent;
import io.keelson.infra.eventstore.codec.EventCodec;
import io.keelson.infra.eventstore.decider.AxonCommands;
import io.keelson.infra.eventstore.decider.Decider;
import io.keelson.infra.eventstore.decider.DeciderHost;
import io.keelson.infra.eventstore.reservation.NameReservations;
import io.keelson.infra.eventstore.store.PostgresEventStorageEngine;
import io.keelson.infra.eventstore.store.PostgresEventStore;
import io.keelson.infra.eventstore.tail.Tail;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Our engine on one database, wired as in one instance of the program. */
final class OwnEngine implements MeasuredEngine {

  private static final int CACHE_SIZE = 10_000;

  private final HikariDataSource pool;
  private final Tail tail;
  private final PostgresEventStorageEngine engine;
  private final PostgresEventStore store;
  private final DataSourceTransactionManager transactions;

  OwnEngine(Database database) {
    this.pool = database.pool();
    this.tail = Tail.follow(database.plain(), Clock.systemUTC());
    this.engine =
        new PostgresEventStorageEngine(pool, new EventCodec(), NameReservations.NONE, tail);
    this.store = new PostgresEventStore(engine, tail, Clock.systemUTC());
    this.transactions = new DataSourceTransactionManager(pool);
  }

  Tail tail() {
    return tail;
  }

  @Override
  public Commands commands() {
    SimpleCommandBus bus =
        SimpleCommandBus.builder().transactionManager(axonTransactions()).build();
    new DeciderHost(bus, store, CACHE_SIZE)
        .add(
            new Decider<>(
                "node",
                NodeCommand.class,
                NodeEvent.class,
                NodeState.class,
                new NodeState.Absent(),
                NodeDecider::decide,
                NodeEvolution::evolve,
                1));
    return new AxonCommands(bus);
  }

  @Override
  public void append(NodeId stream, long firstVersion, List<? extends NodeEvent> events) {
    List<EventMessage<?>> messages = new ArrayList<>();
    for (NodeEvent event : events) {
      messages.add(
          new GenericDomainEventMessage<>(
              "node",
              stream.toString(),
              firstVersion + messages.size(),
              event,
              Nodes.ORIGIN.toMetadata()));
    }
    new TransactionTemplate(transactions).executeWithoutResult(_ -> engine.appendEvents(messages));
  }

  @Override
  public EventStore store() {
    return store;
  }

  @Override
  public SpringTransactionManager axonTransactions() {
    return new SpringTransactionManager(transactions);
  }

  @Override
  public HikariDataSource pool() {
    return pool;
  }

  @Override
  public void close() {
    tail.close();
    pool.close();
  }
}
