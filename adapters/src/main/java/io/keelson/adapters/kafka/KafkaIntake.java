package io.keelson.adapters.kafka;

import io.keelson.adapters.kafka.Intake.RetryLater;
import io.keelson.adapters.kafka.IntakeTables.Fenced;
import io.keelson.commands.JointCommands;
import io.keelson.projections.status.KnownNodes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the events of other services. Each partition is processed in order and independently: a
 * partition that must wait delays no other. All running instances divide the partitions among
 * themselves.
 */
public final class KafkaIntake {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaIntake.class);

  private static final String GROUP = "keelson";
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
  private static final Duration LEAVE_TIMEOUT = Duration.ofMillis(500);
  private static final int MAX_FAILURES = 5;

  /** The same text for every partition, so that one outage is logged once. */
  private static final String DATABASE_UNAVAILABLE = "the database is unavailable";

  private final KafkaAccess access;
  private final String group;
  private final Pattern topics;
  private final Intake intake;
  private final IntakeTables tables;
  private final FailureTracker failures;
  private volatile boolean running;
  private volatile @Nullable Thread thread;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

  /**
   * The state of the intake.
   *
   * @param since since when at least one partition has been delayed; null: none is
   */
  public record Health(@Nullable Instant since, @Nullable String reason) {}

  public KafkaIntake(
      KafkaAccess access,
      JointCommands commands,
      KnownNodes nodes,
      DataSource database,
      IntakeRules rules,
      Clock clock) {
    this(access, commands, nodes, database, rules, clock, TopicNames.RELEASED, GROUP);
  }

  KafkaIntake(
      KafkaAccess access,
      JointCommands commands,
      KnownNodes nodes,
      DataSource database,
      IntakeRules rules,
      Clock clock,
      TopicNames names,
      String group) {
    this.access = access;
    this.group = group;
    this.topics = names.intakes(rules.local());
    this.intake = new Intake(commands, nodes, database, names, rules, clock);
    this.tables = new IntakeTables(database);
    this.failures = new FailureTracker("Events of other services", clock);
  }

  public void start() {
    running = true;
    thread = Thread.ofPlatform().daemon().name("kafka-intake").start(this::run);
  }

  /**
   * Leaves the consumer group. A record in progress is either completed here or processed by
   * another instance.
   */
  public void stop() {
    running = false;
    KafkaConsumer<byte[], byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
    Thread worker = thread;
    if (worker != null) {
      try {
        if (!worker.join(LEAVE_TIMEOUT.multipliedBy(2))) {
          worker.interrupt();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  public Health health() {
    Optional<FailureTracker.Failure> failure = failures.current();
    return new Health(
        failure.map(FailureTracker.Failure::since).orElse(null),
        failure.map(FailureTracker.Failure::reason).orElse(null));
  }

  private void run() {
    while (running) {
      try {
        consume();
      } catch (WakeupException | InterruptException e) {
        LOG.debug("The intake was woken up", e);
      } catch (RuntimeException e) {
        LOG.debug("The consumer has failed", e);
        failures.failed("the consumer has failed (" + e.getClass().getSimpleName() + ")");
        backOff();
      }
    }
  }

  private void backOff() {
    try {
      TimeUnit.MILLISECONDS.sleep(RETRY_DELAY.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }

  private void consume() {
    KafkaConsumer<byte[], byte[]> next = new KafkaConsumer<>(access.consumer(group));
    consumer = next;
    try {
      Assignment assignment = new Assignment(next, tables);
      next.subscribe(topics, assignment);
      while (running) {
        pollOnce(next, assignment);
      }
    } finally {
      consumer = null;
      next.close(CloseOptions.timeout(LEAVE_TIMEOUT));
    }
  }

  private void pollOnce(KafkaConsumer<byte[], byte[]> next, Assignment assignment) {
    assignment.resume();
    ConsumerRecords<byte[], byte[]> records;
    try {
      records = next.poll(POLL);
    } catch (OffsetOutOfRangeException e) {
      e.offsetOutOfRangePartitions().forEach(assignment::resetToBeginning);
      return;
    }
    for (TopicPartition partition : records.partitions()) {
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        if (!running || !process(record, partition, assignment)) {
          break;
        }
      }
    }
    if (assignment.isIdle()) {
      failures.recovered();
    } else if (assignment.hasUnleased()) {
      failures.failed(DATABASE_UNAVAILABLE);
    }
  }

  /** Whether the next record of the partition may be processed. */
  private boolean process(
      ConsumerRecord<byte[], byte[]> record, TopicPartition partition, Assignment assignment) {
    PartitionLease lease = assignment.lease(partition);
    if (lease == null) {
      return false;
    }
    try {
      if (assignment.failures(record) < MAX_FAILURES) {
        intake.take(record, lease);
      } else {
        intake.giveUp(record, lease, assignment.lastFailure(partition));
      }
      assignment.succeeded(partition);
      return true;
    } catch (Fenced e) {
      assignment.leaseLost(partition);
    } catch (RetryLater e) {
      LOG.debug("Offset {} of {} must wait", record.offset(), partition, e);
      failures.failed(DATABASE_UNAVAILABLE);
      assignment.retryLater(record, null);
    } catch (RuntimeException e) {
      LOG.warn("Offset {} of {} could not be processed", record.offset(), partition, e);
      assignment.retryLater(record, e);
    }
    return false;
  }
}
