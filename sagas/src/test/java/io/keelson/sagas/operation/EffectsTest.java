package io.keelson.sagas.operation;

import static io.keelson.sagas.operation.Runs.CLUSTER;
import static io.keelson.sagas.operation.Runs.ONE;
import static io.keelson.sagas.operation.Runs.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.Command;
import io.keelson.commands.Id;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.cluster.ClusterCommand.FailClusterChange;
import io.keelson.commands.cluster.ClusterCommand.FailClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FailClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FailNodeReplacement;
import io.keelson.commands.cluster.ClusterCommand.FailPoolCreation;
import io.keelson.commands.cluster.ClusterCommand.FailPoolUpdate;
import io.keelson.commands.cluster.ClusterCommand.FailPoolUpgrade;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterChange;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FinishControlPlaneUpgrade;
import io.keelson.commands.cluster.ClusterCommand.FinishNodeReplacement;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolCreation;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolDeletion;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolUpdate;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolUpgrade;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterGoneObserved;
import io.keelson.commands.cluster.ClusterEvent.ControlPlaneUpgraded;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolObserved;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeStarted;
import io.keelson.commands.cluster.PoolSpec;
import io.keelson.commands.node.NodeCommand.CordonNode;
import io.keelson.commands.node.NodeCommand.FailNodeReboot;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand.AdvanceOperation;
import io.keelson.commands.operation.OperationCommand.StartOperation;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.OperationFailed;
import io.keelson.commands.operation.OperationEvent.OperationFinished;
import io.keelson.commands.operation.OperationEvent.StepFinished;
import io.keelson.commands.operation.OperationEvent.TargetConverged;
import io.keelson.commands.operation.OperationEvent.TargetFailed;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.operation.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EffectsTest {

  private static final Target POOL = Target.pool(ONE);
  private static final PoolSpec SPEC =
      new PoolSpec(
          "default",
          Runs.VERSION,
          "dev1_m",
          null,
          false,
          2,
          0,
          2,
          "containerd",
          false,
          List.of(),
          Map.of(),
          UpgradePolicy.DEFAULT,
          "fr-par-1",
          "l_ssd",
          40_000_000_000L,
          false,
          Id.derived("test", "security-group"),
          Map.of(),
          List.of(),
          List.of(),
          null,
          Map.of());
  private static final OperationId OTHER = new OperationId(Id.derived("test", "other"));

  private static List<Command> converged(OperationKind kind, Target target) {
    return Effects.of(new TargetConverged(OPERATION, CLUSTER, kind, target));
  }

  private static List<Command> failed(OperationKind kind, Target target) {
    return Effects.of(new TargetFailed(OPERATION, CLUSTER, kind, target, "why"));
  }

  private static List<Command> step(OperationKind kind, String step) {
    return Effects.of(new StepFinished(OPERATION, CLUSTER, kind, step));
  }

  private static List<Command> finished(OperationKind kind) {
    return Effects.of(new OperationFinished(OPERATION, CLUSTER, kind));
  }

  private static List<Command> failed(OperationKind kind) {
    return Effects.of(new OperationFailed(OPERATION, CLUSTER, kind, "why"));
  }

  @Test
  void a_creation_reports_the_cluster_after_its_components_and_each_pool_by_itself() {
    OperationKind kind = OperationKind.CREATE;
    assertThat(step(kind, "system-components"))
        .contains(new FinishClusterCreation(CLUSTER, OPERATION));
    assertThat(step(kind, "control-plane")).isEmpty();
    assertThat(converged(kind, POOL)).contains(new FinishPoolCreation(CLUSTER, ONE, OPERATION));
    assertThat(converged(kind, Target.CONTROL_PLANE)).isEmpty();
    assertThat(failed(kind, POOL)).contains(new FailPoolCreation(CLUSTER, ONE, OPERATION, "why"));
    assertThat(failed(kind, Target.CONTROL_PLANE)).isEmpty();
    assertThat(failed(kind)).contains(new FailClusterCreation(CLUSTER, OPERATION, "why"));
    assertThat(finished(kind)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"UPDATE", "SCALE"})
  void a_change_reports_its_pool(OperationKind kind) {
    assertThat(converged(kind, POOL)).contains(new FinishPoolUpdate(CLUSTER, ONE, OPERATION));
    assertThat(failed(kind, POOL)).contains(new FailPoolUpdate(CLUSTER, ONE, OPERATION, "why"));
    assertThat(step(kind, "pool")).isEmpty();
    assertThat(finished(kind)).isEmpty();
    assertThat(failed(kind)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"UPDATE", "SET_TYPE", "RESET_ADMIN_TOKEN"})
  void a_change_of_a_cluster_reports_to_it(OperationKind kind) {
    for (Target target : List.of(Target.CONTROL_PLANE, Target.ACL, Target.ADMIN_TOKEN)) {
      assertThat(converged(kind, target))
          .containsExactly(new FinishClusterChange(CLUSTER, OPERATION));
      assertThat(failed(kind, target))
          .containsExactly(new FailClusterChange(CLUSTER, OPERATION, "why"));
    }
    assertThat(finished(kind)).isEmpty();
    assertThat(failed(kind)).isEmpty();
  }

  @Test
  void an_upgrade_reports_its_control_plane_its_pool_and_its_end() {
    OperationKind kind = OperationKind.UPGRADE;
    assertThat(step(kind, "system-components"))
        .containsExactly(new FinishControlPlaneUpgrade(CLUSTER, OPERATION));
    assertThat(step(kind, "control-plane")).isEmpty();
    assertThat(step(kind, "pools")).isEmpty();
    assertThat(converged(kind, Target.CONTROL_PLANE)).isEmpty();
    assertThat(failed(kind, Target.CONTROL_PLANE)).isEmpty();
    assertThat(converged(kind, POOL))
        .containsExactly(new FinishPoolUpgrade(CLUSTER, ONE, OPERATION));
    assertThat(failed(kind, POOL))
        .containsExactly(new FailPoolUpgrade(CLUSTER, ONE, OPERATION, "why"));
    assertThat(finished(kind)).containsExactly(new FinishClusterChange(CLUSTER, OPERATION));
    assertThat(failed(kind)).containsExactly(new FailClusterChange(CLUSTER, OPERATION, "why"));
  }

  @Test
  void a_replacement_reports_to_the_pool_of_its_node() {
    OperationKind kind = OperationKind.REPLACE_NODE;
    assertThat(converged(kind, POOL))
        .containsExactly(new FinishNodeReplacement(CLUSTER, ONE, OPERATION));
    assertThat(failed(kind, POOL))
        .containsExactly(new FailNodeReplacement(CLUSTER, ONE, OPERATION, "why"));
    assertThat(finished(kind)).isEmpty();
    assertThat(failed(kind)).isEmpty();
    assertThat(step(kind, "nodes")).isEmpty();
  }

  @Test
  void a_reboot_reports_only_that_it_has_failed() {
    OperationKind kind = OperationKind.REBOOT_NODE;
    Target node = Target.node(Runs.NODE);
    assertThat(failed(kind, node)).containsExactly(new FailNodeReboot(Runs.NODE, OPERATION, "why"));
    assertThat(converged(kind, node)).isEmpty();
    assertThat(finished(kind)).isEmpty();
    assertThat(failed(kind)).isEmpty();
  }

  @Test
  void nodes_that_were_chosen_are_cordoned() {
    NodeId other = new NodeId(Id.derived("test", "other node"));
    assertThat(
            Effects.of(
                new OperationEvent.NodesChosen(OPERATION, CLUSTER, ONE, List.of(Runs.NODE, other))))
        .containsExactly(new CordonNode(Runs.NODE, OPERATION), new CordonNode(other, OPERATION));
  }

  @Test
  void a_reboot_runs_until_its_node_says_that_it_has_booted_or_never_will() {
    Target node = Target.node(Runs.NODE);
    assertThat(Effects.of(new NodeEvent.NodeRebootStarted(Runs.NODE, CLUSTER, ONE, OPERATION, "1")))
        .containsExactly(new StartOperation(OPERATION, Runs.REBOOT));
    assertThat(
            Effects.of(new NodeEvent.NodeRebootFinished(Runs.NODE, CLUSTER, ONE, OPERATION, "2")))
        .containsExactly(
            new AdvanceOperation(
                OPERATION, new Input.Seen(node, new Sight.OfBootedNode(Runs.NODE))));
    assertThat(
            Effects.of(new NodeEvent.NodeRebootFailed(Runs.NODE, CLUSTER, ONE, OPERATION, "gone")))
        .containsExactly(new AdvanceOperation(OPERATION, new Input.Withdrawn(node, "gone")));
    assertThat(Effects.of(new NodeEvent.NodeCordoned(Runs.NODE, CLUSTER, ONE, OPERATION)))
        .isEmpty();
  }

  @Test
  void what_awaits_a_pools_upgrade_is_told_how_it_has_ended() {
    assertThat(Effects.of(new PoolUpgradeFinished(CLUSTER, ONE, OPERATION, OTHER)))
        .containsExactly(new AdvanceOperation(OTHER, new Input.RunEnded(POOL, null)));
    assertThat(Effects.of(new PoolUpgradeFailed(CLUSTER, ONE, OPERATION, OTHER, "why")))
        .containsExactly(new AdvanceOperation(OTHER, new Input.RunEnded(POOL, "why")));
    assertThat(Effects.of(new PoolUpgradeFinished(CLUSTER, ONE, OPERATION, null))).isEmpty();
    assertThat(
            Effects.of(
                new ControlPlaneUpgraded(
                    CLUSTER, OPERATION, Runs.BEFORE, Runs.VERSION, List.of(ONE))))
        .containsExactly(
            new AdvanceOperation(
                OPERATION, new Input.Withdrawn(POOL, "the pool has been deleted")));
  }

  @Test
  void a_pools_upgrade_first_ends_what_it_supersedes_and_rolls_by_the_policy_of_its_pool() {
    List<Command> commands =
        Effects.of(
            new PoolUpgradeStarted(
                CLUSTER,
                ONE,
                OPERATION,
                null,
                7,
                "one",
                SPEC.at(Runs.BEFORE),
                SPEC,
                List.of(OTHER)));

    assertThat(commands.getFirst())
        .isEqualTo(
            new AdvanceOperation(
                OTHER,
                new Input.Withdrawn(POOL, "superseded by the upgrade, operation " + OPERATION)));
    assertThat(commands.getLast())
        .isInstanceOfSatisfying(
            StartOperation.class,
            start ->
                assertThat(start.plan())
                    .isInstanceOfSatisfying(
                        Plan.UpgradePool.class,
                        plan -> {
                          assertThat(plan.from()).isEqualTo(Runs.BEFORE);
                          assertThat(plan.pool().version()).isEqualTo(Runs.VERSION);
                          assertThat(plan.pool().generation()).isEqualTo(7);
                          assertThat(plan.policy()).isEqualTo(UpgradePolicy.DEFAULT);
                        }));
  }

  @Test
  void a_deletion_reports_each_pool_by_itself_and_its_end() {
    OperationKind kind = OperationKind.DELETE;
    assertThat(converged(kind, POOL)).contains(new FinishPoolDeletion(CLUSTER, ONE, OPERATION));
    assertThat(converged(kind, Target.CLUSTER)).isEmpty();
    assertThat(finished(kind)).contains(new FinishClusterDeletion(CLUSTER, OPERATION));
    assertThat(failed(kind)).contains(new FailClusterDeletion(CLUSTER, OPERATION, "why"));
    assertThat(failed(kind, POOL)).isEmpty();
    assertThat(step(kind, "pools")).isEmpty();
  }

  @Test
  void a_pool_that_comes_with_its_cluster_is_left_to_the_cluster() {
    assertThat(Effects.of(created(true))).isEmpty();
    assertThat(Effects.of(created(false)))
        .singleElement()
        .isInstanceOfSatisfying(
            StartOperation.class,
            start ->
                assertThat(start.plan())
                    .isInstanceOfSatisfying(
                        Plan.CreatePool.class,
                        plan -> {
                          assertThat(plan.pool().generation()).isEqualTo(1);
                          assertThat(plan.pool().clusterName()).isEqualTo("one");
                          assertThat(plan.pool().size()).isEqualTo(2);
                        }));
    assertThat(Effects.of(new PoolDeletionStarted(CLUSTER, ONE, OPERATION, true, List.of(OTHER))))
        .isEmpty();
  }

  @Test
  void a_new_size_first_ends_what_it_supersedes() {
    List<Command> commands = Effects.of(updated(OperationKind.SCALE, List.of(OTHER)));

    assertThat(commands.getFirst())
        .isEqualTo(
            new AdvanceOperation(
                OTHER,
                new Input.Withdrawn(POOL, "superseded by the resize, operation " + OPERATION)));
    assertThat(commands.subList(1, commands.size()))
        .singleElement()
        .isInstanceOfSatisfying(
            StartOperation.class,
            start -> {
              assertThat(start.operation()).isEqualTo(OPERATION);
              assertThat(start.plan()).isInstanceOf(Plan.ScalePool.class);
              assertThat(start.plan().kind()).isEqualTo(OperationKind.SCALE);
            });
    assertThat(Effects.of(updated(OperationKind.UPDATE, List.of())))
        .singleElement()
        .isInstanceOfSatisfying(
            StartOperation.class,
            start -> assertThat(start.plan()).isInstanceOf(Plan.UpdatePool.class));
  }

  @Test
  void the_deletion_of_a_pool_first_ends_what_runs_for_it() {
    assertThat(Effects.of(new PoolDeletionStarted(CLUSTER, ONE, OPERATION, false, List.of(OTHER))))
        .containsExactly(
            new AdvanceOperation(
                OTHER,
                new Input.Withdrawn(POOL, "superseded by the deletion, operation " + OPERATION)),
            new StartOperation(OPERATION, new Plan.DeletePool(CLUSTER, ONE)));
  }

  private static PoolCreationStarted created(boolean withCluster) {
    return new PoolCreationStarted(CLUSTER, ONE, OPERATION, 1, "one", SPEC, withCluster);
  }

  private static PoolUpdateStarted updated(OperationKind kind, List<OperationId> superseded) {
    return new PoolUpdateStarted(
        CLUSTER, ONE, OPERATION, kind, 2, "one", SPEC, SPEC, List.of(), superseded);
  }

  @ParameterizedTest
  @EnumSource
  void steps_and_cancellations_have_no_effect(OperationKind kind) {
    assertThat(Effects.of(new OperationEvent.StepStarted(OPERATION, CLUSTER, kind.toString())))
        .isEmpty();
    assertThat(
            Effects.of(new OperationEvent.OperationCancelled(OPERATION, CLUSTER, kind.toString())))
        .isEmpty();
  }

  @Test
  void a_deletion_first_ends_what_it_supersedes() {
    var started =
        new ClusterDeletionStarted(CLUSTER, OPERATION, true, List.of(ONE), List.of(OTHER));
    assertThat(Effects.of(started))
        .containsExactly(
            new AdvanceOperation(
                OTHER, new Input.CancelAsked("superseded by the deletion, operation " + OPERATION)),
            new StartOperation(OPERATION, new Plan.DeleteCluster(CLUSTER, List.of(ONE), true)));
  }

  @Test
  void a_sight_is_told_to_each_operation_that_it_concerns() {
    Input.Seen noPool = new Input.Seen(POOL, new Sight.OfPool(null));
    assertThat(Effects.of(new PoolObserved(CLUSTER, ONE, List.of(OPERATION, OTHER), null)))
        .containsExactly(
            new AdvanceOperation(OPERATION, noPool), new AdvanceOperation(OTHER, noPool));
    assertThat(Effects.of(new ClusterGoneObserved(CLUSTER, List.of()))).isEmpty();
  }
}
