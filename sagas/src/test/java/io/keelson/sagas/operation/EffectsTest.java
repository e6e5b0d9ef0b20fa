package io.keelson.sagas.operation;

import static io.keelson.sagas.Runs.BEFORE;
import static io.keelson.sagas.Runs.CLUSTER;
import static io.keelson.sagas.Runs.CONTROL_PLANE;
import static io.keelson.sagas.Runs.LINEAGE;
import static io.keelson.sagas.Runs.NODE;
import static io.keelson.sagas.Runs.ONE;
import static io.keelson.sagas.Runs.OPERATION;
import static io.keelson.sagas.Runs.POOL_ONE;
import static io.keelson.sagas.Runs.POOL_TWO;
import static io.keelson.sagas.Runs.RUN_ONE;
import static io.keelson.sagas.Runs.TWO;
import static io.keelson.sagas.Runs.VERSION;
import static io.keelson.sagas.Runs.node;
import static io.keelson.sagas.Runs.pool;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.ClusterAction;
import io.keelson.commands.Command;
import io.keelson.commands.Decision;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.Id;
import io.keelson.commands.Lineage;
import io.keelson.commands.OperationId;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.Verdict;
import io.keelson.commands.cluster.AccessRulesEvent.AclChangeStarted;
import io.keelson.commands.cluster.ActionEvent.ClusterActionStarted;
import io.keelson.commands.cluster.ClusterCommand.FailAclChange;
import io.keelson.commands.cluster.ClusterCommand.FailClusterAction;
import io.keelson.commands.cluster.ClusterCommand.FailClusterChange;
import io.keelson.commands.cluster.ClusterCommand.FailClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FailClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FinishAclChange;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterAction;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterChange;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FinishControlPlaneUpgrade;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationFinished;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionStarted;
import io.keelson.commands.cluster.ClusterPlan;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterTypeChangeStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpdateStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpgradeStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ControlPlaneUpgraded;
import io.keelson.commands.node.NodeCommand.CordonNode;
import io.keelson.commands.node.NodeCommand.FailNodeReboot;
import io.keelson.commands.node.NodeCommand.FinishNodeReboot;
import io.keelson.commands.node.NodeEvent.NodeRebootFailed;
import io.keelson.commands.node.NodeEvent.NodeRebootStarted;
import io.keelson.commands.operation.ComponentsTarget;
import io.keelson.commands.operation.ControlPlaneTarget;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand.AdvanceOperation;
import io.keelson.commands.operation.OperationCommand.StartOperation;
import io.keelson.commands.operation.OperationEvent.Outcome;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.PoolRun;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.operation.RunEvent.OperationFailed;
import io.keelson.commands.operation.RunEvent.OperationFinished;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.operation.TargetEvent.TargetFailed;
import io.keelson.commands.pool.PoolCommand.FailNodeReplacement;
import io.keelson.commands.pool.PoolCommand.FailPoolCreation;
import io.keelson.commands.pool.PoolCommand.FailPoolDeletion;
import io.keelson.commands.pool.PoolCommand.FailPoolUpdate;
import io.keelson.commands.pool.PoolCommand.FailPoolUpgrade;
import io.keelson.commands.pool.PoolCommand.FinishNodeReplacement;
import io.keelson.commands.pool.PoolCommand.FinishPoolCreation;
import io.keelson.commands.pool.PoolCommand.FinishPoolDeletion;
import io.keelson.commands.pool.PoolCommand.FinishPoolUpdate;
import io.keelson.commands.pool.PoolCommand.FinishPoolUpgrade;
import io.keelson.commands.pool.PoolEvent.NodeReplacementStarted;
import io.keelson.commands.pool.PoolEvent.PoolCreationStarted;
import io.keelson.commands.pool.PoolEvent.PoolDeletionStarted;
import io.keelson.commands.pool.PoolEvent.PoolUpdateStarted;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeFailed;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeFinished;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeStarted;
import io.keelson.commands.pool.PoolPlan;
import io.keelson.commands.spec.ClusterType;
import io.keelson.commands.spec.PoolChange;
import io.keelson.commands.upgrade.RollEvent.NodesSelected;
import io.keelson.commands.upgrade.UpgradePlan;
import io.keelson.sagas.Runs;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which runs an event starts, what else follows from it, and what an outcome means. */
class EffectsTest {

