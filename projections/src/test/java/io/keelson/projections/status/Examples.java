package io.keelson.projections.status;

import static java.util.Objects.requireNonNull;

import io.keelson.commands.AclRule;
import io.keelson.commands.AclRuleId;
import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.OpenIdConnect;
import io.keelson.commands.OperationId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.cluster.AutoUpgrade;
import io.keelson.commands.cluster.AutoscalerConfig;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterEvent.AclChangeFailed;
import io.keelson.commands.cluster.ClusterEvent.AclChangeFinished;
import io.keelson.commands.cluster.ClusterEvent.AclChangeStarted;
import io.keelson.commands.cluster.ClusterEvent.AdditionalResourcesObserved;
import io.keelson.commands.cluster.ClusterEvent.AdminTokenResetFailed;
import io.keelson.commands.cluster.ClusterEvent.AdminTokenResetFinished;
import io.keelson.commands.cluster.ClusterEvent.AdminTokenResetStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterGoneObserved;
import io.keelson.commands.cluster.ClusterEvent.ClusterTypeChangeFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterTypeChangeFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterTypeChangeStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpdateFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpdateFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpdateStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpgradeFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpgradeFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpgradeStarted;
import io.keelson.commands.cluster.ClusterEvent.ComponentsObserved;
import io.keelson.commands.cluster.ClusterEvent.ControlPlaneObserved;
import io.keelson.commands.cluster.ClusterEvent.ControlPlaneUpgraded;
import io.keelson.commands.cluster.ClusterEvent.NodeReplacementFailed;
import io.keelson.commands.cluster.ClusterEvent.NodeReplacementFinished;
import io.keelson.commands.cluster.ClusterEvent.NodeReplacementStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolObserved;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeStarted;
import io.keelson.commands.cluster.ClusterSpec;
import io.keelson.commands.cluster.ClusterType;
import io.keelson.commands.cluster.PoolChange;
import io.keelson.commands.cluster.PoolSpec;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.AclRequested;
import io.keelson.commands.operation.OperationEvent.AdditionalResourcesRemovalRequested;
import io.keelson.commands.operation.OperationEvent.AdminTokenResetRequested;
import io.keelson.commands.operation.OperationEvent.ClusterRemovalRequested;
import io.keelson.commands.operation.OperationEvent.ComponentsRequested;
import io.keelson.commands.operation.OperationEvent.ControlPlaneRequested;
import io.keelson.commands.operation.OperationEvent.DecisionMade;
import io.keelson.commands.operation.OperationEvent.NodeRebootRequested;
import io.keelson.commands.operation.OperationEvent.NodesChosen;
import io.keelson.commands.operation.OperationEvent.NodesPlanned;
import io.keelson.commands.operation.OperationEvent.OperationCancelled;
import io.keelson.commands.operation.OperationEvent.OperationFailed;
import io.keelson.commands.operation.OperationEvent.OperationFinished;
import io.keelson.commands.operation.OperationEvent.OperationStarted;
import io.keelson.commands.operation.OperationEvent.PoolRemovalRequested;
import io.keelson.commands.operation.OperationEvent.PoolRequested;
import io.keelson.commands.operation.OperationEvent.RunAwaited;
import io.keelson.commands.operation.OperationEvent.StepFinished;
import io.keelson.commands.operation.OperationEvent.StepStarted;
import io.keelson.commands.operation.OperationEvent.TargetBlocked;
import io.keelson.commands.operation.OperationEvent.TargetConverged;
import io.keelson.commands.operation.OperationEvent.TargetFailed;
import io.keelson.commands.operation.OperationEvent.TargetProgressed;
import io.keelson.commands.operation.OperationEvent.TargetWithdrawn;
import io.keelson.commands.operation.OperationEvent.TimerSet;
import io.keelson.commands.operation.OperationEvent.Verdict;
import io.keelson.commands.operation.OperationEvent.WishAnswered;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.AclDocument;
import io.keelson.commands.provisioning.Answer;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.ComponentsDocument;
import io.keelson.commands.provisioning.ObservedComponents;
import io.keelson.commands.provisioning.ObservedControlPlane;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.PoolDocument;
import io.keelson.commands.provisioning.Replicas;
import io.keelson.projections.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Events, specs and instants that several tests begin with. */
final class Examples {

