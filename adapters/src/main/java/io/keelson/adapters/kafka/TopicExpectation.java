package io.keelson.adapters.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The settings that a topic must have. It reports differences and their consequences; it never
 * changes a topic and does not decide whether to continue.
 *
 * @param partitions the number of partitions
 * @param maxBytes the minimum for the topic's maximum record size
 * @param consequence the consequence of a record that is deleted too early
 */
record TopicExpectation(int partitions, long maxBytes, String consequence) {

  static final int PARTITIONS = 12;

  /** Kafka's own default: 1 MiB and the overhead of a record batch. */
  private static final long DEFAULT_MAX_BYTES = 1_048_588;

  private static final Duration RETENTION = Duration.ofDays(7);

  static final TopicExpectation EVENTS =
      new TopicExpectation(
          PARTITIONS, DEFAULT_MAX_BYTES, "a consumer that lags by more misses events");
  static final TopicExpectation INTAKE =
      new TopicExpectation(
          PARTITIONS, DEFAULT_MAX_BYTES, "events that are not processed by then are lost");

  /** A topic as Kafka describes it; its settings have Kafka's names. */
  record Found(String name, int partitions, Map<String, String> settings) {

    /** Whether an older record is deleted once there is a newer one with the same key. */
    boolean isCompacted() {
      return setting(TopicConfig.CLEANUP_POLICY_CONFIG, "")
          .contains(TopicConfig.CLEANUP_POLICY_COMPACT);
    }

    int maxBytes() {
      return Integer.parseInt(
          setting(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.toString(DEFAULT_MAX_BYTES)));
    }

    private String setting(String name, String fallback) {
      String value = settings.get(name);
      return value == null ? fallback : value;
    }
  }

  /** One sentence for each difference; empty: the topic is as expected. */
  List<String> differences(Found found) {
    List<String> differences = new ArrayList<>();
    if (found.partitions() != partitions) {
      differences.add(
          "%d partitions instead of %d: order per key is kept while the number stays the same"
              .formatted(found.partitions(), partitions));
    }
    if (found.isCompacted()) {
      differences.add(
          "cleanup.policy=%s instead of delete: all events of a cluster but the last are deleted"
              .formatted(found.setting(TopicConfig.CLEANUP_POLICY_CONFIG, "")));
    }
    if (found.maxBytes() < maxBytes) {
      differences.add(
          "max.message.bytes=%d, less than %d: a larger event delays all later ones"
              .formatted(found.maxBytes(), maxBytes));
    }
    long kept = Long.parseLong(found.setting(TopicConfig.RETENTION_MS_CONFIG, "-1"));
    if (kept >= 0 && kept < RETENTION.toMillis()) {
      differences.add(
          "retention.ms=%d, less than %d: %s".formatted(kept, RETENTION.toMillis(), consequence));
    }
    long bytes = Long.parseLong(found.setting(TopicConfig.RETENTION_BYTES_CONFIG, "-1"));
    if (bytes >= 0) {
      differences.add(
          "retention.bytes=%d instead of none: records are deleted by size, and %s"
              .formatted(bytes, consequence));
    }
    return differences;
  }
}
