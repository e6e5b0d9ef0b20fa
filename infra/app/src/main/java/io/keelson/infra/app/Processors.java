package io.keelson.infra.app;

import io.keelson.infra.eventstore.processor.Instances;
import io.keelson.infra.eventstore.processor.StopPosition;
import io.keelson.infra.eventstore.store.PostgresEventStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event processors of this instance. An event that its group cannot handle is parked, with all
 * that come after it for the same cluster, and tried again from time to time; while the database is
 * gone everybody waits instead.
 */
final class Processors {

  private static final Logger LOG = LoggerFactory.getLogger(Processors.class);

  private static final int PROJECTION_BATCH = 500;

  /**
   * One: a reactor's transaction stands idle while its commands run in theirs, and may hold back
   * what all others can see.
   */
  private static final int REACTOR_BATCH = 1;

  private static final Duration RETRY_PARKED_EVERY = Duration.ofSeconds(30);
  private static final Duration RETRY_PARKED_FOR = Duration.ofSeconds(10);
  private static final Duration REVIVE_EVERY = Duration.ofSeconds(3);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(3);

  private final Processor.Parts parts;
  private final BooleanSupplier flowing;
  private final List<Processor> projections = new ArrayList<>();
  private final List<Processor> all = new ArrayList<>();
  private final List<ScheduledExecutorService> threads = new ArrayList<>();
  private final List<ScheduledFuture<?>> chores = new ArrayList<>();

  /**
   * @param instances this one joins when it starts, and leaves when it stops
   * @param flowing whether new events can be seen at all
   */
  Processors(
      PostgresEventStore events,
      TokenStore tokens,
      TransactionManager transactions,
      DataSource dataSource,
      Clock clock,
      Instances instances,
      BooleanSupplier flowing) {
    this.parts =
        new Processor.Parts(
            events, tokens, transactions, dataSource, clock, instances, this::threads);
    this.flowing = flowing;
  }

  Processors projection(Object handler) {
    Processor added = Processor.ofProjection(parts, handler, PROJECTION_BATCH);
    projections.add(added);
    all.add(added);
    return this;
  }

  Processors reactor(Object handler) {
    all.add(Processor.ofReactor(parts, handler, REACTOR_BATCH));
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
    parts.instances().join(all.stream().map(Processor::name).collect(Collectors.toSet()));
    all.forEach(Processor::start);
    chores.add(every(REVIVE_EVERY, threads("reviver", 1), this::revive));
    chores.add(every(RETRY_PARKED_EVERY, threads("caretaker", 1), this::retryParked));
  }

  private static ScheduledFuture<?> every(
      Duration pause, ScheduledExecutorService caretaker, Runnable chore) {
    return caretaker.scheduleWithFixedDelay(
        chore, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Hands everything over at once: first the others may take more, then what is ours is free. */
  void stop() {
    chores.forEach(chore -> chore.cancel(true));
    parts.instances().leave();
    CompletableFuture.allOf(all.stream().map(Processor::stop).toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    threads.forEach(ScheduledExecutorService::shutdownNow);
  }

  List<Integer> batchSizesOfProjections() {
    return projections.stream().map(Processor::batchSize).toList();
  }

  /** Whether every segment that this instance has taken on goes on without an error. */
  boolean healthy() {
    return all.stream().allMatch(Processor::healthy);
  }

  List<Processor.Position> positions() {
    return all.stream().flatMap(processor -> processor.positions().stream()).toList();
  }

  /** Those that stopped before an event that this program does not know. */
  Map<String, StopPosition> standstills() {
    Map<String, StopPosition> found = new TreeMap<>();
    for (Processor processor : all) {
      StopPosition standstill = processor.standstill();
      if (standstill != null) {
        found.put(processor.name(), standstill);
      }
    }
    return found;
  }

  /** After an outage a processor would wait for up to a minute: it need not once events flow. */
  private void revive() {
    for (Processor processor : all) {
      try {
        if (processor.failed() && flowing.getAsBoolean()) {
          LOG.info("{} starts again: events flow", processor.name());
          processor.stop().join();
          processor.start();
        }
      } catch (RuntimeException e) {
        LOG.warn("{} could not be started again: {}", processor.name(), e.toString());
      }
    }
  }

  /** Tries everything again that is parked. */
  void retryParked() {
    if (!flowing.getAsBoolean()) {
      return;
    }
    for (Processor processor : all) {
      try {
        int handled = processor.retryParked(RETRY_PARKED_FOR);
        if (handled > 0) {
          LOG.info("{} sequences that {} had parked are handled", handled, processor.name());
        }
      } catch (RuntimeException e) {
        LOG.warn("what {} has parked could not be tried again: {}", processor.name(), e.toString());
      }
    }
  }
}
