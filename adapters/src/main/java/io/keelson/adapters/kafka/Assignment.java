package io.keelson.adapters.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The partitions that Kafka has assigned to this consumer, and the state of each. No record of a
 * partition is fetched before this consumer has its lease. Where to begin is read from the database
 * only, never from Kafka.
 */
final class Assignment implements ConsumerRebalanceListener {

  private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);
  private static final long RETRY_DELAY_NANOS = Duration.ofSeconds(1).toNanos();

  private final Consumer<byte[], byte[]> consumer;
  private final IntakeTables tables;
  private final Map<TopicPartition, PartitionLease> leases = new HashMap<>();
  private final Map<TopicPartition, Long> unleased = new HashMap<>();
  private final Map<TopicPartition, Long> delayed = new HashMap<>();
  private final Map<TopicPartition, Failures> failures = new HashMap<>();

  private record Failures(long offset, int count, RuntimeException last) {}

  Assignment(Consumer<byte[], byte[]> consumer, IntakeTables tables) {
    this.consumer = consumer;
    this.tables = tables;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      consumer.seek(
          partition, 0); // The consumer needs a position; the partition is not read from it.
      acquireLater(partition, System.nanoTime());
    }
    acquireDue();
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      leases.remove(partition);
      unleased.remove(partition);
      delayed.remove(partition);
      failures.remove(partition);
    }
  }

  /**
   * Another consumer holds the lease. If the partition is still assigned to this consumer, it
   * acquires the lease again after a random delay: without the randomness, two consumers that both
   * have the partition assigned would fence each other for ever.
   */
  void leaseLost(TopicPartition partition) {
    long delay = ThreadLocalRandom.current().nextLong(RETRY_DELAY_NANOS / 2, RETRY_DELAY_NANOS * 2);
    acquireLater(partition, System.nanoTime() + delay);
  }

  private void acquireLater(TopicPartition partition, long at) {
    leases.remove(partition);
    delayed.remove(partition);
    unleased.put(partition, at);
    consumer.pause(List.of(partition));
  }

  /** Resumes each partition whose delay has passed. */
  void resume() {
    acquireDue();
    long now = System.nanoTime();
    List<TopicPartition> due =
        delayed.entrySet().stream()
            .filter(entry -> now - entry.getValue() >= RETRY_DELAY_NANOS)
            .map(Map.Entry::getKey)
            .toList();
    consumer.resume(due);
    due.forEach(delayed::remove);
  }

  private void acquireDue() {
    long now = System.nanoTime();
    List<TopicPartition> due =
        unleased.entrySet().stream()
            .filter(entry -> now - entry.getValue() >= 0)
            .map(Map.Entry::getKey)
            .toList();
    for (TopicPartition partition : due) {
      try {
        PartitionLease lease = tables.acquire(partition);
        leases.put(partition, lease);
        if (lease.nextOffset() == null) {
          consumer.seekToBeginning(List.of(partition));
        } else {
          consumer.seek(partition, lease.nextOffset());
        }
        consumer.resume(List.of(partition));
        unleased.remove(partition);
      } catch (DataAccessException | TransactionException e) {
        LOG.debug("The lease of {} cannot be acquired now", partition, e);
        return;
      }
    }
  }

  /**
   * The stored offset does not exist: its record was deleted before it was processed, or the topic
   * was created anew.
   */
  void resetToBeginning(TopicPartition partition, long offset) {
    LOG.warn(
        "Offset {} of {} does not exist: its records were deleted before they were processed, or"
            + " the topic was created anew. Processing starts again at the first existing record",
        offset,
        partition);
    consumer.seekToBeginning(List.of(partition));
  }

  @Nullable PartitionLease lease(TopicPartition partition) {
    return leases.get(partition);
  }

  /**
   * Fetches the record again after a delay; no later record of the partition is processed before
   * it.
   */
  void retryLater(ConsumerRecord<?, ?> record, @Nullable RuntimeException failure) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    consumer.seek(partition, record.offset());
    consumer.pause(List.of(partition));
    delayed.put(partition, System.nanoTime());
    if (failure != null) {
      failures.put(partition, new Failures(record.offset(), failures(record) + 1, failure));
    }
  }

  void succeeded(TopicPartition partition) {
    failures.remove(partition);
  }

  /** How often the record has failed for a reason that is not transient. */
  int failures(ConsumerRecord<?, ?> record) {
    Failures known = failures.get(new TopicPartition(record.topic(), record.partition()));
    return known != null && known.offset() == record.offset() ? known.count() : 0;
  }

  RuntimeException lastFailure(TopicPartition partition) {
    return Objects.requireNonNull(failures.get(partition)).last();
  }

  /** Whether a partition is still without a lease. */
  boolean hasUnleased() {
    return !unleased.isEmpty();
  }

  /** Whether no partition is delayed or without a lease. */
  boolean isIdle() {
    return unleased.isEmpty() && delayed.isEmpty();
  }
}
