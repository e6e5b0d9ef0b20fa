package io.keelson.infra.app.processor;

import io.keelson.infra.eventstore.ClusterSequencingPolicy;
import io.keelson.infra.eventstore.Instances;
import io.keelson.infra.eventstore.KnownEvents;
import io.keelson.infra.eventstore.PostgresDeadLetterQueue;
import io.keelson.infra.eventstore.PostgresEventStore;
import io.keelson.infra.eventstore.Standstill;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.ErrorHandler;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.deadletter.DeadLetteringEventHandlerInvoker;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * One event processor of this instance. It leases no more segments than {@link SegmentLimit}
 * allows, and parks the events that its handler cannot handle.
 */
final class Processor {

  private static final long LEASE_INTERVAL_MILLIS = 500;
  private static final long LEASE_EXTENSION_MILLIS = 2000;
  private static final int MAX_PARKED = 100_000;

  /** The parts that all processors of an instance share. */
  record Parts(
      PostgresEventStore events,
      TokenStore tokens,
      TransactionManager transactions,
      DataSource dataSource,
      Clock clock,
      Instances instances,
      BiFunction<String, Integer, ScheduledExecutorService> threads) {}

  private final String name;
  private final int batchSize;
  private final DeadLetteringEventHandlerInvoker invoker;
  private final PooledStreamingEventProcessor streaming;
  private final SegmentLimit limit;

  /**
   * Handles a whole batch in one write. After a failed batch, each of its events gets a savepoint
   * of its own.
   */
  static Processor ofProjection(Parts parts, Object handler, int batchSize) {
    SuspectEvents suspects = new SuspectEvents();
    EventMessageHandler events =
        new SavepointHandler(
            new AnnotationEventHandlerAdapter(handler),
            parts.dataSource(),
            suspects::contains,
            suspects::clear);
    return new Processor(parts, handler, events, suspects, batchSize);
  }

  /**
   * Gives every event a savepoint, since a reactor may have sent some of its commands before it
   * fails.
   */
  static Processor ofReactor(Parts parts, Object handler, int batchSize) {
    EventMessageHandler events =
        new RetryingHandler(
            new SavepointHandler(
                new AnnotationEventHandlerAdapter(handler),
                parts.dataSource(),
                _ -> true,
                _ -> {}));
    return new Processor(parts, handler, events, PropagatingErrorHandler.instance(), batchSize);
  }

  /** The processor has the name of its handler's processing group. */
  private Processor(
      Parts parts, Object handler, EventMessageHandler events, ErrorHandler errors, int batchSize) {
    this.name =
        Objects.requireNonNull(
                handler.getClass().getAnnotation(ProcessingGroup.class),
                () -> handler.getClass() + " has no @ProcessingGroup")
            .value();
    this.batchSize = batchSize;
    this.limit = new SegmentLimit(name, parts.instances(), this::segments);
    this.invoker =
        DeadLetteringEventHandlerInvoker.builder()
            .eventHandlers(events)
            .queue(
                new PostgresDeadLetterQueue(
                    name, parts.dataSource(), parts.events(), MAX_PARKED, parts.clock()))
            .enqueuePolicy(new ParkingRule())
            .transactionManager(parts.transactions())
            .sequencingPolicy(new ClusterSequencingPolicy())
            .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
            .build();
    this.streaming =
        PooledStreamingEventProcessor.builder()
            .name(name)
            .eventHandlerInvoker(invoker)
            .messageSource(new KnownEvents(parts.events(), limit::stopBefore))
            .tokenStore(parts.tokens())
            .transactionManager(parts.transactions())
            .errorHandler(errors)
            .coordinatorExecutor(parts.threads().apply(name + "-coordinator", 1))
            .workerExecutor(parts.threads().apply(name, SegmentLimit.SEGMENTS))
            .initialSegmentCount(SegmentLimit.SEGMENTS)
            // Reactors also start at the first event: their commands are idempotent.
            .initialToken(StreamableMessageSource::createTailToken)
            .batchSize(batchSize)
            .maxSegmentProvider(limit)
            .tokenClaimInterval(LEASE_INTERVAL_MILLIS)
            .claimExtensionThreshold(LEASE_EXTENSION_MILLIS)
            // A batch may take longer than a lease lasts.
            .enableCoordinatorClaimExtension()
            .build();
  }

  String name() {
    return name;
  }

  int batchSize() {
    return batchSize;
  }

  void start() {
    streaming.start();
  }

  CompletableFuture<Void> stop() {
    return streaming.shutdownAsync();
  }

  /** Whether all segments that this instance holds are processed without an error. */
  boolean healthy() {
    return streaming.isRunning() && !streaming.isError();
  }

  boolean failed() {
    return streaming.isError();
  }

  List<SegmentPosition> positions() {
    return segments().values().stream()
        .map(
            status ->
                new SegmentPosition(
                    name,
                    status.getSegment().getSegmentId(),
                    status.getCurrentPosition().orElse(0)))
        .toList();
  }

  /** The position before an unknown event; null while no unknown event has been found. */
  @Nullable Standstill stopPosition() {
    return limit.stopPosition();
  }

  /**
   * Retries each parked sequence once, least recently tried first, until the timeout. Returns how
   * many sequences were handled completely.
   */
  int retryParked(Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    Set<String> tried = new HashSet<>();
    int handled = 0;
    int before;
    do {
      before = tried.size();
      // One call processes the first sequence that no other instance has locked.
      if (invoker.process(letter -> tried.add(letter.message().getIdentifier()))) {
        handled++;
      }
    } while (tried.size() > before && System.nanoTime() - end < 0);
    return handled;
  }

  private Map<Integer, EventTrackerStatus> segments() {
    return streaming.processingStatus();
  }
}