  private static final OperationId OLDER = new OperationId(Id.derived("test", "older"));
  private static final UpgradePolicy POLICY = new UpgradePolicy(1, 2);
  private static final Decision DECISION =
      new Decision("version-skew", 1, "cluster/" + CLUSTER, Verdict.ACTED, Map.of(), "Allowed.");

  static Stream<Arguments> starts() {
    PoolTarget target = pool(ONE, 4);
    return Stream.of(
        Arguments.of(
            Samples.clusterCreationStarted("cilium"),
            new ClusterPlan.CreateCluster(
                CLUSTER,
                new ControlPlaneTarget(1, VERSION, 3),
                new ComponentsTarget(
                    1,
                    VERSION,
                    List.of(
                        "coredns",
                        "csi",
                        "konnectivity-agent",
                        "kube-proxy",
                        "metrics-server",
                        "cni-cilium")),
                List.of(pool(ONE, 1)))),
        Arguments.of(
            Samples.clusterCreationStarted("none"),
            new ClusterPlan.CreateCluster(
                CLUSTER,
                new ControlPlaneTarget(1, VERSION, 3),
                new ComponentsTarget(
                    1,
                    VERSION,
                    List.of(
                        "coredns", "csi", "konnectivity-agent", "kube-proxy", "metrics-server")),
                List.of(pool(ONE, 1)))),
        Arguments.of(
            new ClusterUpdateStarted(
                CLUSTER,
                OPERATION,
                Samples.PROJECT,
                CONTROL_PLANE,
                Samples.NO_CHANGE,
                Samples.NO_CHANGE),
            new ClusterPlan.UpdateCluster(CLUSTER, CONTROL_PLANE)),
        Arguments.of(
            new ClusterTypeChangeStarted(
                CLUSTER,
                OPERATION,
                CONTROL_PLANE,
                ClusterType.KAPSULE,
                ClusterType.KAPSULE_DEDICATED_4),
            new ClusterPlan.SetClusterType(CLUSTER, CONTROL_PLANE)),
        Arguments.of(
            new ClusterUpgradeStarted(
                CLUSTER,
                OPERATION,
                CONTROL_PLANE,
                BEFORE,
                "calico",
                List.of(new PoolRun(ONE, RUN_ONE)),
                DECISION),
            new UpgradePlan.UpgradeCluster(
                CLUSTER,
                CONTROL_PLANE,
                SystemComponents.target(3, VERSION, "calico"),
                List.of(new PoolRun(ONE, RUN_ONE)))),
        Arguments.of(
            new AclChangeStarted(CLUSTER, OPERATION, 5, List.of(), List.of(), List.of()),
            new ClusterPlan.SetAcl(CLUSTER, 5)),
        Arguments.of(
            new ClusterActionStarted(CLUSTER, OPERATION, ClusterAction.RESET_ADMIN_TOKEN),
            new ClusterPlan.RunAction(CLUSTER, ClusterAction.RESET_ADMIN_TOKEN)),
        Arguments.of(
            new ClusterDeletionStarted(CLUSTER, OPERATION, true, List.of(ONE, TWO), List.of()),
            Runs.DELETE),
        Arguments.of(
            new PoolCreationStarted(CLUSTER, ONE, OPERATION, 1, Samples.POOL, false),
            Runs.CREATE_POOL),
        Arguments.of(
            updated(OperationKind.UPDATE, target),
            new PoolPlan.UpdatePool(CLUSTER, target, List.of(node(1)))),
        Arguments.of(
            updated(OperationKind.SCALE, target),
            new PoolPlan.ScalePool(CLUSTER, target, List.of(node(1)))),
        Arguments.of(
            new PoolDeletionStarted(CLUSTER, ONE, OPERATION, false, List.of()), Runs.DELETE_POOL),
        Arguments.of(upgraded(null), new UpgradePlan.UpgradePool(CLUSTER, target, BEFORE, POLICY)),
        Arguments.of(
            new NodeReplacementStarted(CLUSTER, ONE, NODE, OPERATION, target, POLICY),
            new UpgradePlan.ReplaceNode(CLUSTER, target, NODE, POLICY)),
        Arguments.of(new NodeRebootStarted(NODE, CLUSTER, ONE, OPERATION, "boot-1"), Runs.REBOOT));
  }

