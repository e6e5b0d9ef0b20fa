package io.keelson.aggregates.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.aggregates.node.NodeState.Absent;
import io.keelson.aggregates.node.NodeState.Alive;
import io.keelson.aggregates.node.NodeState.Deleted;
import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.PoolId;
import io.keelson.commands.node.ConditionStatus;
import io.keelson.commands.node.NodeAttributes;
import io.keelson.commands.node.NodeAttributes.Change;
import io.keelson.commands.node.NodeCommand.RecordNodeAbsent;
import io.keelson.commands.node.NodeCommand.RecordNodeCondition;
import io.keelson.commands.node.NodeCommand.RecordNodeObserved;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.node.NodeEvent.NodeChanged;
import io.keelson.commands.node.NodeEvent.NodeConditionReported;
import io.keelson.commands.node.NodeEvent.NodeConditionReportedLate;
import io.keelson.commands.node.NodeEvent.NodeCreated;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.commands.node.NodeEvent.NodePhaseChanged;
import io.keelson.commands.node.Report;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is recorded of a node: what the provider shows, and what other services report. */
class NodeDeciderTest {

  private static final ClusterId CLUSTER = new ClusterId(Id.derived("test", "cluster"));
  private static final PoolId POOL = new PoolId(Id.derived("test", "pool"));
  private static final NodeId NODE = new NodeId(Id.derived("test", "node"));

  private static NodeAttributes node(NodePhase phase, String message) {
    return node(phase, message, "False");
  }

  private static NodeAttributes node(NodePhase phase, String message, String ready) {
    return new NodeAttributes(
        "scw-one",
        KubernetesVersion.of("1.35.3"),
        phase,
        "",
        Map.of("Ready", ready),
        message,
        "boot-1");
  }

  private static RecordNodeObserved observed(NodeAttributes node) {
    return new RecordNodeObserved(NODE, CLUSTER, POOL, node);
  }

  private static Alive alive(NodeAttributes node) {
    return new Alive(CLUSTER, POOL, node);
  }

  private static Change phase(NodePhase phase) {
    return new Change(null, null, phase, null, null, null, null);
  }

  @ParameterizedTest
  @EnumSource
  void begins_with_its_first_observation_in_whatever_phase(NodePhase phase) {
    assertThat(NodeDecider.decide(observed(node(phase, "")), new Absent()))
        .containsExactly(new NodeCreated(NODE, CLUSTER, POOL, node(phase, "")));
  }

  @Test
  void the_same_observation_again_changes_nothing() {
    NodeAttributes now = node(NodePhase.READY, "");
    assertThat(NodeDecider.decide(observed(now), alive(now))).isEmpty();
  }

  @Test
  void another_message_alone_changes_nothing() {
    assertThat(
            NodeDecider.decide(
                observed(node(NodePhase.NOT_READY, "disk full")),
                alive(node(NodePhase.NOT_READY, ""))))
        .isEmpty();
  }

  @Test
  void a_difference_in_the_same_phase_is_a_change_with_old_and_new_values() {
    assertThat(
            NodeDecider.decide(
                observed(node(NodePhase.NOT_READY, "disk full", "Unknown")),
                alive(node(NodePhase.NOT_READY, ""))))
        .containsExactly(
            new NodeChanged(
                NODE,
                CLUSTER,
                POOL,
                new Change(null, null, null, null, Map.of("Ready", "False"), "", null),
                new Change(null, null, null, null, Map.of("Ready", "Unknown"), "disk full", null)));
  }

  @Test
  void only_conditions_that_differ_are_in_a_change() {
    NodeAttributes before = with(Map.of("Creating", "True", "Ready", "False", "Disk", "False"));
    NodeAttributes after = with(Map.of("Ready", "True", "Disk", "False", "Memory", "False"));
    NodeChanged change =
        new NodeChanged(
            NODE,
            CLUSTER,
            POOL,
            conditions(Map.of("Creating", "True", "Ready", "False")),
            conditions(Map.of("Ready", "True", "Memory", "False")));
    assertThat(NodeDecider.decide(observed(after), alive(before))).containsExactly(change);
    assertThat(NodeEvolution.evolve(alive(before), change)).isEqualTo(alive(after));
    assertThat(NodeDecider.decide(observed(with(Map.of())), alive(before)))
        .containsExactly(
            new NodeChanged(
                NODE, CLUSTER, POOL, conditions(before.conditions()), conditions(null)));
  }

