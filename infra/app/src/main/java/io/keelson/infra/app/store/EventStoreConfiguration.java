package io.keelson.infra.app.store;

import io.keelson.commands.JointCommands;
import io.keelson.infra.app.database.UnpooledConnections;
import io.keelson.infra.eventstore.codec.EventCodec;
import io.keelson.infra.eventstore.decider.AxonCommands;
import io.keelson.infra.eventstore.decider.DeciderHost;
import io.keelson.infra.eventstore.processor.Instances;
import io.keelson.infra.eventstore.processor.TokenStores;
import io.keelson.infra.eventstore.store.PostgresEventStorageEngine;
import io.keelson.infra.eventstore.store.PostgresEventStore;
import io.keelson.infra.eventstore.tail.Tail;
import io.keelson.sagas.AllProcesses;
import io.keelson.sagas.operation.OperationRules;
import io.keelson.sagas.operation.Processes;
import java.time.Clock;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The event store and the command bus. Every part is named here; none may be left to a default of
 * Axon.
 */
@Configuration(proxyBeanMethods = false)
class EventStoreConfiguration {

  /** The only clock. Axon takes the times of events from it, too. */
  @Bean
  Clock clock() {
    Clock clock = Clock.systemUTC();
    GenericEventMessage.clock = clock;
    return clock;
  }

  /** Unique also among containers, in which every process has the id 1. */
  @Bean
  InstanceName instanceName() {
    return new InstanceName("keelson-" + ProcessHandle.current().pid() + "-" + UUID.randomUUID());
  }

  @Bean
  TransactionManager axonTransactions(PlatformTransactionManager transactions) {
    return new SpringTransactionManager(transactions);
  }

  @Bean
  Tail tail(UnpooledConnections connections, Clock clock) {
    return Tail.follow(connections.dataSource(), clock);
  }

  /** With a connection of its own: an exhausted pool must not make this instance appear dead. */
  @Bean(destroyMethod = "close")
  Instances instances(UnpooledConnections connections, InstanceName name, Clock clock) {
    return new Instances(connections.dataSource(), name.value(), clock);
  }

  @Bean
  PostgresEventStore eventStore(DataSource dataSource, Tail tail, Clock clock) {
    PostgresEventStorageEngine engine =
        new PostgresEventStorageEngine(
            dataSource, EventCodec.ofStates(AllProcesses.states()), new ClusterNames(), tail);
    return new PostgresEventStore(engine, tail, clock);
  }

  @Bean
  TokenStore tokenStore(DataSource dataSource, InstanceName instance) {
    return TokenStores.postgres(
        new SpringDataSourceConnectionProvider(dataSource), instance.value());
  }

  @Bean
  CommandBus commandBus(TransactionManager transactions) {
    return SimpleCommandBus.builder().transactionManager(transactions).build();
  }

  /** Fails the start when a plan has no process, or more than one. */
  @Bean
  Processes processes() {
    return AllProcesses.registered();
  }

  @Bean
  JointCommands commands(
      CommandBus bus,
      PostgresEventStore events,
      Processes processes,
      @Value("${keelson.commands.cache-size}") int cacheSize) {
    DeciderHost host = new DeciderHost(bus, events, cacheSize);
    Deciders.all(processes, OperationRules.DEFAULT).forEach(host::add);
    return new AxonCommands(bus, new ConflictCounter());
  }
}
