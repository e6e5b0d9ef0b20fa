package io.keelson.projections.status;

import static java.util.Objects.requireNonNull;

import io.keelson.commands.AclRule;
import io.keelson.commands.AclRuleId;
import io.keelson.commands.ClusterAction;
import io.keelson.commands.ClusterId;
import io.keelson.commands.Decision;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.Lineage;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.OpenIdConnect;
import io.keelson.commands.OperationId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.SecretRef;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.Verdict;
import io.keelson.commands.cluster.AccessRulesEvent.AclChangeFailed;
import io.keelson.commands.cluster.AccessRulesEvent.AclChangeFinished;
import io.keelson.commands.cluster.AccessRulesEvent.AclChangeStarted;
import io.keelson.commands.cluster.ActionEvent.ClusterActionFailed;
import io.keelson.commands.cluster.ActionEvent.ClusterActionFinished;
import io.keelson.commands.cluster.ActionEvent.ClusterActionStarted;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationFailed;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationFinished;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionFailed;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionFinished;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionStarted;
import io.keelson.commands.cluster.ClusterObservationEvent.AdditionalResourcesObserved;
import io.keelson.commands.cluster.ClusterObservationEvent.ClusterAbsenceObserved;
import io.keelson.commands.cluster.ClusterObservationEvent.ComponentsObserved;
import io.keelson.commands.cluster.ClusterObservationEvent.ControlPlaneObserved;
import io.keelson.commands.cluster.ClusterPlan;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterTypeChangeFailed;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterTypeChangeFinished;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterTypeChangeStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpdateFailed;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpdateFinished;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpdateStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpgradeFailed;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpgradeFinished;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpgradeStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ControlPlaneUpgraded;
import io.keelson.commands.cluster.ControlPlaneEvent.PoolLeftOut;
import io.keelson.commands.cluster.ControlPlaneHealth;
import io.keelson.commands.cluster.PoolHealth;
import io.keelson.commands.node.NodeAttributes;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.operation.Blocker;
import io.keelson.commands.operation.ComponentsTarget;
import io.keelson.commands.operation.ControlPlaneTarget;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.PoolRun;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.operation.RequestEvent.AclRequested;
import io.keelson.commands.operation.RequestEvent.AdditionalResourcesRemovalRequested;
import io.keelson.commands.operation.RequestEvent.ClusterActionRequested;
import io.keelson.commands.operation.RequestEvent.ClusterRemovalRequested;
import io.keelson.commands.operation.RequestEvent.ComponentsRequested;
import io.keelson.commands.operation.RequestEvent.ControlPlaneRequested;
import io.keelson.commands.operation.RequestEvent.NodeRebootRequested;
import io.keelson.commands.operation.RequestEvent.PoolObservationAwaited;
import io.keelson.commands.operation.RequestEvent.PoolRemovalRequested;
import io.keelson.commands.operation.RequestEvent.PoolRequested;
import io.keelson.commands.operation.RequestEvent.RunAwaited;
import io.keelson.commands.operation.RunEvent.DeadlineExtended;
import io.keelson.commands.operation.RunEvent.DecisionMade;
import io.keelson.commands.operation.RunEvent.OperationCancelled;
import io.keelson.commands.operation.RunEvent.OperationFailed;
import io.keelson.commands.operation.RunEvent.OperationFinished;
import io.keelson.commands.operation.RunEvent.OperationStarted;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent.TargetBlocked;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.operation.TargetEvent.TargetFailed;
import io.keelson.commands.operation.TargetEvent.TargetWithdrawn;
import io.keelson.commands.operation.Timer;
import io.keelson.commands.pool.PoolEvent.NodeReplacementFailed;
import io.keelson.commands.pool.PoolEvent.NodeReplacementFinished;
import io.keelson.commands.pool.PoolEvent.NodeReplacementStarted;
import io.keelson.commands.pool.PoolEvent.PoolCreationFailed;
import io.keelson.commands.pool.PoolEvent.PoolCreationFinished;
import io.keelson.commands.pool.PoolEvent.PoolCreationStarted;
import io.keelson.commands.pool.PoolEvent.PoolDeletionFailed;
import io.keelson.commands.pool.PoolEvent.PoolDeletionFinished;
import io.keelson.commands.pool.PoolEvent.PoolDeletionStarted;
import io.keelson.commands.pool.PoolEvent.PoolObserved;
import io.keelson.commands.pool.PoolEvent.PoolUpdateFailed;
import io.keelson.commands.pool.PoolEvent.PoolUpdateFinished;
import io.keelson.commands.pool.PoolEvent.PoolUpdateStarted;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeFailed;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeFinished;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeStarted;
import io.keelson.commands.spec.ApiServerSettings;
import io.keelson.commands.spec.AutoUpgrade;
import io.keelson.commands.spec.AutoscalerConfig;
import io.keelson.commands.spec.ClusterNetwork;
import io.keelson.commands.spec.ClusterSpec;
import io.keelson.commands.spec.ClusterType;
import io.keelson.commands.spec.MachineNetwork;
import io.keelson.commands.spec.MachineTemplate;
import io.keelson.commands.spec.NodeSettings;
import io.keelson.commands.spec.PoolChange;
import io.keelson.commands.spec.PoolScaling;
import io.keelson.commands.spec.PoolSpec;
import io.keelson.commands.spec.RootVolume;
import io.keelson.commands.upgrade.RollEvent.NodeReplaced;
import io.keelson.commands.upgrade.RollEvent.NodesPlanned;
import io.keelson.commands.upgrade.RollEvent.NodesSelected;
import io.keelson.commands.upgrade.RollEvent.PlannedNode;
import io.keelson.commands.upgrade.UpgradePlan;
import io.keelson.projections.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Events, specifications and instants that several tests begin with. */
final class Examples {

