package io.keelson.infra.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.keelson.commands.Commands;
import io.keelson.commands.Commands.Receipt;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.NodeId;
import io.keelson.commands.node.NodeCommand;
import io.keelson.commands.node.NodeEvent;
import io.keelson.infra.eventstore.decider.AxonCommands;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Axon's own JDBC engine, event store and repository, with default settings and Jackson. */
final class StockEngine implements MeasuredEngine {

  private final HikariDataSource pool;
  private final JdbcEventStorageEngine engine;
  private final EmbeddedEventStore store;
  private final DataSourceTransactionManager transactions;

  /**
   * @param first whether to make the tables
   */
  StockEngine(Database database, boolean first) {
    this.pool = database.stockPool();
    this.transactions = new DataSourceTransactionManager(pool);
    Serializer json = Jackson3Serializer.builder().build();
    this.engine =
        JdbcEventStorageEngine.builder()
            .connectionProvider(
                new UnitOfWorkAwareConnectionProviderWrapper(
                    new SpringDataSourceConnectionProvider(pool)))
            .transactionManager(axonTransactions())
            .eventSerializer(json)
            .snapshotSerializer(json)
            .build();
    if (first) {
      engine.createSchema(PostgresEventTableFactory.INSTANCE);
    }
    this.store = EmbeddedEventStore.builder().storageEngine(engine).build();
  }

  @Override
  public Commands commands() {
    SimpleCommandBus bus =
        SimpleCommandBus.builder().transactionManager(axonTransactions()).build();
    bus.registerHandlerInterceptor(
        new CorrelationDataInterceptor<>(message -> message.getMetaData()));
    EventSourcingRepository<StockNode> nodes =
        EventSourcingRepository.builder(StockNode.class).eventStore(store).build();
    bus.subscribe(
        NodeCommand.RecordNodeObserved.class.getName(),
        message -> {
          NodeCommand command = (NodeCommand) message.getPayload();
          Aggregate<StockNode> node =
              nodes.loadOrCreate(command.stream().toString(), StockNode::new);
          List<DomainEvent> events = List.copyOf(node.invoke(root -> root.handle(command)));
          return new Receipt(command.stream(), node.version(), events);
        });
    return new AxonCommands(bus);
  }

  @Override
  public void append(NodeId stream, long firstVersion, List<? extends NodeEvent> events) {
    List<EventMessage<?>> messages = new ArrayList<>();
    for (NodeEvent event : events) {
      messages.add(
          new GenericDomainEventMessage<>(
              StockNode.class.getSimpleName(),
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
    store.shutDown();
    pool.close();
  }
}
