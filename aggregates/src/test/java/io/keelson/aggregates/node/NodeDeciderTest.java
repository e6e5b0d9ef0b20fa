package io.keelson.aggregates.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.aggregates.node.NodeState.Absent;
import io.keelson.aggregates.node.NodeState.Alive;
import io.keelson.aggregates.node.NodeState.Gone;
import io.keelson.commands.ClusterId;
import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import io.keelson.commands.node.NodeCommand.RecordNodeGone;
import io.keelson.commands.node.NodeCommand.RecordNodeObserved;
import io.keelson.commands.node.NodeEvent.NodeChanged;
import io.keelson.commands.node.NodeEvent.NodeCreated;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.commands.node.NodeEvent.NodePhaseChanged;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedNode.Phase;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        message);
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
}
