package io.keelson.adapters.kafka;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What has to be at Kafka before anything else: the topics, then whoever reads them. It waits for
 * Kafka beside the rest of the program, which never waits for it.
 */
public final class KafkaBus {

  private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

  private final Topics topics;
  private final TopicNames names;
  private final boolean local;
  private final @Nullable KafkaIntake intake;
  private final FailureTracker contact;
  private volatile @Nullable Thread thread;

  /**
   * @param local whether anybody writes to the topic without a producer's name
   * @param intake null: nothing comes in
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
    this.contact = new FailureTracker("The topics", clock);
  }

  public void start() {
    thread = Thread.ofVirtual().name("kafka-topics").start(this::prepare);
  }

  public void stop() {
    Thread there = thread;
    if (there != null) {
      there.interrupt();
    }
    if (intake != null) {
      intake.stop();
    }
  }

  private void prepare() {
    try {
      while (!prepared()) {
        Thread.sleep(AGAIN_AFTER);
      }
      contact.found();
      if (intake != null) {
        intake.start();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // stopped before Kafka was there
    }
  }

  private boolean prepared() throws InterruptedException {
    try {
      topics.ensured(names.events(), TopicExpectation.EVENTS);
      if (intake != null && local) {
        topics.ensured(names.intake(), TopicExpectation.INTAKE);
      }
      return true;
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      contact.lost("Kafka does not answer (" + cause.getClass().getSimpleName() + ")");
      return false;
    }
  }
}