  private static PoolUpdateStarted updated(OperationKind kind, PoolTarget target) {
    PoolChange change = PoolChange.ofSize(2);
    return new PoolUpdateStarted(
        CLUSTER, ONE, OPERATION, kind, target, change, change, List.of(node(1)), List.of(OLDER));
  }

  private static PoolUpgradeStarted upgraded(@Nullable OperationId upgrade) {
    return new PoolUpgradeStarted(
        CLUSTER, ONE, OPERATION, upgrade, pool(ONE, 4), BEFORE, POLICY, List.of(OLDER));
  }

  @ParameterizedTest
  @MethodSource("starts")
  void an_event_starts_one_run_on_behalf_of_who_requested_it(DomainEvent event, Plan plan) {
    assertThat(Runs.PROCESSES.starts(event, Samples.ORIGIN))
        .containsExactly(new StartOperation(OPERATION, plan, LINEAGE));
  }

  @Test
  void the_run_of_a_pool_is_a_part_of_the_upgrade_of_its_cluster() {
    assertThat(Runs.PROCESSES.starts(upgraded(OLDER), Samples.ORIGIN))
        .extracting(StartOperation::lineage)
        .containsExactly(new Lineage(LINEAGE.initiator(), LINEAGE.correlationId(), OLDER));
  }

  @Test
  void other_events_start_nothing() {
    assertThat(
            Stream.of(
                new PoolCreationStarted(CLUSTER, ONE, OPERATION, 1, Samples.POOL, true),
                new PoolDeletionStarted(CLUSTER, ONE, OPERATION, true, List.of(OLDER)),
                new ClusterCreationFinished(CLUSTER, OPERATION),
                new OperationFinished(OPERATION, CLUSTER, "create-pool")))
        .allSatisfy(
            event -> {
              assertThat(Runs.PROCESSES.starts(event, Samples.ORIGIN)).isEmpty();
              assertThat(Runs.PROCESSES.effects(event)).isEmpty();
            });
  }

  private static Command withdrawal(OperationId run, Target target, String reason) {
    return new AdvanceOperation(run, new Input.Withdrawn(target, reason));
  }

  private static Command superseded(Target target, String by) {
    return withdrawal(OLDER, target, "superseded by the " + by + ", operation " + OPERATION);
  }

