package io.keelson.infra.eventstore.processor;

import static io.keelson.infra.eventstore.TestStore.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.commands.DomainEvent;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.infra.eventstore.TestStore;
import io.keelson.infra.eventstore.deadletter.PostgresDeadLetterQueue;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.ReplayStatus;
import org.axonframework.eventhandling.deadletter.DeadLetteringEventHandlerInvoker;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.deadletter.Decisions;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Axon's pooled processor over the store, with tokens, segments and dead letters. */
@Timeout(300)
class EventProcessorTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  private final TestStore store = TestStore.fresh();
  private final List<DomainEvent> handled = new CopyOnWriteArrayList<>();
  private final List<DomainEvent> replayed = new CopyOnWriteArrayList<>();
  private final Set<UUID> poisoned = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
  private final TransactionManager transactions =
      new SpringTransactionManager(new DataSourceTransactionManager(store.database()));
  private final PostgresDeadLetterQueue parked =
      new PostgresDeadLetterQueue("test", store.database(), store.events(), 100, Clock.systemUTC());
  private final DeadLetteringEventHandlerInvoker invoker =
      DeadLetteringEventHandlerInvoker.builder()
          .eventHandlers(new Handler())
          .queue(parked)
          .enqueuePolicy((letter, cause) -> Decisions.enqueue(cause))
          .transactionManager(transactions)
          .sequencingPolicy(new ClusterSequencingPolicy())
          .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
          .build();
  private PooledStreamingEventProcessor processor;

  /** Fails on poisoned events. */
  class Handler {

    @EventHandler
    void on(NodeDeleted event, ReplayStatus status) {
      if (poisoned.contains(event.nodeId().value())) {
        throw new IllegalStateException("poisoned");
      }
      (status.isReplay() ? replayed : handled).add(event);
    }
  }

  @BeforeEach
  void start() {
    processor =
        PooledStreamingEventProcessor.builder()
            .name("test")
            .eventHandlerInvoker(invoker)
            .rollbackConfiguration(failure -> true)
            .errorHandler(PropagatingErrorHandler.instance())
            .messageSource(store.events())
            .tokenStore(
                TokenStores.postgres(
                    new SpringDataSourceConnectionProvider(store.database()), "test"))
            .transactionManager(transactions)
            .coordinatorExecutor(threads)
            .workerExecutor(threads)
            .initialSegmentCount(4)
            .initialToken(StreamableMessageSource::createTailToken)
            .batchSize(200)
            .build();
    processor.start();
    await().atMost(SOON).until(() -> processor.processingStatus().size() == 4);
  }

  @AfterEach
  void stop() {
    processor.shutDown();
    threads.shutdownNow();
    store.close();
  }

  @Test
  void every_event_is_handled_once_whatever_its_segment() {
    List<DomainEvent> appended = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      appended.add(append(UUID.randomUUID()));
    }

    await().atMost(SOON).until(() -> handled.size() >= appended.size());
    assertThat(handled).containsExactlyInAnyOrderElementsOf(appended);
  }

  @Test
  void a_poisoned_event_stops_no_processor_and_is_handled_when_it_is_retried() {
    UUID stream = UUID.randomUUID();
    poisoned.add(stream);
    DomainEvent poison = append(stream);
    DomainEvent other = append(UUID.randomUUID());

    await().atMost(SOON).until(() -> handled.contains(other));
    await().atMost(SOON).until(() -> parked.size() == 1);
    assertThat(invoker.process(letter -> true)).isFalse();
    assertThat(parked.size()).isEqualTo(1);

    poisoned.clear();
    assertThat(invoker.process(letter -> true)).isTrue();
    assertThat(parked.size()).isZero();
    assertThat(handled).containsExactlyInAnyOrder(poison, other);
  }

  @Test
  void a_replay_begins_at_the_start_and_ends_at_the_requested_position() {
    DomainEvent first = append(UUID.randomUUID());
    await().atMost(SOON).until(() -> handled.contains(first));
    processor.shutDown();
    processor.resetTokens();
    DomainEvent second = append(UUID.randomUUID());
    processor.start();

    await().atMost(SOON).until(() -> handled.contains(second));
    assertThat(replayed).containsExactly(first);
    assertThat(handled).containsExactly(first, second);
  }

  private DomainEvent append(UUID stream) {
    DomainEvent event = TestStore.event(stream);
    store.append(message(event, 0));
    return event;
  }
}
