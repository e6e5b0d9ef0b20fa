package io.keelson.adapters.kafka;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Creates the topics, then starts the intake. It waits for Kafka on a thread of its own; the rest
 * of the program never waits for it.
 */
public final class KafkaBus {

  private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

  private final Topics topics;
  private final TopicNames names;
  private final boolean local;
  private final @Nullable KafkaIntake intake;
  private final FailureTracker failures;
  private volatile @Nullable Thread thread;

  /**
   * @param local whether the topic without a producer's name is used
   * @param intake null: no events are received
   */
  public KafkaBus(Topics topics, boolean local, @Nullable KafkaIntake intake, Clock clock) {
    this(topics, TopicNames.RELEASED, local, intake, clock);
  }

  KafkaBus(
      Topics topics, TopicNames names, boolean local, @Nullable KafkaIntake intake, Clock clock) {
    this.topics = topics;
    this.names = names;
    this.local = local;
    this.intake = intake;
    this.failures = new FailureTracker("The topics", clock);
  }

  public void start() {
    thread = Thread.ofVirtual().name("kafka-topics").start(this::prepare);
  }

  public void stop() {
    Thread current = thread;
    if (current != null) {
      current.interrupt();
    }
    if (intake != null) {
      intake.stop();
    }
  }

  private void prepare() {
    try {
      while (!tryPrepare()) {
        Thread.sleep(RETRY_DELAY);
      }
      failures.recovered();
      if (intake != null) {
        intake.start();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // stopped before Kafka was available
    }
  }

  private boolean tryPrepare() throws InterruptedException {
    try {
      topics.ensure(names.events(), TopicExpectation.EVENTS);
      if (intake != null && local) {
        topics.ensure(names.intake(), TopicExpectation.INTAKE);
      }
      return true;
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      failures.failed("Kafka does not respond (" + cause.getClass().getSimpleName() + ")");
      return false;
    }
  }
}