  private static NodeAttributes with(Map<String, String> conditions) {
    NodeAttributes node = node(NodePhase.READY, "");
    return new NodeAttributes(
        node.name(),
        node.version(),
        node.phase(),
        node.providerId(),
        conditions,
        node.message(),
        node.bootId());
  }

  private static Change conditions(@Nullable Map<String, String> conditions) {
    return new Change(null, null, null, null, conditions, null, null);
  }

  @Test
  void another_phase_is_an_event_of_its_own() {
    assertThat(
            NodeDecider.decide(
                observed(node(NodePhase.READY, "")), alive(node(NodePhase.REGISTERING, ""))))
        .containsExactly(
            new NodePhaseChanged(
                NODE, CLUSTER, POOL, phase(NodePhase.REGISTERING), phase(NodePhase.READY)));
  }

  @Test
  void is_deleted_once_it_is_absent() {
    assertThat(
            NodeDecider.decide(
                new RecordNodeAbsent(NODE, CLUSTER), alive(node(NodePhase.DELETING, ""))))
        .containsExactly(new NodeDeleted(NODE, CLUSTER, POOL));
  }

  @Test
  void nothing_follows_its_end_and_an_unknown_node_cannot_end() {
    assertThat(NodeDecider.decide(observed(node(NodePhase.READY, "")), new Deleted())).isEmpty();
    assertThat(NodeDecider.decide(new RecordNodeAbsent(NODE, CLUSTER), new Deleted())).isEmpty();
    assertThat(NodeDecider.decide(new RecordNodeAbsent(NODE, CLUSTER), new Absent())).isEmpty();
  }

  @Test
  void its_state_is_the_fold_of_the_changes() {
    NodeAttributes first = node(NodePhase.CREATING, "");
    NodeAttributes third = node(NodePhase.STARTING, "slow", "Unknown");
    NodeState state =
        NodeEvolution.evolve(new Absent(), new NodeCreated(NODE, CLUSTER, POOL, first));
    assertThat(state).isEqualTo(alive(first));
    state =
        NodeEvolution.evolve(
            state,
            new NodePhaseChanged(
                NODE, CLUSTER, POOL, phase(NodePhase.CREATING), phase(NodePhase.STARTING)));
    assertThat(state).isEqualTo(alive(node(NodePhase.STARTING, "")));
    for (NodeEvent event : NodeDecider.decide(observed(third), state)) {
      state = NodeEvolution.evolve(state, event);
    }
    assertThat(state).isEqualTo(alive(third));
    assertThat(NodeEvolution.evolve(state, new NodeDeleted(NODE, CLUSTER, POOL)))
        .isEqualTo(new Deleted());
  }

  @Test
  void an_event_of_another_phase_of_life_changes_no_state() {
    NodeDeleted deleted = new NodeDeleted(NODE, CLUSTER, POOL);
    NodeCreated created = new NodeCreated(NODE, CLUSTER, POOL, node(NodePhase.READY, ""));
    assertThat(NodeEvolution.evolve(new Absent(), deleted)).isEqualTo(new Absent());
    assertThat(NodeEvolution.evolve(new Deleted(), created)).isEqualTo(new Deleted());
    assertThat(NodeEvolution.evolve(alive(node(NodePhase.CREATING, "")), created))
        .isEqualTo(alive(node(NodePhase.CREATING, "")));
  }

  private static final Instant NOON = Instant.parse("2026-07-03T12:00:00Z");

  private static Report report(@Nullable String sequence, @Nullable Instant time) {
    return report("/monitor", sequence, time);
  }

  private static Report report(String source, @Nullable String sequence, @Nullable Instant time) {
    return new Report(source, "id-" + sequence + time, "node", sequence, time);
  }

  private static RecordNodeCondition recorded(String condition, Report report) {
    return new RecordNodeCondition(
        NODE, condition, ConditionStatus.False, NOON, "kubelet stopped", report);
  }

  private static NodeConditionReported reported(String condition, Report report) {
    return new NodeConditionReported(
        NODE, CLUSTER, POOL, condition, ConditionStatus.False, NOON, "kubelet stopped", report);
  }

  private static NodeConditionReportedLate late(String condition, Report report) {
    return new NodeConditionReportedLate(
        NODE, CLUSTER, POOL, condition, ConditionStatus.False, NOON, "kubelet stopped", report);
  }

