package io.keelson.adapters.provisioning;

import io.keelson.commands.AclRule;
import io.keelson.commands.AclRuleId;
import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.OpenIdConnect;
import io.keelson.commands.OperationId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.SecretRef;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.cluster.AccessRulesEvent.AclChangeStarted;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionFinished;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpdateStarted;
import io.keelson.commands.operation.ControlPlaneTarget;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.operation.RequestEvent.ControlPlaneRequested;
import io.keelson.commands.operation.RequestEvent.PoolRequested;
import io.keelson.commands.pool.PoolEvent.PoolCreationStarted;
import io.keelson.commands.pool.PoolEvent.PoolUpdateStarted;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeStarted;
import io.keelson.commands.provisioning.AdditionalResource;
import io.keelson.commands.provisioning.Condition;
import io.keelson.commands.provisioning.Observation;
import io.keelson.commands.provisioning.ObservedCluster;
import io.keelson.commands.provisioning.ObservedComponents;
import io.keelson.commands.provisioning.ObservedControlPlane;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedPool;
import io.keelson.commands.provisioning.Replicas;
import io.keelson.commands.spec.ApiServerSettings;
import io.keelson.commands.spec.AutoUpgrade;
import io.keelson.commands.spec.AutoscalerConfig;
import io.keelson.commands.spec.ClusterChange;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Events of one cluster with one pool, and what the provider may show of them. */
final class Facts {

  static final KubernetesVersion OLD = KubernetesVersion.of("1.35.3");
  static final KubernetesVersion NEW = KubernetesVersion.of("1.36.1");
  static final PoolChange NO_CHANGE = PoolChange.ofLabels(Map.of());

  final ClusterId cluster = new ClusterId(UUID.randomUUID());
  final PoolId pool = new PoolId(UUID.randomUUID());
  final OperationId creation = run();

  static OperationId run() {
    return new OperationId(UUID.randomUUID());
  }

  static NodeId newNode() {
    return new NodeId(UUID.randomUUID());
  }

  static ClusterSpec clusterSpec() {
    return new ClusterSpec(
        "alpha",
        "",
        List.of(),
        ClusterType.KAPSULE_DEDICATED_4,
        OLD,
        new ClusterNetwork("cilium", null, "100.64.0.0/15", "10.32.0.0/20", "10.32.0.10"),
        new ApiServerSettings(List.of(), List.of(), OpenIdConnect.NONE, List.of()),
        AutoscalerConfig.DEFAULT,
        AutoUpgrade.DEFAULT);
  }

  static PoolSpec poolSpec(Map<String, SecretRef> userData) {
    return new PoolSpec(
        "workers",
        OLD,
        new MachineTemplate(
            "dev1_m",
            "fr-par-1",
            "containerd",
            new RootVolume("l_ssd", 40_000_000_000L),
            new MachineNetwork(false, new UUID(1, 1), null, null),
            userData),
        new PoolScaling(false, 2, 0, 10),
        new NodeSettings(Map.of(), Map.of(), List.of(), List.of()),
        UpgradePolicy.DEFAULT,
        false,
        List.of());
  }

  ClusterCreationStarted clusterCreation() {
    return new ClusterCreationStarted(
        cluster,
        creation,
        new OrganizationId(new UUID(2, 2)),
        new ProjectId(new UUID(3, 3)),
        "fr-par",
        clusterSpec(),
        List.of(target(1, 2)));
  }

  PoolCreationStarted poolCreation() {
    return poolCreation(Map.of());
  }

  PoolCreationStarted poolCreation(Map<String, SecretRef> userData) {
    return new PoolCreationStarted(cluster, pool, creation, 1, poolSpec(userData), true);
  }

  PoolTarget target(long generation, int size) {
    return new PoolTarget(pool, generation, size, OLD);
  }

  PoolUpdateStarted poolUpdate(
      OperationId run, long generation, String label, OperationId... superseded) {
    return new PoolUpdateStarted(
        cluster,
        pool,
        run,
        OperationKind.UPDATE,
        target(generation, 2),
        NO_CHANGE,
        PoolChange.ofLabels(Map.of("label", label)),
        List.of(),
        Arrays.asList(superseded));
  }

  PoolUpgradeStarted poolUpgrade(OperationId run, long generation) {
    return new PoolUpgradeStarted(
        cluster,
        pool,
        run,
        null,
        new PoolTarget(pool, generation, 2, NEW),
        OLD,
        UpgradePolicy.DEFAULT,
        List.of());
  }

  AclChangeStarted aclChange(OperationId run, long generation, String ip) {
    return new AclChangeStarted(cluster, run, generation, List.of(), List.of(rule(ip)), List.of());
  }

  static AclRule rule(String ip) {
    return new AclRule(new AclRuleId(new UUID(4, 4)), ip, false, "");
  }

  ClusterUpdateStarted rename(OperationId run, String name) {
    return new ClusterUpdateStarted(
        cluster,
        run,
        new ProjectId(new UUID(3, 3)),
        new ControlPlaneTarget(2, OLD, 3),
        named("alpha"),
        named(name));
  }

  private static ClusterChange named(String name) {
    return new ClusterChange(name, null, null, null, null, null, null, null, null);
  }

  ClusterDeletionFinished deletion() {
    return new ClusterDeletionFinished(cluster, run(), new ProjectId(new UUID(3, 3)), "alpha");
  }

  ControlPlaneRequested controlPlaneRequest() {
    return new ControlPlaneRequested(creation, cluster, 1);
  }

  PoolRequested poolRequest(OperationId run, long generation, NodeId... nodesToRemove) {
    return new PoolRequested(run, cluster, pool, generation, 2, 3, Arrays.asList(nodesToRemove));
  }

  static ObservedControlPlane controlPlane(int ready, Condition... conditions) {
    return new ObservedControlPlane(
        1, new Replicas(3, 3, ready, ready, 3, Map.of(OLD, 3)), Arrays.asList(conditions));
  }

  static Condition is(String type, String status) {
    return new Condition(type, status, type, "");
  }

  ObservedPool observedPool(int ready, String... blockedReasons) {
    return new ObservedPool(
        pool,
        1,
        new Replicas(2, 2, ready, ready, 2, Map.of(OLD, 2)),
        List.of(is("Available", "True"), is("ScalingUp", ready < 2 ? "True" : "False")),
        Arrays.asList(blockedReasons));
  }

  ObservedNode observedNode(NodeId node, NodePhase phase) {
    return observedNode(node, phase, "");
  }

  ObservedNode observedNode(NodeId node, NodePhase phase, String message) {
    return new ObservedNode(node, pool, "n", OLD, phase, "", Map.of(), message, "boot");
  }

  Observation shows(int ready, ObservedNode... nodes) {
    return new Observation.Present(observed(ready, nodes));
  }

  ObservedCluster observed(int ready, ObservedNode... nodes) {
    return new ObservedCluster(
        cluster,
        "uid",
        false,
        controlPlane(ready, is("Available", "True")),
        new ObservedComponents(1, Map.of("coredns", true)),
        List.of(observedPool(ready)),
        Arrays.asList(nodes),
        List.of(new AdditionalResource(new UUID(5, 5), "volume", "data")));
  }
}
