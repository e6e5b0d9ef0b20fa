package io.keelson.adapters.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.adapters.kafka.ConditionReports.ConditionData;
import io.keelson.adapters.kafka.Unacceptable.Reason;
import io.keelson.commands.NodeId;
import io.keelson.commands.node.ConditionStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionReportsTest {

  private static final String NODE = "00000000-0000-0005-0000-000000000001";

  private static ConditionData read(String data) throws Unacceptable {
    return ConditionReports.read(data.replace('\'', '"').getBytes(UTF_8));
  }

  @Test
  void reads_what_is_said_of_a_node() throws Unacceptable {
    assertThat(
            read(
                """
                {'node_id': '%s', 'condition': 'Ready', 'status': 'False', 'more': [1],
                 'since': '2026-07-03T14:00:00+02:00', 'message': 'kubelet stopped'}
                """
                    .formatted(NODE)))
        .isEqualTo(
            new ConditionData(
                NodeId.of(NODE),
                null,
                "Ready",
                ConditionStatus.False,
                Instant.parse("2026-07-03T12:00:00Z"),
                "kubelet stopped"));
  }

  @Test
  void reads_what_is_said_of_a_machine() throws Unacceptable {
    assertThat(
            read(
                "{'provider_id': 'scaleway://x', 'condition': 'example.com/Deadlock', 'status':"
                    + " 'Unknown'}"))
        .isEqualTo(
            new ConditionData(
                null, "scaleway://x", "example.com/Deadlock", ConditionStatus.Unknown, null, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{} {}",
        "{'condition': 'Ready', 'status': 'True'}",
        "{'provider_id': ' ', 'condition': 'Ready', 'status': 'True'}",
        "{'node_id': 'x', 'condition': 'Ready', 'status': 'True'}",
        "{'node_id': 7, 'condition': 'Ready', 'status': 'True'}",
        "{'provider_id': 'x', 'status': 'True'}",
        "{'provider_id': 'x', 'condition': '', 'status': 'True'}",
        "{'provider_id': 'x', 'condition': 'not ready', 'status': 'True'}",
        "{'provider_id': 'x', 'condition': 'Ready'}",
        "{'provider_id': 'x', 'condition': 'Ready', 'status': 'true'}",
        "{'provider_id': 'x', 'condition': 'Ready', 'status': true}",
        "{'provider_id': 'x', 'condition': 'Ready', 'status': 'True', 'since': 'now'}",
        "{'provider_id': 'x', 'condition': 'Ready', 'status': 'True', 'message': {}}",
        "{'provider_id': 'x', 'condition': 'Ready', 'status': 'True', 'message': '\\ud800'}"
      })
  void says_what_is_wrong_with_other_data(String data) {
    assertThatThrownBy(() -> read(data))
        .isInstanceOfSatisfying(
            Unacceptable.class, e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
  }
}
