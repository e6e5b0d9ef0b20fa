package io.keelson.infra.app;

import io.keelson.infra.eventstore.ClusterSequencingPolicy;
import io.keelson.infra.eventstore.PostgresDeadLetterQueue;
import io.keelson.infra.eventstore.PostgresEventStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.deadletter.DeadLetteringEventHandlerInvoker;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event processors of this instance. An event that its group cannot handle is parked, with all
 * that come after it for the same cluster, and tried again from time to time; while the database is
 * gone everybody waits instead.
 */
final class Processors {

  private static final Logger LOG = LoggerFactory.getLogger(Processors.class);

  private static final int SEGMENTS = 4;
  private static final int PROJECTION_BATCH = 500;

  /**
   * One: a reactor's transaction stands idle while its commands run in theirs, and may hold back
   * what all others can see.
   */
  private static final int REACTOR_BATCH = 1;

  private static final long CLAIM_INTERVAL_MILLIS = 1000;
  private static final long CLAIM_EXTENSION_MILLIS = 2000;
  private static final int MOST_PARKED = 100_000;
  private static final Duration RETRY_PARKED_EVERY = Duration.ofSeconds(30);
  private static final Duration REVIVE_EVERY = Duration.ofSeconds(3);

  private final PostgresEventStore events;
  private final TokenStore tokens;
  private final TransactionManager transactions;
  private final DataSource dataSource;
  private final Clock clock;
  private final BooleanSupplier flowing;
  private final List<Processor> all = new ArrayList<>();
  private final List<ScheduledExecutorService> threads = new ArrayList<>();
  private final List<ScheduledFuture<?>> chores = new ArrayList<>();

  private record Processor(
      String name,
      boolean projection,
      int batchSize,
      PooledStreamingEventProcessor streaming,
      DeadLetteringEventHandlerInvoker invoker) {}

  /**
   * @param flowing whether new events can be seen at all
   */
  Processors(
      PostgresEventStore events,
      TokenStore tokens,
      TransactionManager transactions,
      DataSource dataSource,
      Clock clock,
      BooleanSupplier flowing) {
    this.events = events;
    this.tokens = tokens;
    this.transactions = transactions;
    this.dataSource = dataSource;
    this.clock = clock;
    this.flowing = flowing;
  }

  Processors projection(Object handler) {
    return add(handler, true, PROJECTION_BATCH);
  }

  Processors reactor(Object handler) {
    return add(handler, false, REACTOR_BATCH);
  }

  /** A processor is called what its handler says it belongs to: nothing else names it. */
  private Processors add(Object handler, boolean projection, int batchSize) {
    String name =
        Objects.requireNonNull(
                handler.getClass().getAnnotation(ProcessingGroup.class),
                () -> handler.getClass() + " belongs to no processing group")
            .value();
    SequencedDeadLetterQueue<EventMessage<?>> parked =
        new PostgresDeadLetterQueue(name, dataSource, events, MOST_PARKED, clock);
    DeadLetteringEventHandlerInvoker invoker =
        DeadLetteringEventHandlerInvoker.builder()
            .eventHandlers(handler)
            .queue(parked)
            .enqueuePolicy(new ParkingRule())
            .transactionManager(transactions)
            .sequencingPolicy(new ClusterSequencingPolicy())
            .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
            .build();
    PooledStreamingEventProcessor streaming =
        PooledStreamingEventProcessor.builder()
            .name(name)
            .eventHandlerInvoker(invoker)
            .messageSource(events)
            .tokenStore(tokens)
            .transactionManager(transactions)
            .errorHandler(PropagatingErrorHandler.instance())
            .coordinatorExecutor(threads(name + "-coordinator", 1))
            .workerExecutor(threads(name, SEGMENTS))
            .initialSegmentCount(SEGMENTS)
            // From the first event on, reactors too: what they do a second time changes nothing.
            .initialToken(StreamableMessageSource::createTailToken)
            .batchSize(batchSize)
            .tokenClaimInterval(CLAIM_INTERVAL_MILLIS)
            .claimExtensionThreshold(CLAIM_EXTENSION_MILLIS)
            .build();
    all.add(new Processor(name, projection, batchSize, streaming, invoker));
    return this;
  }

  private ScheduledExecutorService threads(String name, int count) {
    ScheduledExecutorService executor =
        Executors.newScheduledThreadPool(
            count, Thread.ofPlatform().daemon().name("events-" + name + "-", 0).factory());
    threads.add(executor);
    return executor;
  }

  void start() {
    all.forEach(processor -> processor.streaming().start());
    ScheduledExecutorService caretaker = threads("caretaker", 1);
    chores.add(every(REVIVE_EVERY, caretaker, this::revive));
    chores.add(every(RETRY_PARKED_EVERY, caretaker, this::retryParked));
  }

  private static ScheduledFuture<?> every(
      Duration pause, ScheduledExecutorService caretaker, Runnable chore) {
    return caretaker.scheduleWithFixedDelay(
        chore, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  void stop() {
    chores.forEach(chore -> chore.cancel(true));
    all.forEach(processor -> processor.streaming().shutDown());
    threads.forEach(ScheduledExecutorService::shutdownNow);
  }

  List<Integer> batchSizesOfProjections() {
    return all.stream().filter(Processor::projection).map(Processor::batchSize).toList();
  }

  /** Whether every segment that this instance has taken on goes on without an error. */
  boolean healthy() {
    return all.stream().allMatch(p -> p.streaming().isRunning() && !p.streaming().isError());
  }

  /** After an outage a processor would wait for up to a minute: it need not once events flow. */
  private void revive() {
    for (Processor processor : all) {
      try {
        if (processor.streaming().isError() && flowing.getAsBoolean()) {
          LOG.info("{} starts again: events flow", processor.name());
          processor.streaming().shutDown();
          processor.streaming().start();
        }
      } catch (RuntimeException e) {
        LOG.warn("{} could not be started again: {}", processor.name(), e.toString());
      }
    }
  }

  private void retryParked() {
    if (!flowing.getAsBoolean()) {
      return;
    }
    for (Processor processor : all) {
      try {
        while (processor.invoker().processAny()) {
          LOG.info("an event that {} had parked has been handled", processor.name());
        }
      } catch (RuntimeException e) {
        LOG.warn("what {} has parked could not be tried again: {}", processor.name(), e.toString());
      }
    }
  }
}
