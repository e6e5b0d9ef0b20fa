package io.keelson.infra.app;

import io.keelson.commands.JointCommands;
import io.keelson.infra.eventstore.codec.EventCodec;
import io.keelson.infra.eventstore.decider.AxonCommands;
import io.keelson.infra.eventstore.decider.DeciderHost;
import io.keelson.infra.eventstore.processor.Instances;
import io.keelson.infra.eventstore.processor.TokenStores;
import io.keelson.infra.eventstore.store.PostgresEventStorageEngine;
import io.keelson.infra.eventstore.store.PostgresEventStore;
import io.keelson.infra.eventstore.tail.Tail;
import io.keelson.sagas.operation.OperationDecider;
import io.keelson.sagas.operation.OperationRules;
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
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;

/** The event store and the way of commands into it: every part named, none left to a default. */
@Configuration(proxyBeanMethods = false)
class EventStoreConfiguration {

  /** The one clock: events take their times from it too. */
  @Bean
  Clock clock() {
    Clock clock = Clock.systemUTC();
    GenericEventMessage.clock = clock;
    return clock;
  }

  /** Differs between any two instances, also between containers, where all have process id 1. */
  @Bean
  InstanceName instanceName() {
    return new InstanceName("keelson-" + ProcessHandle.current().pid() + "-" + UUID.randomUUID());
  }

  @Bean
  TransactionManager axonTransactions(PlatformTransactionManager transactions) {
    return new SpringTransactionManager(transactions);
  }

  /** Is given the pool only so that it comes after the migrations. */
  @Bean
  LastingConnections lastingConnections(Environment environment, DataSource afterMigrations) {
    return new LastingConnections(
        new DriverManagerDataSource(
            environment.getRequiredProperty("spring.datasource.url"),
            environment.getProperty("spring.datasource.username", ""),
            environment.getProperty("spring.datasource.password", "")));
  }

  @Bean
  Tail tail(LastingConnections connections, Clock clock) {
    return Tail.follow(connections.dataSource(), clock);
  }

  /** With a connection of its own: a pool that is busy must not make us look dead. */
  @Bean(destroyMethod = "close")
  Instances instances(LastingConnections connections, InstanceName name, Clock clock) {
    return new Instances(connections.dataSource(), name.value(), clock);
  }

  @Bean
  PostgresEventStore eventStore(DataSource dataSource, Tail tail, Clock clock) {
    PostgresEventStorageEngine engine =
        new PostgresEventStorageEngine(dataSource, new EventCodec(), new ClusterNames(), tail);
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

  @Bean
  JointCommands commands(
      CommandBus bus,
      PostgresEventStore events,
      @Value("${keelson.commands.cache-size}") int cacheSize) {
    DeciderHost host = new DeciderHost(bus, events, cacheSize);
    Deciders.all(new OperationDecider(OperationRules.DEFAULT)).forEach(host::add);
    return new AxonCommands(bus, new ConflictCounter());
  }

  /** What this instance is called where several share something. */
  record InstanceName(String value) {}
}
