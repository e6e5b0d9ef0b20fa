package io.keelson.adapters.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What a topic has to be like, compared with what it is like. It says what follows from a
 * difference; whether to go on all the same is decided elsewhere, and nothing is ever changed.
 *
 * @param partitions how many
 * @param mostBytes how large a record must at least be allowed to be
 * @param lost what is lost with a record that goes too early
 */
record TopicExpectation(int partitions, long mostBytes, String lost) {

  static final int PARTITIONS = 12;

  /** Kafka's own default, a mebibyte and a little. */
  private static final long MOST_BYTES = 1_048_588;

  private static final Duration RETENTION = Duration.ofDays(7);

  static final TopicExpectation EVENTS =
      new TopicExpectation(
          PARTITIONS, MOST_BYTES, "a reader that comes later than that misses events");
  static final TopicExpectation INTAKE =
      new TopicExpectation(
          PARTITIONS, MOST_BYTES, "what producers tell is lost when it is not taken before that");

  /** A topic as it is: its settings under Kafka's names. */
  record Found(String name, int partitions, Map<String, String> settings) {

    /** Whether an older record goes once there is a newer one with the same key. */
    boolean isCompacted() {
      return setting(TopicConfig.CLEANUP_POLICY_CONFIG, "")
          .contains(TopicConfig.CLEANUP_POLICY_COMPACT);
    }

    int mostBytes() {
      return Integer.parseInt(
          setting(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.toString(MOST_BYTES)));
    }

    private String setting(String name, String otherwise) {
      String value = settings.get(name);
      return value == null ? otherwise : value;
    }
  }

  /** One sentence for each difference; none: the topic is as it should be. */
  List<String> differences(Found found) {
    List<String> differences = new ArrayList<>();
    if (found.partitions() != partitions) {
      differences.add(
          "%d partitions instead of %d: order per key is kept as long as their number stays"
              .formatted(found.partitions(), partitions));
    }
    if (found.isCompacted()) {
      differences.add(
          "cleanup.policy=%s instead of delete: of the events of one cluster all but the last go"
              .formatted(found.setting(TopicConfig.CLEANUP_POLICY_CONFIG, "")));
    }
    if (found.mostBytes() < mostBytes) {
      differences.add(
          "max.message.bytes=%d, less than %d: a larger event holds up all that come behind it"
              .formatted(found.mostBytes(), mostBytes));
    }
    long kept = Long.parseLong(found.setting(TopicConfig.RETENTION_MS_CONFIG, "-1"));
    if (kept >= 0 && kept < RETENTION.toMillis()) {
      differences.add(
          "retention.ms=%d, less than %d: %s".formatted(kept, RETENTION.toMillis(), lost));
    }
    long bytes = Long.parseLong(found.setting(TopicConfig.RETENTION_BYTES_CONFIG, "-1"));
    if (bytes >= 0) {
      differences.add(
          "retention.bytes=%d instead of none: records go by size, and %s".formatted(bytes, lost));
    }
    return differences;
  }
}
