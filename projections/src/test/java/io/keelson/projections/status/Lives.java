package io.keelson.projections.status;

import static io.keelson.projections.status.Examples.CURRENT;
import static io.keelson.projections.status.Examples.DECISION;
import static io.keelson.projections.status.Examples.INITIATOR;
import static io.keelson.projections.status.Examples.NEXT;
import static io.keelson.projections.status.Examples.ORGANIZATION;
import static io.keelson.projections.status.Examples.PROJECT;
import static io.keelson.projections.status.Examples.REGION;
import static io.keelson.projections.status.Examples.RULE;
import static io.keelson.projections.status.Examples.attributes;
import static io.keelson.projections.status.Examples.clusterSpec;
import static io.keelson.projections.status.Examples.controlPlane;
import static io.keelson.projections.status.Examples.instant;
import static io.keelson.projections.status.Examples.poolSpec;

import io.keelson.commands.ClusterId;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.Lineage;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.OperationId;
import io.keelson.commands.Origin;
import io.keelson.commands.PoolId;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.cluster.AccessRulesEvent.AclChangeStarted;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationFinished;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionFinished;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionStarted;
import io.keelson.commands.cluster.ClusterPlan;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpgradeFailed;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpgradeFinished;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpgradeStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ControlPlaneUpgraded;
import io.keelson.commands.node.NodeAttributes;
import io.keelson.commands.node.NodeAttributes.Change;
import io.keelson.commands.node.NodeEvent.NodeCordoned;
import io.keelson.commands.node.NodeEvent.NodeCreated;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.commands.node.NodeEvent.NodePhaseChanged;
import io.keelson.commands.node.NodeEvent.NodeRebootFinished;
import io.keelson.commands.node.NodeEvent.NodeRebootStarted;
import io.keelson.commands.operation.Blocker;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.PoolRun;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.operation.RequestEvent.ClusterRemovalRequested;
import io.keelson.commands.operation.RequestEvent.PoolRequested;
import io.keelson.commands.operation.RequestEvent.RunAwaited;
import io.keelson.commands.operation.RunEvent.OperationFinished;
import io.keelson.commands.operation.RunEvent.OperationStarted;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent.TargetBlocked;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.pool.PoolEvent.PoolCreationFinished;
import io.keelson.commands.pool.PoolEvent.PoolCreationStarted;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeFailed;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeFinished;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeStarted;
import io.keelson.commands.spec.ClusterType;
import io.keelson.commands.upgrade.RollEvent.NodeReplaced;
import io.keelson.commands.upgrade.RollEvent.NodesPlanned;
import io.keelson.commands.upgrade.RollEvent.NodesSelected;
import io.keelson.commands.upgrade.RollEvent.PlannedNode;
import io.keelson.commands.upgrade.UpgradePlan;
import io.keelson.projections.Processor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * All events of one cluster from its creation on: every third is upgraded, every second deleted.
 */
final class Lives {

  private final int number;
  private final ClusterId cluster;
  private final PoolId pool;
  private final NodeId node;
  private final NodeId successor;
  private final OperationId creation;
  private final List<DomainEvent> events = new ArrayList<>();

  private Lives(int number) {
    this.number = number;
    cluster = new ClusterId(new UUID(3, number));
    pool = new PoolId(new UUID(4, number));
    node = new NodeId(new UUID(5, number));
    successor = new NodeId(new UUID(5, 1_000 + number));
    creation = new OperationId(new UUID(6, number));
  }

  static List<DomainEventMessage<?>> of(int number) {
    Lives life = new Lives(number);
    life.create();
    if (number % 3 == 0) {
      life.upgrade();
    }
    if (number % 2 == 0) {
      life.delete();
    }
    return life.messages();
  }

  private void create() {
    events.add(
        new ClusterCreationStarted(
            cluster,
            creation,
            ORGANIZATION,
            PROJECT,
            REGION,
            clusterSpec("c" + number, ClusterType.KAPSULE, "1.35.3"),
            List.of()));
    events.add(new PoolCreationStarted(cluster, pool, creation, 1, poolSpec("default"), true));
    events.add(new ClusterCreationFinished(cluster, creation));
    NodeAttributes creating = attributes(node, "n" + number, "1.35.3", NodePhase.CREATING);
    NodeAttributes ready = attributes(node, "n" + number, "1.35.3", NodePhase.READY);
    events.add(new NodeCreated(node, cluster, pool, creating));
    events.add(
        new NodePhaseChanged(
            node, cluster, pool, Change.between(ready, creating), Change.between(creating, ready)));
    events.add(new PoolCreationFinished(cluster, pool, creation));
  }

