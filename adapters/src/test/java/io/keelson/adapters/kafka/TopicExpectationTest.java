package io.keelson.adapters.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.kafka.TopicExpectation.Found;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicExpectationTest {

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "cleanup.policy", "delete",
          "max.message.bytes", "1048588",
          "retention.ms", "604800000",
          "retention.bytes", "-1");

  private static Found with(String setting, String value) {
    Map<String, String> settings = new HashMap<>(DEFAULTS);
    settings.put(setting, value);
    return new Found("keelson.events", 12, settings);
  }

  @Test
  void a_topic_with_the_brokers_defaults_is_as_it_should_be() {
    assertThat(TopicExpectation.EVENTS.differences(new Found("keelson.events", 12, DEFAULTS)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "cleanup.policy, compact",
    "cleanup.policy, 'compact,delete'",
    "max.message.bytes, 1000",
    "retention.ms, 1000",
    "retention.bytes, 1000"
  })
  void each_difference_is_said_with_what_was_found(String setting, String value) {
    assertThat(TopicExpectation.EVENTS.differences(with(setting, value)))
        .singleElement()
        .asString()
        .contains(setting + "=" + value);
  }

  @Test
  void another_number_of_partitions_is_said() {
    assertThat(TopicExpectation.INTAKE.differences(new Found("keelson.intake", 3, DEFAULTS)))
        .singleElement()
        .asString()
        .contains("3 partitions instead of 12");
  }

  @ParameterizedTest
  @CsvSource({"retention.ms, -1", "retention.ms, 99999999999", "max.message.bytes, 16777216"})
  void more_than_is_needed_is_no_difference(String setting, String value) {
    assertThat(TopicExpectation.EVENTS.differences(with(setting, value))).isEmpty();
  }

  @Test
  void only_a_policy_that_compacts_is_compaction() {
    assertThat(with("cleanup.policy", "delete").isCompacted()).isFalse();
    assertThat(with("cleanup.policy", "compact,delete").isCompacted()).isTrue();
  }
}
