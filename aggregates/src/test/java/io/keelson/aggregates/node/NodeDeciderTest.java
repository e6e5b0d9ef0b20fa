package io.keelson.aggregates.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.aggregates.node.NodeState.Absent;
import io.keelson.aggregates.node.NodeState.Alive;
import io.keelson.aggregates.node.NodeState.Gone;
import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import io.keelson.commands.node.ConditionStatus;
import io.keelson.commands.node.NodeCommand.RecordNodeCondition;
import io.keelson.commands.node.NodeCommand.RecordNodeGone;
import io.keelson.commands.node.NodeCommand.RecordNodeObserved;
import io.keelson.commands.node.NodeEvent.NodeChanged;
import io.keelson.commands.node.NodeEvent.NodeConditionReported;
import io.keelson.commands.node.NodeEvent.NodeConditionReportedLate;
import io.keelson.commands.node.NodeEvent.NodeCreated;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.commands.node.NodeEvent.NodePhaseChanged;
import io.keelson.commands.node.Report;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedNode.Phase;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NodeDeciderTest {

  private static final ClusterId CLUSTER = new ClusterId(Id.derived("test", "cluster"));
  private static final PoolId POOL = new PoolId(Id.derived("test", "pool"));
  private static final NodeId NODE = new NodeId(Id.derived("test", "node"));

  private static ObservedNode node(Phase phase, String message) {
    return new ObservedNode(
        NODE,
        POOL,
        "scw-one",
        KubernetesVersion.of("1.35.3"),
        phase,
        "",
        Map.of("Ready", "False"),
        message,
        "boot-1");
  }

  private static RecordNodeObserved seen(ObservedNode node) {
    return new RecordNodeObserved(CLUSTER, node);
  }

  @ParameterizedTest
  @EnumSource
  void begins_with_its_first_sight_in_whatever_phase(Phase phase) {
    ObservedNode now = node(phase, "");
    assertThat(NodeDecider.decide(seen(now), new Absent()))
        .containsExactly(new NodeCreated(NODE, CLUSTER, POOL, now));
  }

  @Test
  void the_same_sight_again_changes_nothing() {
    ObservedNode now = node(Phase.READY, "");
    assertThat(NodeDecider.decide(seen(now), new Alive(CLUSTER, now))).isEmpty();
  }

  @Test
  void another_sight_in_the_same_phase_is_a_change() {
    ObservedNode before = node(Phase.NOT_READY, "");
    ObservedNode now = node(Phase.NOT_READY, "disk full");
    assertThat(NodeDecider.decide(seen(now), new Alive(CLUSTER, before)))
        .containsExactly(new NodeChanged(NODE, CLUSTER, POOL, before, now));
  }

  @Test
  void another_phase_is_an_event_of_its_own() {
    ObservedNode before = node(Phase.REGISTERING, "");
    ObservedNode now = node(Phase.READY, "");
    assertThat(NodeDecider.decide(seen(now), new Alive(CLUSTER, before)))
        .containsExactly(new NodePhaseChanged(NODE, CLUSTER, POOL, before, now));
  }

  @Test
  void is_deleted_once_it_is_gone() {
    Alive alive = new Alive(CLUSTER, node(Phase.DELETING, ""));
    assertThat(NodeDecider.decide(new RecordNodeGone(NODE, CLUSTER), alive))
        .containsExactly(new NodeDeleted(NODE, CLUSTER, POOL));
  }

  @Test
  void nothing_follows_its_end_and_what_never_was_cannot_go() {
    assertThat(NodeDecider.decide(seen(node(Phase.READY, "")), new Gone())).isEmpty();
    assertThat(NodeDecider.decide(new RecordNodeGone(NODE, CLUSTER), new Gone())).isEmpty();
    assertThat(NodeDecider.decide(new RecordNodeGone(NODE, CLUSTER), new Absent())).isEmpty();
  }

  @Test
  void its_state_is_what_was_seen_last() {
    ObservedNode first = node(Phase.CREATING, "");
    ObservedNode second = node(Phase.STARTING, "");
    ObservedNode third = node(Phase.STARTING, "slow");
    NodeState state = new Absent();
    state = NodeDecider.evolve(state, new NodeCreated(NODE, CLUSTER, POOL, first));
    assertThat(state).isEqualTo(new Alive(CLUSTER, first));
    state = NodeDecider.evolve(state, new NodePhaseChanged(NODE, CLUSTER, POOL, first, second));
    assertThat(state).isEqualTo(new Alive(CLUSTER, second));
    state = NodeDecider.evolve(state, new NodeChanged(NODE, CLUSTER, POOL, second, third));
    assertThat(state).isEqualTo(new Alive(CLUSTER, third));
    assertThat(NodeDecider.evolve(state, new NodeDeleted(NODE, CLUSTER, POOL)))
        .isEqualTo(new Gone());
  }

  private static final Instant NOON = Instant.parse("2026-07-03T12:00:00Z");

  private static Report report(@Nullable String sequence, @Nullable Instant time) {
    return report("/monitor", sequence, time);
  }

  private static Report report(String source, @Nullable String sequence, @Nullable Instant time) {
    return new Report(source, "id-" + sequence + time, "node", sequence, time);
  }

  private static RecordNodeCondition told(String condition, Report report) {
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
    return NodeDecider.evolve(new Alive(CLUSTER, node(Phase.READY, "")), reported("Ready", report));
  }

  @Test
  void what_is_said_of_a_condition_is_recorded() {
    Report report = report("1", NOON);
    assertThat(NodeDecider.decide(told("Ready", report), new Alive(CLUSTER, node(Phase.READY, ""))))
        .containsExactly(reported("Ready", report));
  }

  @Test
  void nothing_can_be_said_of_a_node_that_never_was() {
    assertThatThrownBy(() -> NodeDecider.decide(told("Ready", report("1", NOON)), new Absent()))
        .isInstanceOfSatisfying(
            CommandRejected.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
  }

  @Test
  void what_is_said_of_a_node_after_its_end_changes_nothing() {
    assertThat(NodeDecider.decide(told("Ready", report("1", NOON)), new Gone())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // known sequence and second, told sequence and second, late
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
    Report told = report(sequence, second == null ? null : NOON.plusSeconds(second));

    assertThat(NodeDecider.decide(told("Ready", told), knowing(known)))
        .containsExactly(isLate ? late("Ready", told) : reported("Ready", told));
  }

  @Test
  void order_is_judged_within_one_source_one_subject_and_one_condition() {
    NodeState state = knowing(report("5", NOON));
    Report older = report("4", NOON);
    Report elsewhere = report("/other", "4", NOON);
    Report otherwise = new Report("/monitor", "id", "another subject", "4", NOON);

    assertThat(NodeDecider.decide(told("DiskPressure", older), state))
        .containsExactly(reported("DiskPressure", older));
    assertThat(NodeDecider.decide(told("Ready", elsewhere), state))
        .containsExactly(reported("Ready", elsewhere));
    assertThat(NodeDecider.decide(told("Ready", otherwise), state))
        .containsExactly(reported("Ready", otherwise));
  }

  @Test
  void a_late_report_does_not_become_what_is_known() {
    NodeState state = knowing(report("5", NOON));
    assertThat(NodeDecider.evolve(state, late("Ready", report("4", NOON)))).isEqualTo(state);
  }

  @Test
  void what_the_provider_shows_later_leaves_the_order_of_reports_as_it_is() {
    NodeState state = knowing(report("5", NOON));
    ObservedNode now = node(Phase.NOT_READY, "");
    NodeState later =
        NodeDecider.evolve(
            state, new NodePhaseChanged(NODE, CLUSTER, POOL, node(Phase.READY, ""), now));
    Report older = report("4", NOON);

    assertThat(NodeDecider.decide(told("Ready", older), later))
        .containsExactly(late("Ready", older));
    assertThat(NodeDecider.decide(seen(now), later)).isEmpty();
  }

  @Test
  void there_is_an_end_to_what_can_be_told_of_one_node() {
    NodeState state = new Alive(CLUSTER, node(Phase.READY, ""));
    for (int i = 0; i < NodeDecider.MOST_TELLERS; i++) {
      state = NodeDecider.evolve(state, reported("Condition" + i, report("1", NOON)));
    }
    NodeState full = state;

    assertThatThrownBy(() -> NodeDecider.decide(told("Another", report("1", NOON)), full))
        .isInstanceOfSatisfying(
            CommandRejected.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID));
    assertThat(NodeDecider.decide(told("Condition7", report("2", NOON)), full)).hasSize(1);
  }
}