  /** With its pool, the node of which is rebooted meanwhile and then replaced. */
  private void upgrade() {
    OperationId upgrade = new OperationId(new UUID(8, number));
    OperationId roll = new OperationId(new UUID(9, number));
    OperationId reboot = new OperationId(new UUID(10, number));
    PoolTarget desired = new PoolTarget(pool, 2, 1, NEXT);
    Target target = Target.pool(pool);
    UpgradePolicy policy = UpgradePolicy.DEFAULT;
    events.addAll(
        List.of(
            new ClusterUpgradeStarted(
                cluster,
                upgrade,
                controlPlane(NEXT),
                CURRENT,
                "cilium",
                List.of(new PoolRun(pool, roll)),
                DECISION),
            new AclChangeStarted(cluster, creation, 2, List.of(), List.of(RULE), List.of()),
            new NodeRebootStarted(node, cluster, pool, reboot, "boot-1"),
            new ControlPlaneUpgraded(cluster, upgrade, CURRENT, NEXT, List.of()),
            new PoolUpgradeStarted(
                cluster, pool, roll, upgrade, desired, CURRENT, policy, List.of()),
            started(
                roll,
                new UpgradePlan.UpgradePool(cluster, desired, CURRENT, policy),
                upgrade,
                target),
            new RunAwaited(roll, cluster, target, reboot),
            new NodesPlanned(
                roll, cluster, pool, List.of(new PlannedNode(node, CURRENT)), List.of(), NEXT),
            new NodesSelected(roll, cluster, pool, List.of(node), DECISION),
            new PoolRequested(roll, cluster, pool, 3, 1, 0, List.of(node)),
            new NodeRebootFinished(node, cluster, pool, reboot, "boot-2"),
            new NodeCordoned(node, cluster, pool, roll),
            new TargetBlocked(roll, cluster, target, List.of(new Blocker(node, "web-pdb"))),
            new TargetBlocked(roll, cluster, target, List.of()),
            new NodeDeleted(node, cluster, pool),
            new NodeCreated(
                successor,
                cluster,
                pool,
                attributes(successor, "m" + number, "1.36.1", NodePhase.READY)),
            new NodeReplaced(roll, cluster, pool, node, successor),
            new TargetConverged(roll, cluster, "upgrade-pool", target, "1 of 1 nodes replaced"),
            new OperationFinished(roll, cluster, "upgrade-pool"),
            number % 2 == 0
                ? new PoolUpgradeFinished(cluster, pool, roll, upgrade)
                : new PoolUpgradeFailed(cluster, pool, roll, upgrade, "not drained"),
            number % 2 == 0
                ? new ClusterUpgradeFinished(cluster, upgrade)
                : new ClusterUpgradeFailed(cluster, upgrade, "not drained")));
  }

  private void delete() {
    OperationId deletion = new OperationId(new UUID(7, number));
    events.addAll(
        List.of(
            new ClusterDeletionStarted(cluster, deletion, false, List.of(pool), List.of()),
            started(
                deletion,
                new ClusterPlan.DeleteCluster(cluster, List.of(pool), false),
                null,
                Target.pool(pool),
                Target.CLUSTER),
            new ClusterRemovalRequested(deletion, cluster),
            new NodeDeleted(number % 3 == 0 ? successor : node, cluster, pool),
            new ClusterDeletionFinished(cluster, deletion, PROJECT, "c" + number),
            new OperationFinished(deletion, cluster, "delete-cluster")));
  }

  private OperationStarted started(
      OperationId run, Plan plan, @Nullable OperationId parent, Target... steps) {
    return new OperationStarted(
        run,
        cluster,
        plan,
        new Lineage(INITIATOR, new UUID(11, number), parent),
        List.of(steps),
        Duration.ofMinutes(10));
  }

  private List<DomainEventMessage<?>> messages() {
    Map<String, String> metadata = Origin.system("test", Origin.TIMERS, "1").toMetadata();
    Map<Object, Long> versions = new HashMap<>();
    List<DomainEventMessage<?>> messages = new ArrayList<>();
    for (DomainEvent event : events) {
      long version = versions.merge(event.stream(), 0L, (before, _) -> before + 1);
      messages.add(Processor.message(event, version, instant(messages.size()), metadata));
    }
    return messages;
  }
}
