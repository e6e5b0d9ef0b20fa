package io.keelson.adapters.kafka;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The right to take what is in a partition, until somebody else claims it.
 *
 * @param number higher than that of every claim before
 * @param nextOffset where to go on; null: nothing of it has been taken yet
 */
record PartitionLease(TopicPartition partition, long number, @Nullable Long nextOffset) {}