  static Stream<Arguments> effects() {
    return Stream.of(
        Arguments.of(
            updated(OperationKind.UPDATE, pool(ONE, 4)), List.of(superseded(POOL_ONE, "update"))),
        Arguments.of(
            updated(OperationKind.SCALE, pool(ONE, 4)), List.of(superseded(POOL_ONE, "resize"))),
        Arguments.of(upgraded(null), List.of(superseded(POOL_ONE, "upgrade"))),
        Arguments.of(
            new PoolDeletionStarted(CLUSTER, ONE, OPERATION, false, List.of(OLDER)),
            List.of(superseded(POOL_ONE, "deletion"))),
        Arguments.of(
            new AclChangeStarted(CLUSTER, OPERATION, 5, List.of(), List.of(), List.of(OLDER)),
            List.of(superseded(Target.ACL, "change"))),
        Arguments.of(
            new ClusterDeletionStarted(
                CLUSTER, OPERATION, false, List.of(), List.of(OLDER, RUN_ONE)),
            Stream.of(OLDER, RUN_ONE)
                .map(
                    run ->
                        new AdvanceOperation(
                            run,
                            new Input.CancelRequested(
                                "superseded by the deletion, operation " + OPERATION)))
                .toList()),
        Arguments.of(
            new PoolUpgradeFinished(CLUSTER, ONE, RUN_ONE, OPERATION),
            List.of(new AdvanceOperation(OPERATION, new Input.RunEnded(POOL_ONE, null)))),
        Arguments.of(
            new PoolUpgradeFailed(CLUSTER, ONE, RUN_ONE, OPERATION, "no room"),
            List.of(new AdvanceOperation(OPERATION, new Input.RunEnded(POOL_ONE, "no room")))),
        Arguments.of(new PoolUpgradeFinished(CLUSTER, ONE, RUN_ONE, null), List.of()),
        Arguments.of(new PoolUpgradeFailed(CLUSTER, ONE, RUN_ONE, null, "no room"), List.of()),
        Arguments.of(
            new ControlPlaneUpgraded(CLUSTER, OPERATION, BEFORE, VERSION, List.of(ONE, TWO)),
            List.of(
                withdrawal(OPERATION, POOL_ONE, "the pool has been deleted"),
                withdrawal(OPERATION, POOL_TWO, "the pool has been deleted"))),
        Arguments.of(
            new NodeRebootFailed(NODE, CLUSTER, ONE, OPERATION, "the node is absent"),
            List.of(withdrawal(OPERATION, Target.node(NODE), "the node is absent"))),
        Arguments.of(
            new NodesSelected(OPERATION, CLUSTER, ONE, List.of(node(1), node(2)), DECISION),
            List.of(new CordonNode(node(1), OPERATION), new CordonNode(node(2), OPERATION))));
  }

  @ParameterizedTest
  @MethodSource("effects")
  void an_event_has_these_effects_in_order(DomainEvent event, List<Command> commands) {
    assertThat(Runs.PROCESSES.effects(event)).isEqualTo(commands);
  }

  private static TargetConverged converged(String process, Target target) {
    return new TargetConverged(OPERATION, CLUSTER, process, target, "as desired");
  }

  private static TargetFailed failed(String process, Target target) {
    return new TargetFailed(OPERATION, CLUSTER, process, target, "why");
  }

