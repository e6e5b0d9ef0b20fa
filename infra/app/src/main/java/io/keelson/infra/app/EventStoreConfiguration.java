package io.keelson.infra.app;

import io.keelson.commands.JointCommands;
import io.keelson.infra.eventstore.EventCodec;
import io.keelson.infra.eventstore.PostgresEventStorageEngine;
import io.keelson.infra.eventstore.PostgresEventStore;
import io.keelson.infra.eventstore.Tail;
import io.keelson.infra.eventstore.TokenStores;
import io.keelson.sagas.operation.OperationDecider;
import io.keelson.sagas.operation.OperationRules;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;

/** The event store and the way of commands into it: every part named, none left to a default. */
@Configuration(proxyBeanMethods = false)
class EventStoreConfiguration {

  /** How often a lost race is run again before the caller hears of it. */
  private static final int RETRIES = 8;

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
    SimpleCommandBus bus = SimpleCommandBus.builder().transactionManager(transactions).build();
    // What a command says of its origin goes into every event that follows from it.
    bus.registerHandlerInterceptor(
        new CorrelationDataInterceptor<>(message -> message.getMetaData()));
    return bus;
  }

  @Bean
  JointCommands commands(CommandBus bus, EventStore events) {
    CommandRoutes.lay(bus, events, new OperationDecider(OperationRules.DEFAULT));
    RetryTemplate conflicts =
        new RetryTemplate(
            RetryPolicy.builder()
                .maxRetries(RETRIES)
                .delay(Duration.ofMillis(5))
                .jitter(Duration.ofMillis(5))
                .multiplier(2)
                .maxDelay(Duration.ofMillis(250))
                .predicate(AxonCommands::isConflict)
                .build());
    return new AxonCommands(bus, conflicts, Executors.newVirtualThreadPerTaskExecutor());
  }

  /** What this instance is called where several share something. */
  record InstanceName(String value) {}
}
