package io.keelson.adapters.provisioning;

import io.keelson.commands.AclRule;
import io.keelson.commands.AclRuleId;
import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.OpenIdConnect;
import io.keelson.commands.PoolId;
import io.keelson.commands.provisioning.AclDocument;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.ComponentsDocument;
import io.keelson.commands.provisioning.PoolDocument;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Documents as they might be asked for. */
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

  /** Three replicas whose API servers are started with that. */
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
        "cilium",
        featureGates,
        admissionPlugins,
        openIdConnect,
        certSans,
        "100.64.0.0/15",
        "10.32.0.0/20",
        "10.32.0.10",
        null);
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
        "dev1_m",
        "fr-par-1",
        size,
        "containerd",
        "l_ssd",
        40_000_000_000L,
        false,
        new UUID(1, 1),
        null,
        null,
        Map.of(),
        labels,
        List.of(),
        List.of(),
        Map.of(),
        0,
        List.of());
  }

  /** The same with nodes that are to go, and a limit to all machines; 0: none. */
  public static PoolDocument rolling(PoolDocument pool, int most, List<NodeId> unwanted) {
    return new PoolDocument(
        pool.cluster(),
        pool.pool(),
        pool.generation(),
        pool.clusterName(),
        pool.name(),
        pool.version(),
        pool.nodeType(),
        pool.zone(),
        pool.size(),
        pool.containerRuntime(),
        pool.rootVolumeType(),
        pool.rootVolumeSize(),
        pool.publicIpDisabled(),
        pool.securityGroupId(),
        pool.placementGroupId(),
        pool.privateNetworkId(),
        pool.kubeletArgs(),
        pool.labels(),
        pool.taints(),
        pool.startupTaints(),
        pool.userData(),
        most,
        unwanted);
  }

  public static AclDocument acl(ClusterId cluster, long generation, String ip) {
    return new AclDocument(
        cluster, generation, List.of(new AclRule(new AclRuleId(UUID.randomUUID()), ip, false, "")));
  }
}
