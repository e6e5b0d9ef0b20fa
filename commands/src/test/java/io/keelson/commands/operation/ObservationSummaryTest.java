package io.keelson.commands.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.TargetObservation.OfAdditionalResources;
import io.keelson.commands.operation.TargetObservation.OfCluster;
import io.keelson.commands.operation.TargetObservation.OfComponents;
import io.keelson.commands.operation.TargetObservation.OfControlPlane;
import io.keelson.commands.operation.TargetObservation.OfNode;
import io.keelson.commands.operation.TargetObservation.OfPool;
import io.keelson.commands.provisioning.Condition;
import io.keelson.commands.provisioning.ObservedComponents;
import io.keelson.commands.provisioning.ObservedControlPlane;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedPool;
import io.keelson.commands.provisioning.Replicas;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ObservationSummaryTest {

  private static final KubernetesVersion OLD = KubernetesVersion.of("1.35.3");
  private static final KubernetesVersion NEW = KubernetesVersion.of("1.36.1");
  private static final PoolId POOL = new PoolId(Id.derived("test", "pool"));
  private static final NodeId NODE = new NodeId(Id.derived("test", "node"));
  private static final String BUDGET = "PodDisruptionBudget default/web allows no eviction";

  static Stream<Arguments> observations() {
    return Stream.of(
        Arguments.of(
            new OfControlPlane(
                new ObservedControlPlane(
                    1,
                    new Replicas(1, 1, 1, 1, 1, Map.of(NEW, 1)),
                    List.of(new Condition("Available", "True", "", "")))),
            "1 of 1 API server ready at 1.36.1"),
        Arguments.of(
            new OfControlPlane(
                new ObservedControlPlane(
                    1,
                    Replicas.NONE,
                    List.of(
                        new Condition("Synced", "True", "", ""),
                        new Condition("Quorum", "False", "Lost", "1 of 3 members"),
                        new Condition("Etcd", "Unknown", "NoReply", "no reply")))),
            "0 of 0 API servers ready; Etcd is Unknown: no reply; Quorum is False: 1 of 3 members"),
        Arguments.of(
            new OfComponents(
                new ObservedComponents(
                    1, Map.of("coredns", true, "csi", false, "kube-proxy", false))),
            "1 of 3 components ready; waiting for csi, kube-proxy"),
        Arguments.of(
            new OfComponents(new ObservedComponents(1, Map.of("coredns", true))),
            "1 of 1 component ready"),
        Arguments.of(
            pool(new Replicas(3, 3, 3, 3, 3, Map.of(NEW, 3))), "3 of 3 nodes ready at 1.36.1"),
        Arguments.of(
            pool(new Replicas(3, 4, 2, 2, 2, Map.of(OLD, 2, NEW, 2)), BUDGET, "no quota"),
            "2 of 3 nodes ready, 4 in total, 2 at 1.35.3 and 2 at 1.36.1; blocked: "
                + BUDGET
                + "; no quota"),
        Arguments.of(new OfPool(null, List.of()), "absent"),
        Arguments.of(new OfNode(null), "absent"),
        Arguments.of(new OfNode(node(NodePhase.READY, "")), "ready at 1.36.1"),
        Arguments.of(
            new OfNode(node(NodePhase.CREATION_FAILED, "no boot")),
            "creation failed at 1.36.1: no boot"),
        Arguments.of(new OfAdditionalResources(0), "0 resources left"),
        Arguments.of(new OfAdditionalResources(1), "1 resource left"),
        Arguments.of(new OfCluster(true), "absent"),
        Arguments.of(new OfCluster(false), "present"));
  }

  @ParameterizedTest
  @MethodSource("observations")
  void says_in_one_line_what_was_observed(TargetObservation observation, String text) {
    assertThat(ObservationSummary.of(observation)).isEqualTo(text);
  }

  static Stream<Arguments> blockers() {
    return Stream.of(
        Arguments.of(new OfPool(null, List.of(node(NodePhase.DELETING, BUDGET))), List.of()),
        Arguments.of(new OfCluster(false), List.of()),
        Arguments.of(
            new OfPool(
                observed(Replicas.NONE, "no quota"),
                List.of(node(NodePhase.READY, ""), node(NodePhase.DELETING, BUDGET))),
            List.of(new Blocker(null, "no quota"), new Blocker(NODE, BUDGET))));
  }

  @ParameterizedTest
  @MethodSource("blockers")
  void names_what_blocks_the_pool_and_then_what_blocks_its_nodes(
      TargetObservation observation, List<Blocker> blockers) {
    assertThat(Blocker.of(observation)).isEqualTo(blockers);
  }

  @ParameterizedTest
  @MethodSource("distinguished")
  void distinguishes_an_unavailable_provider(Blocker blocker, boolean unavailable) {
    assertThat(blocker.providerUnavailable()).isEqualTo(unavailable);
  }

  static Stream<Arguments> distinguished() {
    Blocker unavailable = Blocker.unavailable("connection reset");
    return Stream.of(
        Arguments.of(unavailable, true),
        Arguments.of(new Blocker(NODE, unavailable.detail()), false),
        Arguments.of(new Blocker(null, BUDGET), false));
  }

  private static ObservedNode node(NodePhase phase, String message) {
    return new ObservedNode(NODE, POOL, "node", NEW, phase, "", Map.of(), message, "");
  }

  private static ObservedPool observed(Replicas replicas, String... blocked) {
    return new ObservedPool(POOL, 1, replicas, List.of(), List.of(blocked));
  }

  private static TargetObservation pool(Replicas replicas, String... blocked) {
    return new OfPool(observed(replicas, blocked), List.of());
  }
}
