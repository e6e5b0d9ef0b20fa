package io.keelson.infra.benchmarks;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.monitoring.NoOpMessageMonitorCallback;

/** A pooled streaming processor on an engine; the same for both sides. */
final class Listening implements AutoCloseable {

  private static final int SEGMENTS = 4;
  private static final int BATCH = 500;

  private final ScheduledExecutorService coordinator = Executors.newScheduledThreadPool(1);
  private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(SEGMENTS);
  private final PooledStreamingEventProcessor processor;

  /**
   * @param from the token to begin at
   * @param handled is called for each event that was handled
   */
  Listening(
      MeasuredEngine engine,
      Object handler,
      Function<StreamableMessageSource<TrackedEventMessage<?>>, TrackingToken> from,
      Consumer<EventMessage<?>> handled) {
    this.processor =
        PooledStreamingEventProcessor.builder()
            .name("benchmark")
            .eventHandlerInvoker(
                SimpleEventHandlerInvoker.builder()
                    .eventHandlers(handler)
                    .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                    .build())
            .messageSource(engine.store())
            .tokenStore(new InMemoryTokenStore())
            .transactionManager(engine.axonTransactions())
            .errorHandler(PropagatingErrorHandler.instance())
            .coordinatorExecutor(coordinator)
            .workerExecutor(workers)
            .initialSegmentCount(SEGMENTS)
            .initialToken(from)
            .batchSize(BATCH)
            .messageMonitor(
                message -> {
                  handled.accept(message);
                  return NoOpMessageMonitorCallback.INSTANCE;
                })
            .build();
    processor.start();
  }

  /** Whether all segments are caught up. */
  boolean isCaughtUp() {
    return processor.processingStatus().size() == SEGMENTS
        && processor.processingStatus().values().stream().allMatch(s -> s.isCaughtUp());
  }

  /** Waits until the events in progress are handled and committed. */
  @Override
  public void close() {
    processor.shutDown();
    coordinator.shutdownNow();
    workers.shutdownNow();
  }
}