  static Stream<Arguments> outcomes() {
    Target node = Target.node(NODE);
    Target controlPlane = Target.CONTROL_PLANE;
    return Stream.of(
        Arguments.of(converged("create-cluster", controlPlane), null),
        Arguments.of(
            converged("create-cluster", Target.COMPONENTS),
            new FinishClusterCreation(CLUSTER, OPERATION)),
        Arguments.of(
            converged("create-cluster", POOL_ONE), new FinishPoolCreation(CLUSTER, ONE, OPERATION)),
        Arguments.of(failed("create-cluster", controlPlane), null),
        Arguments.of(
            failed("create-cluster", POOL_ONE),
            new FailPoolCreation(CLUSTER, ONE, OPERATION, "why")),
        Arguments.of(ended("create-cluster"), null),
        Arguments.of(endedIn("create-cluster"), new FailClusterCreation(CLUSTER, OPERATION, "why")),
        Arguments.of(
            converged("update-cluster", controlPlane), new FinishClusterChange(CLUSTER, OPERATION)),
        Arguments.of(
            failed("update-cluster", controlPlane),
            new FailClusterChange(CLUSTER, OPERATION, "why")),
        Arguments.of(ended("update-cluster"), null),
        Arguments.of(endedIn("update-cluster"), null),
        Arguments.of(
            converged("set-cluster-type", controlPlane),
            new FinishClusterChange(CLUSTER, OPERATION)),
        Arguments.of(
            failed("set-cluster-type", controlPlane),
            new FailClusterChange(CLUSTER, OPERATION, "why")),
        Arguments.of(converged("set-acl", Target.ACL), new FinishAclChange(CLUSTER, OPERATION)),
        Arguments.of(failed("set-acl", Target.ACL), new FailAclChange(CLUSTER, OPERATION, "why")),
        Arguments.of(
            converged("run-action", Runs.RESET), new FinishClusterAction(CLUSTER, OPERATION)),
        Arguments.of(
            failed("run-action", Runs.RESET), new FailClusterAction(CLUSTER, OPERATION, "why")),
        Arguments.of(
            converged("delete-cluster", POOL_ONE), new FinishPoolDeletion(CLUSTER, ONE, OPERATION)),
        Arguments.of(converged("delete-cluster", Target.CLUSTER), null),
        Arguments.of(failed("delete-cluster", POOL_ONE), null),
        Arguments.of(ended("delete-cluster"), new FinishClusterDeletion(CLUSTER, OPERATION)),
        Arguments.of(endedIn("delete-cluster"), new FailClusterDeletion(CLUSTER, OPERATION, "why")),
        Arguments.of(
            converged("create-pool", POOL_ONE), new FinishPoolCreation(CLUSTER, ONE, OPERATION)),
        Arguments.of(
            failed("create-pool", POOL_ONE), new FailPoolCreation(CLUSTER, ONE, OPERATION, "why")),
        Arguments.of(
            converged("update-pool", POOL_ONE), new FinishPoolUpdate(CLUSTER, ONE, OPERATION)),
        Arguments.of(
            failed("update-pool", POOL_ONE), new FailPoolUpdate(CLUSTER, ONE, OPERATION, "why")),
        Arguments.of(
            converged("scale-pool", POOL_ONE), new FinishPoolUpdate(CLUSTER, ONE, OPERATION)),
        Arguments.of(
            failed("scale-pool", POOL_ONE), new FailPoolUpdate(CLUSTER, ONE, OPERATION, "why")),
        Arguments.of(
            converged("delete-pool", POOL_ONE), new FinishPoolDeletion(CLUSTER, ONE, OPERATION)),
        Arguments.of(
            failed("delete-pool", POOL_ONE), new FailPoolDeletion(CLUSTER, ONE, OPERATION, "why")),
        Arguments.of(converged("reboot-node", node), new FinishNodeReboot(NODE, OPERATION)),
        Arguments.of(failed("reboot-node", node), new FailNodeReboot(NODE, OPERATION, "why")),
        Arguments.of(converged("upgrade-cluster", controlPlane), null),
        Arguments.of(
            converged("upgrade-cluster", Target.COMPONENTS),
            new FinishControlPlaneUpgrade(CLUSTER, OPERATION)),
        Arguments.of(converged("upgrade-cluster", POOL_ONE), null),
        Arguments.of(failed("upgrade-cluster", POOL_ONE), null),
        Arguments.of(ended("upgrade-cluster"), new FinishClusterChange(CLUSTER, OPERATION)),
        Arguments.of(endedIn("upgrade-cluster"), new FailClusterChange(CLUSTER, OPERATION, "why")),
        Arguments.of(
            converged("upgrade-pool", POOL_ONE), new FinishPoolUpgrade(CLUSTER, ONE, OPERATION)),
        Arguments.of(
            failed("upgrade-pool", POOL_ONE), new FailPoolUpgrade(CLUSTER, ONE, OPERATION, "why")),
        Arguments.of(ended("upgrade-pool"), null),
        Arguments.of(
            converged("replace-node", POOL_ONE),
            new FinishNodeReplacement(CLUSTER, ONE, OPERATION)),
        Arguments.of(
            failed("replace-node", POOL_ONE),
            new FailNodeReplacement(CLUSTER, ONE, OPERATION, "why")),
        Arguments.of(endedIn("replace-node"), null));
  }

  private static OperationFinished ended(String process) {
    return new OperationFinished(OPERATION, CLUSTER, process);
  }

  private static OperationFailed endedIn(String process) {
    return new OperationFailed(OPERATION, CLUSTER, process, "why");
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void an_outcome_means_this_for_its_subject(Outcome outcome, @Nullable Command command) {
    assertThat(Runs.PROCESSES.conclude(outcome))
        .isEqualTo(command == null ? List.of() : List.of(command));
  }
}
