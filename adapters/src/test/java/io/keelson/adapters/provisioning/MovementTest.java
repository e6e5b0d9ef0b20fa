package io.keelson.adapters.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import io.keelson.commands.provisioning.Condition;
import io.keelson.commands.provisioning.ObservedCluster;
import io.keelson.commands.provisioning.ObservedComponents;
import io.keelson.commands.provisioning.ObservedControlPlane;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedNode.Phase;
import io.keelson.commands.provisioning.ObservedPool;
import io.keelson.commands.provisioning.Replicas;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MovementTest {

  private static final List<Condition> AT_REST =
      List.of(condition("Available", "True"), condition("RollingOut", "False"));
  private static final PoolId POOL = new PoolId(new UUID(2, 2));

  @Test
  void a_cluster_at_rest_does_not_move() {
    assertThat(Movement.in(cluster(false, AT_REST, true, AT_REST, Phase.READY))).isFalse();
  }

  @Test
  void a_cluster_that_goes_moves() {
    assertThat(Movement.in(cluster(true, AT_REST, true, AT_REST, Phase.READY))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RollingOut", "ScalingUp", "ScalingDown", "Remediating", "Deleting"})
  void conditions_tell_of_movement(String type) {
    List<Condition> moving = List.of(condition("Available", "True"), condition(type, "True"));
    assertThat(Movement.in(cluster(false, moving, true, AT_REST, Phase.READY))).isTrue();
    assertThat(Movement.in(cluster(false, AT_REST, true, moving, Phase.READY))).isTrue();
  }

  @Test
  void what_is_not_available_or_says_nothing_yet_moves() {
    List<Condition> down = List.of(condition("Available", "False"));
    assertThat(Movement.in(cluster(false, down, true, AT_REST, Phase.READY))).isTrue();
    assertThat(Movement.in(cluster(false, AT_REST, true, List.of(), Phase.READY))).isTrue();
  }

  @Test
  void a_component_that_is_not_ready_moves() {
    assertThat(Movement.in(cluster(false, AT_REST, false, AT_REST, Phase.READY))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void a_node_moves_while_it_comes_or_goes(Phase phase) {
    boolean moves =
        List.of(Phase.CREATING, Phase.STARTING, Phase.REGISTERING, Phase.REBOOTING, Phase.DELETING)
            .contains(phase);
    assertThat(Movement.in(cluster(false, AT_REST, true, AT_REST, phase))).isEqualTo(moves);
  }

  private static ObservedCluster cluster(
      boolean deleting,
      List<Condition> controlPlane,
      boolean componentReady,
      List<Condition> pool,
      Phase phase) {
    return new ObservedCluster(
        new ClusterId(new UUID(1, 1)),
        "uid",
        deleting,
        new ObservedControlPlane(1, Replicas.NONE, controlPlane),
        new ObservedComponents(1, Map.of("coredns", componentReady)),
        List.of(new ObservedPool(POOL, 1, Replicas.NONE, pool, List.of())),
        List.of(
            new ObservedNode(
                new NodeId(new UUID(3, 3)),
                POOL,
                "node",
                Documents.OLD,
                phase,
                "",
                Map.of(),
                "",
                "")),
        List.of());
  }

  private static Condition condition(String type, String status) {
    return new Condition(type, status, type, "");
  }
}
