package io.keelson.adapters.provisioning;

import io.keelson.commands.AclRule;
import io.keelson.commands.AclRuleId;
import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.OpenIdConnect;
import io.keelson.commands.PoolId;
import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;
import io.keelson.commands.operation.ComponentsTarget;
import io.keelson.commands.operation.ControlPlaneTarget;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.provisioning.AclDocument;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.ComponentsDocument;
import io.keelson.commands.provisioning.PoolDocument;
import io.keelson.commands.spec.ApiServerSettings;
import io.keelson.commands.spec.ClusterNetwork;
import io.keelson.commands.spec.MachineNetwork;
import io.keelson.commands.spec.MachineTemplate;
import io.keelson.commands.spec.NodeSettings;
import io.keelson.commands.spec.RootVolume;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Desired documents, and the targets that they set. */
public final class Documents {

  public static final KubernetesVersion OLD = KubernetesVersion.of("1.35.3");
  public static final KubernetesVersion NEW = KubernetesVersion.of("1.36.1");

  private Documents() {}

  public static ClusterId newCluster() {
    return new ClusterId(UUID.randomUUID());
  }

  public static PoolId newPool() {
    return new PoolId(UUID.randomUUID());
  }

  public static ClusterDocument controlPlane(ClusterId cluster, long generation, int replicas) {
    return controlPlane(cluster, generation, replicas, OLD);
  }

  public static ClusterDocument controlPlane(
      ClusterId cluster, long generation, int replicas, KubernetesVersion version) {
    return controlPlane(
        cluster,
        generation,
        replicas,
        version,
        List.of(),
        List.of(),
        OpenIdConnect.NONE,
        List.of());
  }

  /** Three replicas whose API servers are configured with that. */
  public static ClusterDocument startedWith(
      ClusterId cluster,
      long generation,
      List<String> featureGates,
      List<String> admissionPlugins,
      OpenIdConnect openIdConnect,
      List<String> certSans) {
    return controlPlane(
        cluster, generation, 3, OLD, featureGates, admissionPlugins, openIdConnect, certSans);
  }

  private static ClusterDocument controlPlane(
      ClusterId cluster,
      long generation,
      int replicas,
      KubernetesVersion version,
      List<String> featureGates,
      List<String> admissionPlugins,
      OpenIdConnect openIdConnect,
      List<String> certSans) {
    return new ClusterDocument(
        cluster,
        generation,
        "a-cluster-with-a-long-name",
        "fr-par",
        replicas == 1 ? "kapsule" : "kapsule-dedicated-4",
        version,
        replicas,
        new ClusterNetwork("cilium", null, "100.64.0.0/15", "10.32.0.0/20", "10.32.0.10"),
        new ApiServerSettings(featureGates, admissionPlugins, openIdConnect, certSans));
  }

  public static ComponentsDocument components(ClusterId cluster, long generation) {
    return new ComponentsDocument(
        cluster, generation, OLD, List.of("cni-cilium", "coredns", "kube-proxy"));
  }

  public static PoolDocument pool(ClusterId cluster, PoolId pool, long generation, int size) {
    return pool(cluster, pool, generation, size, OLD, Map.of());
  }

  public static PoolDocument pool(
      ClusterId cluster,
      PoolId pool,
      long generation,
      int size,
      KubernetesVersion version,
      Map<String, String> labels) {
    return new PoolDocument(
        cluster,
        pool,
        generation,
        "a-cluster-with-a-long-name",
        "workers",
        version,
        machine(Map.of()),
        Map.of(),
        new NodeSettings(Map.of(), labels, List.of(), List.of()),
        size,
        0,
        List.of());
  }

  private static MachineTemplate machine(Map<String, SecretRef> userData) {
    return new MachineTemplate(
        "dev1_m",
        "fr-par-1",
        "containerd",
        new RootVolume("l_ssd", 40_000_000_000L),
        new MachineNetwork(false, new UUID(1, 1), null, null),
        userData);
  }

  /** The same with nodes to remove, and a max number of machines; 0: no limit. */
  public static PoolDocument rolling(PoolDocument pool, int maxSize, List<NodeId> nodesToRemove) {
    return new PoolDocument(
        pool.cluster(),
        pool.pool(),
        pool.generation(),
        pool.clusterName(),
        pool.name(),
        pool.version(),
        pool.machine(),
        pool.userData(),
        pool.nodes(),
        pool.size(),
        maxSize,
        nodesToRemove);
  }

  /** The same under another name. */
  public static PoolDocument named(PoolDocument pool, String name) {
    return new PoolDocument(
        pool.cluster(),
        pool.pool(),
        pool.generation(),
        pool.clusterName(),
        name,
        pool.version(),
        pool.machine(),
        pool.userData(),
        pool.nodes(),
        pool.size(),
        pool.maxSize(),
        pool.nodesToRemove());
  }

  /** The same with machines that are started with this user data. */
  public static PoolDocument withUserData(PoolDocument pool, String key, String value) {
    SecretRef ref = SecretRef.of(SecretSubject.cluster(pool.cluster()), "AAAAAAAAAAAAAAAAAAAAAA");
    return new PoolDocument(
        pool.cluster(),
        pool.pool(),
        pool.generation(),
        pool.clusterName(),
        pool.name(),
        pool.version(),
        machine(Map.of(key, ref)),
        Map.of(key, value),
        pool.nodes(),
        pool.size(),
        pool.maxSize(),
        pool.nodesToRemove());
  }

  public static ControlPlaneTarget target(ClusterDocument document) {
    return new ControlPlaneTarget(
        document.generation(), document.version(), document.controlPlaneReplicas());
  }

  public static ComponentsTarget target(ComponentsDocument document) {
    return new ComponentsTarget(document.generation(), document.version(), document.components());
  }

  public static PoolTarget target(PoolDocument document) {
    return new PoolTarget(
        document.pool(), document.generation(), document.size(), document.version());
  }

  public static AclDocument acl(ClusterId cluster, long generation, String ip) {
    return new AclDocument(
        cluster, generation, List.of(new AclRule(new AclRuleId(UUID.randomUUID()), ip, false, "")));
  }
}
