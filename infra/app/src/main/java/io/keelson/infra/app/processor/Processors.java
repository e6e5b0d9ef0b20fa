package io.keelson.infra.app.processor;

import io.keelson.infra.eventstore.Instances;
import io.keelson.infra.eventstore.PostgresEventStore;
import io.keelson.infra.eventstore.Standstill;
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
 * The event processors of this instance. An event that a processor cannot handle is parked together
 * with all later events of the same cluster, and is retried periodically. While the database is
 * unreachable, processors wait and must not park anything.
 */
public final class Processors {

  private static final Logger LOG = LoggerFactory.getLogger(Processors.class);

  private static final int PROJECTION_BATCH = 500;

  /**
   * One: a reactor's transaction is idle while its commands run in transactions of their own, and
   * an open transaction may hold back the watermark of all readers.
   */
  private static final int REACTOR_BATCH = 1;

  private static final Duration RETRY_INTERVAL = Duration.ofSeconds(30);
  private static final Duration RETRY_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration RESTART_INTERVAL = Duration.ofSeconds(3);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

  private final Processor.Parts parts;
  private final BooleanSupplier eventsVisible;
  private final List<Processor> projections = new ArrayList<>();
  private final List<Processor> all = new ArrayList<>();
  private final List<ScheduledExecutorService> threads = new ArrayList<>();
  private final List<ScheduledFuture<?>> tasks = new ArrayList<>();

  /**
   * @param instances the list that this instance joins at its start and leaves at its stop
   * @param eventsVisible whether the tail currently delivers new events
   */
  Processors(
      PostgresEventStore events,
      TokenStore tokens,
      TransactionManager transactions,
      DataSource dataSource,
      Clock clock,
      Instances instances,
      BooleanSupplier eventsVisible) {
    this.parts =
        new Processor.Parts(
            events, tokens, transactions, dataSource, clock, instances, this::threads);
    this.eventsVisible = eventsVisible;
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
    tasks.add(every(RESTART_INTERVAL, threads("restart", 1), this::restartFailed));
    tasks.add(every(RETRY_INTERVAL, threads("retry", 1), this::retryParked));
  }

  private static ScheduledFuture<?> every(
      Duration interval, ScheduledExecutorService executor, Runnable task) {
    return executor.scheduleWithFixedDelay(
        task, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Hands all segments over at once: first the other instances may lease more segments, then this
   * one releases its own.
   */
  void stop() {
    tasks.forEach(task -> task.cancel(true));
    parts.instances().leave();
    CompletableFuture.allOf(all.stream().map(Processor::stop).toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    threads.forEach(ScheduledExecutorService::shutdownNow);
  }

  public List<Integer> batchSizesOfProjections() {
    return projections.stream().map(Processor::batchSize).toList();
  }

  /** Whether all segments that this instance holds are processed without an error. */
  public boolean healthy() {
    return all.stream().allMatch(Processor::healthy);
  }

  public List<SegmentPosition> positions() {
    return all.stream().flatMap(processor -> processor.positions().stream()).toList();
  }

  /** By processor: the unknown event before which it stopped. */
  public Map<String, Standstill> stopPositions() {
    Map<String, Standstill> found = new TreeMap<>();
    for (Processor processor : all) {
      Standstill stopPosition = processor.stopPosition();
      if (stopPosition != null) {
        found.put(processor.name(), stopPosition);
      }
    }
    return found;
  }

  /**
   * After an outage a failed processor waits for up to a minute. This restarts it as soon as events
   * are visible again.
   */
  private void restartFailed() {
    for (Processor processor : all) {
      try {
        if (processor.failed() && eventsVisible.getAsBoolean()) {
          LOG.info("processor {} restarts: new events are visible again", processor.name());
          processor.stop().join();
          processor.start();
        }
      } catch (RuntimeException e) {
        LOG.warn("processor {} cannot be restarted: {}", processor.name(), e.toString());
      }
    }
  }

  /** Retries all parked events. */
  void retryParked() {
    if (!eventsVisible.getAsBoolean()) {
      return;
    }
    for (Processor processor : all) {
      try {
        int handled = processor.retryParked(RETRY_TIMEOUT);
        if (handled > 0) {
          LOG.info(
              "{} parked sequences of processor {} have been handled", handled, processor.name());
        }
      } catch (RuntimeException e) {
        LOG.warn(
            "parked events of processor {} cannot be retried: {}", processor.name(), e.toString());
      }
    }
  }
}
