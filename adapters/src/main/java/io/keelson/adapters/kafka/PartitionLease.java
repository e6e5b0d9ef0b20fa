package io.keelson.adapters.kafka;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The right to process a partition of the intake. It ends when another consumer acquires a lease of
 * the same partition.
 *
 * @param epoch higher than the epoch of every earlier lease of the partition
 * @param nextOffset the first offset that is not processed yet; null: no record is processed yet
 */
record PartitionLease(TopicPartition partition, long epoch, @Nullable Long nextOffset) {}