  /** A node of which a report of its readiness is known. */
  private static NodeState knowing(Report report) {
    return NodeEvolution.evolve(alive(node(NodePhase.READY, "")), reported("Ready", report));
  }

  @Test
  void a_report_of_a_condition_is_recorded() {
    Report report = report("1", NOON);
    assertThat(NodeDecider.decide(recorded("Ready", report), alive(node(NodePhase.READY, ""))))
        .containsExactly(reported("Ready", report));
  }

  @Test
  void a_report_of_an_unknown_node_is_refused() {
    assertThatThrownBy(() -> NodeDecider.decide(recorded("Ready", report("1", NOON)), new Absent()))
        .isInstanceOfSatisfying(
            CommandRejected.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
  }

  @Test
  void a_report_of_a_deleted_node_changes_nothing() {
    assertThat(NodeDecider.decide(recorded("Ready", report("1", NOON)), new Deleted())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // known sequence and second, next sequence and second, late
    "5, 0, 6, 0, false",
    "5, 0, 4, 9, true",
    "5, 0, 5, 0, false",
    "9, 0, 10, 0, false",
    "10, 0, 9, 0, true",
    "00000000000000000009, 0, 00000000000000000010, 0, false",
    "b, 0, a, 9, true",
    "a, 0, b, 0, false",
    "5, 5, , 4, true",
    "5, 5, , 6, false",
    ", 5, 1, 4, true",
    ", 5, , 4, true",
    ", 5, , 5, false",
    ", 5, , , false",
    ", , , 4, false",
    "5, , , 4, false",
  })
  void is_late_behind_a_newer_sequence_or_else_a_newer_time(
      @Nullable String knownSequence,
      @Nullable Integer knownSecond,
      @Nullable String sequence,
      @Nullable Integer second,
      boolean isLate) {
    Report known =
        report(knownSequence, knownSecond == null ? null : NOON.plusSeconds(knownSecond));
    Report next = report(sequence, second == null ? null : NOON.plusSeconds(second));

    assertThat(NodeDecider.decide(recorded("Ready", next), knowing(known)))
        .containsExactly(isLate ? late("Ready", next) : reported("Ready", next));
  }

  @Test
  void order_is_judged_within_one_source_one_subject_and_one_condition() {
    NodeState state = knowing(report("5", NOON));
    Report older = report("4", NOON);
    Report elsewhere = report("/other", "4", NOON);
    Report otherwise = new Report("/monitor", "id", "another subject", "4", NOON);

    assertThat(NodeDecider.decide(recorded("DiskPressure", older), state))
        .containsExactly(reported("DiskPressure", older));
    assertThat(NodeDecider.decide(recorded("Ready", elsewhere), state))
        .containsExactly(reported("Ready", elsewhere));
    assertThat(NodeDecider.decide(recorded("Ready", otherwise), state))
        .containsExactly(reported("Ready", otherwise));
  }

  @Test
  void a_late_report_does_not_replace_the_known_one() {
    NodeState state = knowing(report("5", NOON));
    assertThat(NodeEvolution.evolve(state, late("Ready", report("4", NOON)))).isEqualTo(state);
  }

  @Test
  void an_observation_leaves_the_order_of_reports_as_it_is() {
    NodeState state = knowing(report("5", NOON));
    NodeState later =
        NodeEvolution.evolve(
            state,
            new NodePhaseChanged(
                NODE, CLUSTER, POOL, phase(NodePhase.READY), phase(NodePhase.NOT_READY)));
    Report older = report("4", NOON);

    assertThat(NodeDecider.decide(recorded("Ready", older), later))
        .containsExactly(late("Ready", older));
    assertThat(NodeDecider.decide(observed(node(NodePhase.NOT_READY, "")), later)).isEmpty();
  }

  @Test
  void the_number_of_reports_of_one_node_is_limited() {
    NodeState state = alive(node(NodePhase.READY, ""));
    for (int i = 0; i < ReportDecider.MAX_REPORTS; i++) {
      state = NodeEvolution.evolve(state, reported("Condition" + i, report("1", NOON)));
    }
    NodeState full = state;

    assertThatThrownBy(() -> NodeDecider.decide(recorded("Another", report("1", NOON)), full))
        .isInstanceOfSatisfying(
            CommandRejected.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID));
    assertThat(NodeDecider.decide(recorded("Condition7", report("2", NOON)), full)).hasSize(1);
  }
}
