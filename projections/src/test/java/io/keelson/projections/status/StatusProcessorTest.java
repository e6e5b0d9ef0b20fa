package io.keelson.projections.status;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.commands.DomainEvent;
import io.keelson.infra.testing.TestPostgres;
import io.keelson.projections.Processor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionStatus;

/** The projection under the processor that runs it in production, several segments at once. */
class StatusProcessorTest {

  private static final int CLUSTERS = 60;
  private static final int SEGMENTS = 4;
  private static final int DEATHS = 3;

  private final DataSource database = TestPostgres.database("readmodel");
  private final StatusTables tables = new StatusTables(database);
  private final AtomicInteger batches = new AtomicInteger();
  private final AtomicInteger deaths = new AtomicInteger();

  @Test
  void folds_the_same_rows_as_one_writer_although_some_batches_die_before_their_commit() {
    List<DomainEventMessage<?>> events = interleaved(new Random(7));
    DataSource reference = TestPostgres.database("readmodel");
    new Processor(new StatusProjection(new StatusTables(reference)), reference).deliver(events);
    InMemoryEventStorageEngine engine = new InMemoryEventStorageEngine();
    engine.appendEvents(events);
    EmbeddedEventStore store = EmbeddedEventStore.builder().storageEngine(engine).build();

    try (ScheduledExecutorService coordinator = Executors.newScheduledThreadPool(1);
        ScheduledExecutorService workers = Executors.newScheduledThreadPool(SEGMENTS)) {
      PooledStreamingEventProcessor processor = processor(store, coordinator, workers);
      processor.start();
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(dump(database)).isEqualTo(dump(reference)));
      assertThat(processor.processingStatus()).hasSize(SEGMENTS);
      processor.shutDown();
    }

    assertThat(deaths).hasValue(DEATHS);
    assertThat(batches.get()).isLessThan(events.size());
  }

  private PooledStreamingEventProcessor processor(
      EmbeddedEventStore store,
      ScheduledExecutorService coordinator,
      ScheduledExecutorService workers) {
    return PooledStreamingEventProcessor.builder()
        .name("status")
        .eventHandlerInvoker(
            SimpleEventHandlerInvoker.builder()
                .eventHandlers(new StatusProjection(tables))
                .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                .sequencingPolicy(StatusProcessorTest::cluster)
                .build())
        .messageSource(store)
        .tokenStore(new InMemoryTokenStore())
        .transactionManager(sometimesDying())
        .coordinatorExecutor(coordinator)
        .workerExecutor(workers)
        .initialSegmentCount(SEGMENTS)
        .initialToken(source -> source.createTailToken())
        .batchSize(25)
        .build();
  }

  private static Object cluster(EventMessage<?> message) {
    return requireNonNull(((DomainEvent) message.getPayload()).cluster());
  }

  /** Every third batch, until it was enough: all is written, and then nothing is kept. */
  private TransactionManager sometimesDying() {
    DataSourceTransactionManager transactions = new DataSourceTransactionManager(database);
    return () -> {
      TransactionStatus status = transactions.getTransaction(null);
      return new Transaction() {
        @Override
        public void commit() {
          if (isBatch() && batches.incrementAndGet() % 3 == 0 && deaths.get() < DEATHS) {
            deaths.incrementAndGet();
            transactions.rollback(status);
            throw new IllegalStateException("killed before the commit");
          }
          transactions.commit(status);
        }

        @Override
        public void rollback() {
          if (!status.isCompleted()) {
            transactions.rollback(status);
          }
        }
      };
    };
  }

  private static boolean isBatch() {
    return CurrentUnitOfWork.ifStarted(_ -> {})
        && CurrentUnitOfWork.get() instanceof BatchingUnitOfWork<?>;
  }

  private static List<String> dump(DataSource source) {
    List<String> lines = new ArrayList<>();
    for (String table : List.of("cluster", "pool", "node", "operation")) {
      lines.addAll(
          new JdbcTemplate(source)
              .queryForList(
                  "select data::text from readmodel." + table + " order by id", String.class));
    }
    return lines;
  }

  /** The lives of many clusters, each in its order, shuffled into one another. */
  private static List<DomainEventMessage<?>> interleaved(Random random) {
    List<Deque<DomainEventMessage<?>>> lives = new ArrayList<>();
    for (int n = 0; n < CLUSTERS; n++) {
      lives.add(new ArrayDeque<>(Lives.of(n)));
    }
    List<DomainEventMessage<?>> all = new ArrayList<>();
    while (!lives.isEmpty()) {
      Deque<DomainEventMessage<?>> life = lives.get(random.nextInt(lives.size()));
      all.add(life.remove());
      lives.removeIf(Deque::isEmpty);
    }
    return all;
  }
}
