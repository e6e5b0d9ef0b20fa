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
 * Which partitions this consumer has been given, and which of them it may go on with: nothing is
 * fetched of a partition before it is claimed, and it begins where its last owner ended, by the
 * word of the database alone.
 */
final class Assignment implements ConsumerRebalanceListener {

  private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);
  private static final long AGAIN_AFTER_NANOS = Duration.ofSeconds(1).toNanos();

  private final Consumer<byte[], byte[]> consumer;
  private final IntakeTables tables;
  private final Map<TopicPartition, PartitionLease> claims = new HashMap<>();
  private final Map<TopicPartition, Long> unclaimed = new HashMap<>();
  private final Map<TopicPartition, Long> waiting = new HashMap<>();
  private final Map<TopicPartition, Failures> failures = new HashMap<>();

  private record Failures(long offset, int count, RuntimeException last) {}

  Assignment(Consumer<byte[], byte[]> consumer, IntakeTables tables) {
    this.consumer = consumer;
    this.tables = tables;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      consumer.seek(partition, 0); // only so that it has a place: it is not read from there
      claimLater(partition, System.nanoTime());
    }
    claimAll();
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      claims.remove(partition);
      unclaimed.remove(partition);
      waiting.remove(partition);
      failures.remove(partition);
    }
  }

  /**
   * Another has claimed it; should it be ours all the same, it is claimed again. Not at once, and
   * not after a time that is the same for all: two that take it for theirs would fence each other
   * for ever.
   */
  void lost(TopicPartition partition) {
    long pause = ThreadLocalRandom.current().nextLong(AGAIN_AFTER_NANOS / 2, AGAIN_AFTER_NANOS * 2);
    claimLater(partition, System.nanoTime() + pause);
  }

  private void claimLater(TopicPartition partition, long at) {
    claims.remove(partition);
    waiting.remove(partition);
    unclaimed.put(partition, at);
    consumer.pause(List.of(partition));
  }

  /** Lets go on whatever can. */
  void resume() {
    claimAll();
    long now = System.nanoTime();
    List<TopicPartition> due =
        waiting.entrySet().stream()
            .filter(entry -> now - entry.getValue() >= AGAIN_AFTER_NANOS)
            .map(Map.Entry::getKey)
            .toList();
    consumer.resume(due);
    due.forEach(waiting::remove);
  }

  private void claimAll() {
    long now = System.nanoTime();
    List<TopicPartition> due =
        unclaimed.entrySet().stream()
            .filter(entry -> now - entry.getValue() >= 0)
            .map(Map.Entry::getKey)
            .toList();
    for (TopicPartition partition : due) {
      try {
        PartitionLease claim = tables.claimed(partition);
        claims.put(partition, claim);
        if (claim.nextOffset() == null) {
          consumer.seekToBeginning(List.of(partition));
        } else {
          consumer.seek(partition, claim.nextOffset());
        }
        consumer.resume(List.of(partition));
        unclaimed.remove(partition);
      } catch (DataAccessException | TransactionException e) {
        LOG.debug("{} cannot be claimed now", partition, e);
        return;
      }
    }
  }

  /** The place that was kept is not there: it was deleted unread, or the topic is another one. */
  void restart(TopicPartition partition, long offset) {
    LOG.warn(
        "Offset {} of {} is not there any more: its records were deleted before they were taken, or"
            + " the topic was made anew. What is there is taken from the first record on",
        offset,
        partition);
    consumer.seekToBeginning(List.of(partition));
  }

  @Nullable PartitionLease claim(TopicPartition partition) {
    return claims.get(partition);
  }

  /** Comes again, and nothing behind it before. */
  void wait(ConsumerRecord<?, ?> record, @Nullable RuntimeException failure) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    consumer.seek(partition, record.offset());
    consumer.pause(List.of(partition));
    waiting.put(partition, System.nanoTime());
    if (failure != null) {
      failures.put(partition, new Failures(record.offset(), failures(record) + 1, failure));
    }
  }

  void done(TopicPartition partition) {
    failures.remove(partition);
  }

  /** How often it has failed for a reason that does not pass by itself. */
  int failures(ConsumerRecord<?, ?> record) {
    Failures known = failures.get(new TopicPartition(record.topic(), record.partition()));
    return known != null && known.offset() == record.offset() ? known.count() : 0;
  }

  RuntimeException lastFailure(TopicPartition partition) {
    return Objects.requireNonNull(failures.get(partition)).last();
  }

  /** Whether some of it could not be claimed yet. */
  boolean isUnclaimed() {
    return !unclaimed.isEmpty();
  }

  /** Whether nothing waits. */
  boolean isQuiet() {
    return unclaimed.isEmpty() && waiting.isEmpty();
  }
}
