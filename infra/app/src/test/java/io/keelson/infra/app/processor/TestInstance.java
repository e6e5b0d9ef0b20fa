package io.keelson.infra.app.processor;

import com.zaxxer.hikari.HikariDataSource;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.node.NodeEvent;
import io.keelson.infra.app.store.ClusterNames;
import io.keelson.infra.eventstore.codec.EventCodec;
import io.keelson.infra.eventstore.processor.Instances;
import io.keelson.infra.eventstore.processor.TokenStores;
import io.keelson.infra.eventstore.store.PostgresEventStorageEngine;
import io.keelson.infra.eventstore.store.PostgresEventStore;
import io.keelson.infra.eventstore.tail.Tail;
import io.keelson.projections.EventBatches;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** The event processors of an instance: three of them record the events of nodes. */
final class TestInstance {

  static final List<String> PROCESSORS = List.of("first", "second", "third");

  private final String name;
  private final HikariDataSource pool;
  private final Tail tail;
  private final Instances instances;
  private final Processors processors;
  private final Map<String, List<DomainEvent>> handled = new ConcurrentHashMap<>();

  private TestInstance(String name, DataSource database) {
    Clock clock = Clock.systemUTC();
    this.name = name;
    this.pool = new HikariDataSource();
    pool.setDataSource(database);
    pool.setMaximumPoolSize(16);
    pool.setConnectionTimeout(3000);
    this.tail = Tail.follow(database, clock);
    this.instances = new Instances(database, name, clock);
    PROCESSORS.forEach(processor -> handled.put(processor, new CopyOnWriteArrayList<>()));
    PostgresEventStorageEngine engine =
        new PostgresEventStorageEngine(pool, new EventCodec(), new ClusterNames(), tail);
    this.processors =
        new Processors(
                new PostgresEventStore(engine, tail, clock),
                TokenStores.postgres(new SpringDataSourceConnectionProvider(pool), name),
                new SpringTransactionManager(new DataSourceTransactionManager(pool)),
                pool,
                clock,
                instances,
                () -> tail.health().moves())
            .projection(new First())
            .projection(new Second())
            .reactor(new Third());
  }

  static TestInstance start(String name, DataSource database) {
    TestInstance instance = new TestInstance(name, database);
    instance.processors.start();
    return instance;
  }

  String name() {
    return name;
  }

  Processors processors() {
    return processors;
  }

  int handled(String processor) {
    return events(processor).size();
  }

  List<DomainEvent> events(String processor) {
    return handled.getOrDefault(processor, List.of());
  }

  void stop() {
    processors.stop();
    tail.close();
    pool.close();
  }

  /** Stops like a killed process: it releases no segment and reports nothing. */
  void die() {
    instances.close();
    pool.close();
    tail.close();
  }

  private void note(String processor, NodeEvent event) {
    events(processor).add(event);
  }

  /** In the transaction that handles the event; a constraint of the table may reject the row. */
  private void write(String processor, NodeEvent event) {
    new JdbcTemplate(pool)
        .update(
            "insert into noted (processor, node) values (?, ?)", processor, event.nodeId().value());
    note(processor, event);
  }

  /** Writes a whole batch directly before the commit. */
  @ProcessingGroup("first")
  final class First {
    private final EventBatches<NodeEvent> batches =
        new EventBatches<>("first", batch -> batch.forEach(d -> write("first", d.event())));

    @EventHandler
    void on(NodeEvent event, DomainEventMessage<?> message) {
      batches.add(event, message);
    }
  }

  @ProcessingGroup("second")
  final class Second {
    @EventHandler
    void on(NodeEvent event) {
      note("second", event);
    }
  }

  /** Writes each event at once. */
  @ProcessingGroup("third")
  final class Third {
    @EventHandler
    void on(NodeEvent event) {
      write("third", event);
    }
  }
}