  static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(1, 1));
  static final ProjectId PROJECT = new ProjectId(new UUID(2, 1));
  static final String REGION = "fr-par";
  static final ClusterId CLUSTER = new ClusterId(new UUID(3, 1));
  static final PoolId POOL = new PoolId(new UUID(4, 1));
  static final NodeId NODE = new NodeId(new UUID(5, 1));
  static final OperationId OPERATION = new OperationId(new UUID(6, 1));
  static final OperationId DELETION = new OperationId(new UUID(6, 2));
  static final OperationId POOL_RUN = new OperationId(new UUID(6, 3));
  static final AclRule RULE =
      new AclRule(new AclRuleId(new UUID(10, 1)), "192.0.2.0/24", false, "office");
  static final KubernetesVersion NEXT = KubernetesVersion.of("1.36.1");
  static final Instant START = Instant.parse("2026-07-03T09:13:59.300254Z");

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
        "cilium",
        AutoscalerConfig.DEFAULT,
        AutoUpgrade.DEFAULT,
        List.of(),
        List.of(),
        OpenIdConnect.NONE,
        List.of(),
        new UUID(7, 1),
        "100.64.0.0/15",
        "10.32.0.0/20",
        "10.32.0.10");
  }

  static PoolSpec poolSpec(String name) {
    return poolSpec(name, "1.35.3");
  }

  static PoolSpec poolSpec(String name, String version) {
    return new PoolSpec(
        name,
        KubernetesVersion.of(version),
        "pro2_xxs",
        null,
        false,
        2,
        0,
        5,
        "containerd",
        true,
        List.of(),
        Map.of(),
        UpgradePolicy.DEFAULT,
        "fr-par-1",
        "sbs_5k",
        20_000_000_000L,
        false,
        new UUID(8, 1),
        Map.of("team", "blue"),
        List.of(),
        List.of(),
        null,
        Map.of("cloud-init", "I2Nsb3VkLWNvbmZpZw=="));
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
    return new PoolCreationStarted(CLUSTER, pool, OPERATION, 1, "prod", poolSpec("default"), true);
  }

  /** One of each, for {@link #CLUSTER} and {@link #POOL}. */
  static Map<String, ClusterEvent> clusterEvents() {
    PoolSpec before = poolSpec("default");
    PoolSpec after = before.with(PoolChange.ofLabels(Map.of("team", "red")));
    ClusterSpec spec = clusterSpec("prod", ClusterType.KAPSULE, "1.35.3");
    ClusterSpec renamed = clusterSpec("renamed", ClusterType.KAPSULE, "1.35.3");
    List<OperationId> concerns = List.of(OPERATION);
    List<ClusterEvent> all =
        List.of(
            clusterStarted(ClusterType.KAPSULE),
            new ClusterCreationFinished(CLUSTER, OPERATION),
            new ClusterCreationFailed(CLUSTER, OPERATION, "no capacity"),
            new ClusterUpdateStarted(CLUSTER, OPERATION, PROJECT, REGION, 2, spec, renamed),
            new ClusterUpdateFinished(CLUSTER, OPERATION),
            new ClusterUpdateFailed(CLUSTER, OPERATION, "not updated"),
            new ClusterTypeChangeStarted(
                CLUSTER, OPERATION, REGION, 2, spec, spec.of(ClusterType.KAPSULE_DEDICATED_4)),
            new ClusterTypeChangeFinished(CLUSTER, OPERATION),
            new ClusterTypeChangeFailed(CLUSTER, OPERATION, "type not changed"),
            new ClusterUpgradeStarted(
                CLUSTER,
                OPERATION,
                REGION,
                2,
                spec,
                spec.at(NEXT),
                spec.version(),
                List.of(new Plan.PoolRun(POOL, POOL_RUN))),
            new ControlPlaneUpgraded(CLUSTER, OPERATION, spec.version(), NEXT, List.of()),
            new ClusterUpgradeFinished(CLUSTER, OPERATION),
            new ClusterUpgradeFailed(CLUSTER, OPERATION, "not upgraded"),
            new AclChangeStarted(
                CLUSTER, OPERATION, 2, List.of(AclRule.initial(CLUSTER)), List.of(RULE), List.of()),
            new AclChangeFinished(CLUSTER, OPERATION),
            new AclChangeFailed(CLUSTER, OPERATION, "rules not in force"),
            new AdminTokenResetStarted(CLUSTER, OPERATION),
            new AdminTokenResetFinished(CLUSTER, OPERATION),
            new AdminTokenResetFailed(CLUSTER, OPERATION, "token not reset"),
            poolStarted(POOL),
            new PoolCreationFinished(CLUSTER, POOL, OPERATION),
            new PoolCreationFailed(CLUSTER, POOL, OPERATION, "no quota"),
            new PoolUpdateStarted(
                CLUSTER,
                POOL,
                OPERATION,
                OperationKind.UPDATE,
                2,
                "prod",
                before,
                after,
                List.of(),
                List.of()),
            new PoolUpdateFinished(CLUSTER, POOL, OPERATION),
            new PoolUpdateFailed(CLUSTER, POOL, OPERATION, "stuck"),
            new PoolUpgradeStarted(
                CLUSTER, POOL, OPERATION, null, 2, "prod", before, before.at(NEXT), List.of()),
            new PoolUpgradeFinished(CLUSTER, POOL, OPERATION, null),
            new PoolUpgradeFailed(CLUSTER, POOL, OPERATION, null, "not drained"),
            new NodeReplacementStarted(CLUSTER, POOL, NODE, OPERATION, 2, "prod", before),
            new NodeReplacementFinished(CLUSTER, POOL, NODE, OPERATION),
            new NodeReplacementFailed(CLUSTER, POOL, NODE, OPERATION, "no successor"),
            new PoolDeletionStarted(CLUSTER, POOL, OPERATION, false, List.of()),
            new PoolDeletionFinished(CLUSTER, POOL, OPERATION),
            new PoolDeletionFailed(CLUSTER, POOL, OPERATION, "undrained"),
            new ClusterDeletionStarted(CLUSTER, DELETION, true, List.of(POOL), List.of(OPERATION)),
            new ClusterDeletionFinished(CLUSTER, DELETION, PROJECT, "prod"),
            new ClusterDeletionFailed(CLUSTER, DELETION, "still there"),
            new ControlPlaneObserved(
                CLUSTER, concerns, new ObservedControlPlane(1, Replicas.NONE, List.of())),
            new ComponentsObserved(CLUSTER, concerns, new ObservedComponents(1, Map.of())),
            new PoolObserved(CLUSTER, POOL, concerns, null),
            new AdditionalResourcesObserved(CLUSTER, concerns, List.of()),
            new ClusterGoneObserved(CLUSTER, concerns));
    return named(all);
  }

  /** One of each, for {@link #OPERATION}. */
  static Map<String, OperationEvent> operationEvents() {
    Target target = Target.pool(POOL);
    return named(
        List.of(
            deletionStarted(),
            new StepStarted(OPERATION, CLUSTER, "pools"),
            new StepFinished(OPERATION, CLUSTER, OperationKind.DELETE, "pools"),
            new ControlPlaneRequested(OPERATION, CLUSTER, 1, clusterDocument()),
            new ComponentsRequested(OPERATION, CLUSTER, 1, componentsDocument()),
            new PoolRequested(OPERATION, CLUSTER, 1, poolDocument()),
            new AclRequested(OPERATION, CLUSTER, 1, new AclDocument(CLUSTER, 2, List.of(RULE))),
            new NodeRebootRequested(OPERATION, CLUSTER, 1, POOL, NODE),
            new AdminTokenResetRequested(OPERATION, CLUSTER, 1),
            new RunAwaited(OPERATION, CLUSTER, target, POOL_RUN),
            new NodesPlanned(OPERATION, CLUSTER, POOL, List.of(NODE)),
            new NodesChosen(OPERATION, CLUSTER, POOL, List.of(NODE)),
            new PoolRemovalRequested(OPERATION, CLUSTER, 1, POOL),
            new AdditionalResourcesRemovalRequested(OPERATION, CLUSTER, 1),
            new ClusterRemovalRequested(OPERATION, CLUSTER, 1),
            new WishAnswered(OPERATION, CLUSTER, target, 1, new Answer.Accepted("uid", 1)),
            new TargetProgressed(OPERATION, CLUSTER, target, "1 of 2 nodes left"),
            new TargetBlocked(OPERATION, CLUSTER, target, List.of("web-pdb needs 2 pods")),
            new TargetConverged(OPERATION, CLUSTER, OperationKind.DELETE, target),
            new TargetFailed(OPERATION, CLUSTER, OperationKind.DELETE, target, "stuck"),
            new TargetWithdrawn(OPERATION, CLUSTER, target, "not wanted any more"),
            new TimerSet(OPERATION, CLUSTER, "progress", 1, Duration.ofMinutes(10)),
            new DecisionMade(
                OPERATION, CLUSTER, "progress", 1, Verdict.HELD, Map.of(), "not heard of"),
            new OperationFinished(OPERATION, CLUSTER, OperationKind.DELETE),
            new OperationFailed(OPERATION, CLUSTER, OperationKind.DELETE, "nothing moved"),
            new OperationCancelled(OPERATION, CLUSTER, "superseded")));
  }

  static OperationStarted deletionStarted() {
    return new OperationStarted(
        OPERATION, CLUSTER, new Plan.DeleteCluster(CLUSTER, List.of(POOL), true));
  }

  static ClusterDocument clusterDocument() {
    return new ClusterDocument(
        CLUSTER,
        1,
        "prod",
        REGION,
        "kapsule",
        KubernetesVersion.of("1.35.3"),
        1,
        "cilium",
        List.of(),
        List.of(),
        OpenIdConnect.NONE,
        List.of(),
        "100.64.0.0/15",
        "10.32.0.0/20",
        "10.32.0.10",
        null);
  }

  static ComponentsDocument componentsDocument() {
    return new ComponentsDocument(CLUSTER, 1, KubernetesVersion.of("1.35.3"), List.of());
  }

  static PoolDocument poolDocument() {
    return new PoolDocument(
        CLUSTER,
        POOL,
        1,
        "prod",
        "default",
        KubernetesVersion.of("1.35.3"),
        "pro2_xxs",
        "fr-par-1",
        2,
        "containerd",
        "sbs_5k",
        20_000_000_000L,
        false,
        new UUID(8, 1),
        null,
        null,
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        Map.of("cloud-init", "I2Nsb3VkLWNvbmZpZw=="),
        0,
        List.of());
  }

  static ClusterEvent clusterEvent(String name) {
    return requireNonNull(clusterEvents().get(name), name);
  }

  static <E> Map<String, E> named(List<E> events) {
    return events.stream().collect(Collectors.toMap(e -> e.getClass().getSimpleName(), e -> e));
  }

  static ObservedNode observed(NodeId node, String name, ObservedNode.Phase phase) {
    return observed(node, name, "1.35.3", phase);
  }

  static ObservedNode observed(NodeId node, String name, String version, ObservedNode.Phase phase) {
    return new ObservedNode(
        node,
        POOL,
        name,
        KubernetesVersion.of(version),
        phase,
        "scaleway://instance/fr-par-1/" + node,
        Map.of("Ready", "True"),
        "",
        "boot-1");
  }
}
