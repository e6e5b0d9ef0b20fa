package io.keelson.adapters.kafka;

import io.keelson.adapters.kafka.Intake.NotNow;
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
 * Takes what other services tell, each partition in its order, and each by itself: one that has to
 * wait holds up no other. It shares the partitions with all instances that live.
 */
public final class KafkaIntake {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaIntake.class);

  private static final String GROUP = "keelson";
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
  private static final Duration LEAVE_WITHIN = Duration.ofMillis(500);
  private static final int MOST_FAILURES = 5;

  /** The same words for every partition: one outage is said once. */
  private static final String WAITING = "the database cannot take them now";

  private final KafkaAccess access;
  private final String group;
  private final Pattern topics;
  private final Intake intake;
  private final IntakeTables tables;
  private final FailureTracker contact;
  private volatile boolean running;
  private volatile @Nullable Thread thread;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

  /**
   * How it goes.
   *
   * @param since when some or all of it has been waiting; null: nothing waits
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
    this.contact = new FailureTracker("Events of other services", clock);
  }

  public void start() {
    running = true;
    thread = Thread.ofPlatform().daemon().name("kafka-intake").start(this::run);
  }

  /** Leaves its partitions to others; a record that is being taken is taken or comes again. */
  public void stop() {
    running = false;
    KafkaConsumer<byte[], byte[]> there = consumer;
    if (there != null) {
      there.wakeup();
    }
    Thread worker = thread;
    if (worker != null) {
      try {
        if (!worker.join(LEAVE_WITHIN.multipliedBy(2))) {
          worker.interrupt();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  public Health health() {
    Optional<FailureTracker.Trouble> trouble = contact.trouble();
    return new Health(
        trouble.map(FailureTracker.Trouble::since).orElse(null),
        trouble.map(FailureTracker.Trouble::reason).orElse(null));
  }

  private void run() {
    while (running) {
      try {
        consume();
      } catch (WakeupException | InterruptException e) {
        LOG.debug("the intake was woken", e);
      } catch (RuntimeException e) {
        LOG.debug("the consumer has failed", e);
        contact.lost("the consumer has failed (" + e.getClass().getSimpleName() + ")");
        pause();
      }
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(AGAIN_AFTER.toMillis());
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
        round(next, assignment);
      }
    } finally {
      consumer = null;
      next.close(CloseOptions.timeout(LEAVE_WITHIN));
    }
  }

  private void round(KafkaConsumer<byte[], byte[]> next, Assignment assignment) {
    assignment.resume();
    ConsumerRecords<byte[], byte[]> records;
    try {
      records = next.poll(POLL);
    } catch (OffsetOutOfRangeException e) {
      e.offsetOutOfRangePartitions().forEach(assignment::restart);
      return;
    }
    for (TopicPartition partition : records.partitions()) {
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        if (!running || !taken(record, partition, assignment)) {
          break;
        }
      }
    }
    if (assignment.isQuiet()) {
      contact.found();
    } else if (assignment.isUnclaimed()) {
      contact.lost(WAITING);
    }
  }

  /** Whether the partition can go on with its next record. */
  private boolean taken(
      ConsumerRecord<byte[], byte[]> record, TopicPartition partition, Assignment assignment) {
    PartitionLease claim = assignment.claim(partition);
    if (claim == null) {
      return false;
    }
    try {
      if (assignment.failures(record) < MOST_FAILURES) {
        intake.take(record, claim);
      } else {
        intake.giveUp(record, claim, assignment.lastFailure(partition));
      }
      assignment.done(partition);
      return true;
    } catch (Fenced e) {
      assignment.lost(partition);
    } catch (NotNow e) {
      LOG.debug("offset {} of {} has to wait", record.offset(), partition, e);
      contact.lost(WAITING);
      assignment.wait(record, null);
    } catch (RuntimeException e) {
      LOG.warn("offset {} of {} could not be taken", record.offset(), partition, e);
      assignment.wait(record, e);
    }
    return false;
  }
}
