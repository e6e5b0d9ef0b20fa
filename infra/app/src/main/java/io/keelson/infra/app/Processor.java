package io.keelson.infra.app;

import io.keelson.infra.eventstore.deadletter.PostgresDeadLetterQueue;
import io.keelson.infra.eventstore.processor.ClusterSequencingPolicy;
import io.keelson.infra.eventstore.processor.Instances;
import io.keelson.infra.eventstore.processor.KnownEvents;
import io.keelson.infra.eventstore.processor.SegmentAssignment;
import io.keelson.infra.eventstore.processor.StopPosition;
import io.keelson.infra.eventstore.store.PostgresEventStore;
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
 * One event processor of this instance. It has its share of the segments, and stops before an event
 * that this program does not know: then it leaves all of them to newer instances.
 */
final class Processor {

  static final int SEGMENTS = 4;

  private static final Logger LOG = LoggerFactory.getLogger(Processor.class);

  private static final long CLAIM_INTERVAL_MILLIS = 500;
  private static final long CLAIM_EXTENSION_MILLIS = 2000;
  private static final int MOST_PARKED = 100_000;

  /** What all processors of an instance are made from. */
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
  private volatile @Nullable StopPosition standstill;

  /** Writes a whole batch at once; after that has failed, its events one by one. */
  static Processor ofProjection(Parts parts, Object handler, int batchSize) {
    Suspects suspects = new Suspects();
    EventMessageHandler apart =
        new Apart(
            new AnnotationEventHandlerAdapter(handler),
            parts.dataSource(),
            suspects::contains,
            suspects::clear);
    return new Processor(parts, handler, apart, suspects, batchSize);
  }

  /** Every event apart: a reactor may have done a part of it when it fails. */
  static Processor ofReactor(Parts parts, Object handler, int batchSize) {
    EventMessageHandler apart =
        new Patient(
            new Apart(
                new AnnotationEventHandlerAdapter(handler),
                parts.dataSource(),
                _ -> true,
                _ -> {}));
    return new Processor(parts, handler, apart, PropagatingErrorHandler.instance(), batchSize);
  }

  /** A processor is called what its handler says it belongs to: nothing else names it. */
  private Processor(
      Parts parts, Object handler, EventMessageHandler apart, ErrorHandler errors, int batchSize) {
    this.name =
        Objects.requireNonNull(
                handler.getClass().getAnnotation(ProcessingGroup.class),
                () -> handler.getClass() + " belongs to no processing group")
            .value();
    this.batchSize = batchSize;
    this.instances = parts.instances();
    this.invoker =
        DeadLetteringEventHandlerInvoker.builder()
            .eventHandlers(apart)
            .queue(
                new PostgresDeadLetterQueue(
                    name, parts.dataSource(), parts.events(), MOST_PARKED, parts.clock()))
            .enqueuePolicy(new ParkingRule())
            .transactionManager(parts.transactions())
            .sequencingPolicy(new ClusterSequencingPolicy())
            .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
            .build();
    this.streaming =
        PooledStreamingEventProcessor.builder()
            .name(name)
            .eventHandlerInvoker(invoker)
            .messageSource(new KnownEvents(parts.events(), this::standStill))
            .tokenStore(parts.tokens())
            .transactionManager(parts.transactions())
            .errorHandler(errors)
            .coordinatorExecutor(parts.threads().apply(name + "-coordinator", 1))
            .workerExecutor(parts.threads().apply(name, SEGMENTS))
            .initialSegmentCount(SEGMENTS)
            // From the first event on, reactors too: what they do a second time changes nothing.
            .initialToken(StreamableMessageSource::createTailToken)
            .batchSize(batchSize)
            .maxSegmentProvider(shares())
            .tokenClaimInterval(CLAIM_INTERVAL_MILLIS)
            .claimExtensionThreshold(CLAIM_EXTENSION_MILLIS)
            // A batch may take longer than a claim lasts.
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

  /** Whether every segment that this instance has taken on goes on without an error. */
  boolean healthy() {
    return streaming.isRunning() && !streaming.isError();
  }

  boolean failed() {
    return streaming.isError();
  }

  /** How far a segment that this instance holds has come. */
  record Position(String processor, int segment, long position) {}

  List<Position> positions() {
    return streaming.processingStatus().values().stream()
        .map(
            status ->
                new Position(
                    name,
                    status.getSegment().getSegmentId(),
                    status.getCurrentPosition().orElse(0)))
        .toList();
  }

  /** Where it had to stop, if it had to. */
  @Nullable StopPosition standstill() {
    return standstill;
  }

  /**
   * Tries again what is parked, each sequence once, longest untouched first, for as long as there
   * is time; answers how many sequences have been handled to their end.
   */
  int retryParked(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    Set<String> tried = new HashSet<>();
    int handled = 0;
    int before;
    do {
      before = tried.size();
      // One call takes the first sequence that is not locked by another instance.
      if (invoker.process(letter -> tried.add(letter.message().getIdentifier()))) {
        handled++;
      }
    } while (tried.size() > before && System.nanoTime() - end < 0);
    return handled;
  }

  private MaxSegmentProvider shares() {
    return new MaxSegmentProvider() {

      // Asked once, while the processor is made; it must not be zero.
      @Override
      public int getMaxSegments(String processor) {
        return SEGMENTS;
      }

      // Asked before each claim.
      @Override
      public Integer apply(String processor) {
        return share();
      }
    };
  }

  private int share() {
    StopPosition stop = standstill;
    if (stop != null && isThrough(stop)) {
      instances.withdrawFrom(name);
      return 0;
    }
    return SegmentAssignment.of(instances.name(), name, instances.live(), SEGMENTS);
  }

  /** What comes before the unknown event is still ours to handle. */
  private boolean isThrough(StopPosition stop) {
    return streaming.processingStatus().values().stream()
        .allMatch(segment -> segment.getCurrentPosition().orElse(0) >= stop.readUpTo());
  }

  private void standStill(StopPosition found) {
    if (standstill == null) {
      LOG.warn(
          "{} stops before {}: a newer Keelson wrote it, and only instances that know it go on from"
              + " there",
          name,
          found);
    }
    standstill = found;
  }
}
