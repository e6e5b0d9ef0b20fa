package io.keelson.infra.app.processor;

import io.keelson.infra.eventstore.ClusterSequencingPolicy;
import io.keelson.infra.eventstore.Instances;
import io.keelson.infra.eventstore.KnownEvents;
import io.keelson.infra.eventstore.PostgresDeadLetterQueue;
import io.keelson.infra.eventstore.PostgresEventStore;
import io.keelson.infra.eventstore.Shares;
import io.keelson.infra.eventstore.Standstill;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
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
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.deadletter.DeadLetteringEventHandlerInvoker;
import org.axonframework.eventhandling.pooled.MaxSegmentProvider;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event processor of this instance. It leases the segments assigned to this instance. Before an
 * event that this program does not know it stops, and leaves all segments to newer instances.
 */
final class Processor {

  static final int SEGMENTS = 4;

  private static final Logger LOG = LoggerFactory.getLogger(Processor.class);

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
  private final Instances instances;
  private final DeadLetteringEventHandlerInvoker invoker;
  private final PooledStreamingEventProcessor streaming;
  private volatile @Nullable Standstill stopPosition;

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
    this.instances = parts.instances();
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
            .messageSource(new KnownEvents(parts.events(), this::stopBefore))
            .tokenStore(parts.tokens())
            .transactionManager(parts.transactions())
            .errorHandler(errors)
            .coordinatorExecutor(parts.threads().apply(name + "-coordinator", 1))
            .workerExecutor(parts.threads().apply(name, SEGMENTS))
            .initialSegmentCount(SEGMENTS)
            // Reactors also start at the first event: their commands are idempotent.
            .initialToken(StreamableMessageSource::createTailToken)
            .batchSize(batchSize)
            .maxSegmentProvider(segmentLimit())
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
    return streaming.processingStatus().values().stream()
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
    return stopPosition;
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

  private MaxSegmentProvider segmentLimit() {
    return new MaxSegmentProvider() {

      // Called once, while the processor is built; it must not be zero.
      @Override
      public int getMaxSegments(String processor) {
        return SEGMENTS;
      }

      // Called before each attempt to lease a segment.
      @Override
      public Integer apply(String processor) {
        return assignedSegments();
      }
    };
  }

  private int assignedSegments() {
    Standstill stop = stopPosition;
    if (stop != null && hasReached(stop)) {
      instances.withdrawFrom(name);
      return 0;
    }
    return Shares.of(instances.name(), name, instances.live(), SEGMENTS);
  }

  /** Events before the unknown one are still handled by this instance. */
  private boolean hasReached(Standstill stop) {
    return streaming.processingStatus().values().stream()
        .allMatch(segment -> segment.getCurrentPosition().orElse(0) >= stop.readUpTo());
  }

  private void stopBefore(Standstill found) {
    if (stopPosition == null) {
      LOG.warn(
          "processor {} stops before {}: a newer Keelson wrote this event, and only instances of a"
              + " newer version can handle it",
          name,
          found);
    }
    stopPosition = found;
  }
}