  static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(1, 1));
  static final ProjectId PROJECT = new ProjectId(new UUID(2, 1));
  static final String REGION = "fr-par";
  static final ClusterId CLUSTER = new ClusterId(new UUID(3, 1));
  static final PoolId POOL = new PoolId(new UUID(4, 1));
  static final NodeId NODE = new NodeId(new UUID(5, 1));
  static final NodeId SUCCESSOR = new NodeId(new UUID(5, 9));
  static final OperationId OPERATION = new OperationId(new UUID(6, 1));
  static final OperationId DELETION = new OperationId(new UUID(6, 2));
  static final OperationId POOL_RUN = new OperationId(new UUID(6, 3));
  static final OperationId PARENT = new OperationId(new UUID(6, 4));
  static final AclRule RULE =
      new AclRule(new AclRuleId(new UUID(10, 1)), "192.0.2.0/24", false, "office");
  static final KubernetesVersion CURRENT = KubernetesVersion.of("1.35.3");
  static final KubernetesVersion NEXT = KubernetesVersion.of("1.36.1");
  static final Instant START = Instant.parse("2026-07-03T09:13:59.300254Z");
  static final String INITIATOR = "SCW0000000000000001A";
  static final Lineage LINEAGE = new Lineage(INITIATOR, new UUID(9, 9), null);
  static final Decision DECISION =
      new Decision.Rule("progress-deadline", 1)
          .decided("cluster/" + CLUSTER, Verdict.HELD, Map.of(), "The provider makes progress.");

  private Examples() {}

  /** The event as number {@code version} of its stream, recorded that many seconds after start. */
  static <E> Delivery<E> at(long version, E event) {
    return new Delivery<>(event, version, instant(version), Map.of());
  }

  static Instant instant(long version) {
    return START.plusSeconds(version);
  }

  static ClusterSpec clusterSpec(String name, ClusterType type, String version) {
    return new ClusterSpec(
        name,
        "what it is for",
        List.of("a", "b"),
        type,
        KubernetesVersion.of(version),
        new ClusterNetwork("cilium", new UUID(7, 1), "100.64.0.0/15", "10.32.0.0/20", "10.32.0.10"),
        new ApiServerSettings(List.of(), List.of(), OpenIdConnect.NONE, List.of()),
        AutoscalerConfig.DEFAULT,
        AutoUpgrade.DEFAULT);
  }

  static PoolSpec poolSpec(String name) {
    return poolSpec(name, "1.35.3");
  }

  static PoolSpec poolSpec(String name, String version) {
    return new PoolSpec(
        name,
        KubernetesVersion.of(version),
        new MachineTemplate(
            "pro2_xxs",
            "fr-par-1",
            "containerd",
            new RootVolume("sbs_5k", 20_000_000_000L),
            new MachineNetwork(false, new UUID(8, 1), null, null),
            Map.of("cloud-init", new SecretRef(new UUID(11, 1), "AAAAAAAAAAAAAAAAAAAAAA"))),
        new PoolScaling(false, 2, 0, 5),
        new NodeSettings(Map.of(), Map.of("team", "blue"), List.of(), List.of()),
        UpgradePolicy.DEFAULT,
        true,
        List.of());
  }

  static ControlPlaneTarget controlPlane(KubernetesVersion version) {
    return new ControlPlaneTarget(2, version, 1);
  }

  static PoolTarget poolTarget(KubernetesVersion version) {
    return new PoolTarget(POOL, 2, 2, version);
  }

  static ClusterCreationStarted clusterStarted(ClusterType type) {
    return new ClusterCreationStarted(
        CLUSTER,
        OPERATION,
        ORGANIZATION,
        PROJECT,
        REGION,
        clusterSpec("prod", type, "1.35.3"),
        List.of());
  }

  static PoolCreationStarted poolStarted(PoolId pool) {
    return new PoolCreationStarted(CLUSTER, pool, OPERATION, 1, poolSpec("default"), true);
  }

  static PoolUpdateStarted poolUpdate(
      OperationKind kind,
      OperationId operation,
      PoolChange before,
      PoolChange after,
      OperationId... superseded) {
    return new PoolUpdateStarted(
        CLUSTER,
        POOL,
        operation,
        kind,
        poolTarget(CURRENT),
        before,
        after,
        List.of(),
        List.of(superseded));
  }

  static PoolUpgradeStarted poolUpgrade(OperationId operation, OperationId... superseded) {
    return new PoolUpgradeStarted(
        CLUSTER,
        POOL,
        operation,
        null,
        poolTarget(NEXT),
        CURRENT,
        UpgradePolicy.DEFAULT,
        List.of(superseded));
  }

  static NodeReplacementStarted replacement(OperationId operation) {
    return new NodeReplacementStarted(
        CLUSTER, POOL, NODE, operation, poolTarget(CURRENT), UpgradePolicy.DEFAULT);
  }

  static ClusterUpgradeStarted clusterUpgrade(OperationId operation) {
    return new ClusterUpgradeStarted(
        CLUSTER,
        operation,
        controlPlane(NEXT),
        CURRENT,
        "cilium",
        List.of(new PoolRun(POOL, POOL_RUN)),
        DECISION);
  }

  /** One of each, for {@link #CLUSTER} and {@link #POOL}. */
  static Map<String, ClusterEvent> clusterEvents() {
    PoolSpec pool = poolSpec("default");
    PoolSpec relabelled = pool.with(PoolChange.ofLabels(Map.of("team", "red")));
    ClusterSpec spec = clusterSpec("prod", ClusterType.KAPSULE, "1.35.3");
    ClusterSpec renamed = clusterSpec("renamed", ClusterType.KAPSULE, "1.35.3");
    List<ClusterEvent> all =
        List.of(
            clusterStarted(ClusterType.KAPSULE),
            new ClusterCreationFinished(CLUSTER, OPERATION),
            new ClusterCreationFailed(CLUSTER, OPERATION, "no capacity"),
            new ClusterUpdateStarted(
                CLUSTER,
                OPERATION,
                PROJECT,
                controlPlane(CURRENT),
                renamed.changeTo(spec),
                spec.changeTo(renamed)),
            new ClusterUpdateFinished(CLUSTER, OPERATION),
            new ClusterUpdateFailed(CLUSTER, OPERATION, "not updated"),
            new ClusterTypeChangeStarted(
                CLUSTER,
                OPERATION,
                controlPlane(CURRENT),
                ClusterType.KAPSULE,
                ClusterType.KAPSULE_DEDICATED_4),
            new ClusterTypeChangeFinished(CLUSTER, OPERATION),
            new ClusterTypeChangeFailed(CLUSTER, OPERATION, "type not changed"),
            clusterUpgrade(OPERATION),
            new PoolLeftOut(CLUSTER, OPERATION, POOL, DECISION),
            new ControlPlaneUpgraded(CLUSTER, OPERATION, CURRENT, NEXT, List.of()),
            new ClusterUpgradeFinished(CLUSTER, OPERATION),
            new ClusterUpgradeFailed(CLUSTER, OPERATION, "not upgraded"),
            new AclChangeStarted(
                CLUSTER, OPERATION, 2, List.of(AclRule.initial(CLUSTER)), List.of(RULE), List.of()),
            new AclChangeFinished(CLUSTER, OPERATION),
            new AclChangeFailed(CLUSTER, OPERATION, "rules not effective"),
            new ClusterActionStarted(CLUSTER, OPERATION, ClusterAction.RESET_ADMIN_TOKEN),
            new ClusterActionFinished(CLUSTER, OPERATION, ClusterAction.RESET_ADMIN_TOKEN),
            new ClusterActionFailed(
                CLUSTER, OPERATION, ClusterAction.RESET_ADMIN_TOKEN, "token not reset"),
            poolStarted(POOL),
            new PoolCreationFinished(CLUSTER, POOL, OPERATION),
            new PoolCreationFailed(CLUSTER, POOL, OPERATION, "no quota"),
            poolUpdate(
                OperationKind.UPDATE,
                OPERATION,
                relabelled.changeTo(pool),
                pool.changeTo(relabelled)),
            new PoolUpdateFinished(CLUSTER, POOL, OPERATION),
            new PoolUpdateFailed(CLUSTER, POOL, OPERATION, "stuck"),
            poolUpgrade(OPERATION),
            new PoolUpgradeFinished(CLUSTER, POOL, OPERATION, null),
            new PoolUpgradeFailed(CLUSTER, POOL, OPERATION, null, "not drained"),
            replacement(OPERATION),
            new NodeReplacementFinished(CLUSTER, POOL, NODE, OPERATION),
            new NodeReplacementFailed(CLUSTER, POOL, NODE, OPERATION, "no successor"),
            new PoolDeletionStarted(CLUSTER, POOL, OPERATION, false, List.of()),
            new PoolDeletionFinished(CLUSTER, POOL, OPERATION),
            new PoolDeletionFailed(CLUSTER, POOL, OPERATION, "undrained"),
            new PoolObserved(
                CLUSTER, POOL, PoolHealth.ABSENT, new PoolHealth(true, List.of("no quota"))),
            new ClusterDeletionStarted(CLUSTER, DELETION, true, List.of(POOL), List.of(OPERATION)),
            new ClusterDeletionFinished(CLUSTER, DELETION, PROJECT, "prod"),
            new ClusterDeletionFailed(CLUSTER, DELETION, "still there"),
            new ControlPlaneObserved(
                CLUSTER,
                ControlPlaneHealth.UNKNOWN,
                new ControlPlaneHealth(true, List.of(CURRENT), List.of())),
            new ComponentsObserved(CLUSTER, List.of("coredns"), List.of()),
            new AdditionalResourcesObserved(CLUSTER, List.of(), List.of()),
            new ClusterAbsenceObserved(CLUSTER));
    return named(all);
  }

  static ClusterEvent clusterEvent(String name) {
    return requireNonNull(clusterEvents().get(name), name);
  }

  /** One of each, for {@link #OPERATION}. */
  static Map<String, OperationEvent> operationEvents() {
    Target target = Target.pool(POOL);
    return named(
        List.of(
            started(deletion(), target, Target.ADDITIONAL_RESOURCES, Target.CLUSTER),
            new DecisionMade(OPERATION, CLUSTER, DECISION),
            new DeadlineExtended(
                OPERATION, CLUSTER, new Timer.ProgressDeadline(2), Duration.ofMinutes(1), DECISION),
            new OperationFinished(OPERATION, CLUSTER, "delete-cluster"),
            new OperationFailed(OPERATION, CLUSTER, "delete-cluster", "no progress"),
            new OperationCancelled(OPERATION, CLUSTER, "superseded"),
            new ControlPlaneRequested(OPERATION, CLUSTER, 2),
            new ComponentsRequested(
                OPERATION, CLUSTER, new ComponentsTarget(2, CURRENT, List.of("coredns"))),
            poolRequested(NODE),
            new AclRequested(OPERATION, CLUSTER, 2),
            new NodeRebootRequested(OPERATION, CLUSTER, POOL, NODE),
            new ClusterActionRequested(OPERATION, CLUSTER, ClusterAction.RESET_ADMIN_TOKEN),
            new PoolRemovalRequested(OPERATION, CLUSTER, POOL),
            new AdditionalResourcesRemovalRequested(OPERATION, CLUSTER),
            new ClusterRemovalRequested(OPERATION, CLUSTER),
            new PoolObservationAwaited(OPERATION, CLUSTER, POOL),
            new RunAwaited(OPERATION, CLUSTER, target, POOL_RUN),
            blocked(target, new Blocker(NODE, "web-pdb needs 2 pods")),
            converged(target, "2 of 2 nodes ready"),
            new TargetFailed(OPERATION, CLUSTER, "delete-cluster", target, "stuck"),
            new TargetWithdrawn(OPERATION, CLUSTER, target, "a newer request", DECISION),
            planned(NODE),
            selected(NODE),
            new NodeReplaced(OPERATION, CLUSTER, POOL, NODE, SUCCESSOR)));
  }

  static OperationEvent operationEvent(String name) {
    return requireNonNull(operationEvents().get(name), name);
  }

  static Plan deletion() {
    return new ClusterPlan.DeleteCluster(CLUSTER, List.of(POOL), true);
  }

  static Plan roll(UpgradePolicy policy) {
    return new UpgradePlan.UpgradePool(CLUSTER, poolTarget(NEXT), CURRENT, policy);
  }

  static OperationStarted started(Plan plan, Target... steps) {
    return new OperationStarted(
        OPERATION, CLUSTER, plan, LINEAGE, List.of(steps), Duration.ofMinutes(10));
  }

  static PoolRequested poolRequested(NodeId... nodesToRemove) {
    return new PoolRequested(OPERATION, CLUSTER, POOL, 2, 2, 0, List.of(nodesToRemove));
  }

  static TargetBlocked blocked(Target target, Blocker... blockers) {
    return new TargetBlocked(OPERATION, CLUSTER, target, List.of(blockers));
  }

  static TargetConverged converged(Target target, String result) {
    return new TargetConverged(OPERATION, CLUSTER, "delete-cluster", target, result);
  }

  static NodesPlanned planned(NodeId... nodes) {
    return new NodesPlanned(
        OPERATION,
        CLUSTER,
        POOL,
        Arrays.stream(nodes).map(node -> new PlannedNode(node, CURRENT)).toList(),
        List.of(),
        NEXT);
  }

  static NodesSelected selected(NodeId... nodes) {
    return new NodesSelected(OPERATION, CLUSTER, POOL, List.of(nodes), DECISION);
  }

  static <E> Map<String, E> named(List<E> events) {
    return events.stream().collect(Collectors.toMap(e -> e.getClass().getSimpleName(), e -> e));
  }

  static NodeAttributes attributes(String name, NodePhase phase) {
    return attributes(NODE, name, "1.35.3", phase);
  }

  static NodeAttributes attributes(NodeId node, String name, String version, NodePhase phase) {
    return new NodeAttributes(
        name,
        KubernetesVersion.of(version),
        phase,
        "scaleway://instance/fr-par-1/" + node,
        Map.of("Ready", "True"),
        "",
        "boot-1");
  }

  /** The row after these events, in order. */
  @SafeVarargs
  static ClusterStatus after(ClusterStatus row, Delivery<? extends ClusterEvent>... deliveries) {
    ClusterStatus after = row;
    for (Delivery<? extends ClusterEvent> d : deliveries) {
      after = ClusterFold.after(after, d);
    }
    return after;
  }

  /** The row after these events, in order. */
  @SafeVarargs
  static PoolStatus after(PoolStatus row, Delivery<? extends ClusterEvent>... deliveries) {
    PoolStatus after = row;
    for (Delivery<? extends ClusterEvent> d : deliveries) {
      after = PoolFold.after(after, d);
    }
    return after;
  }

  /** The row after these events, in order. */
  @SafeVarargs
  static NodeStatus after(NodeStatus row, Delivery<? extends NodeEvent>... deliveries) {
    NodeStatus after = row;
    for (Delivery<? extends NodeEvent> d : deliveries) {
      after = NodeFold.after(after, d);
    }
    return after;
  }

  /** The row after these events, in order. */
  @SafeVarargs
  static OperationStatus after(
      OperationStatus row, Delivery<? extends OperationEvent>... deliveries) {
    OperationStatus after = row;
    for (Delivery<? extends OperationEvent> d : deliveries) {
      after = OperationFold.after(after, d);
    }
    return after;
  }
}
