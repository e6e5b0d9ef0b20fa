package io.keelson.sagas.operation;

import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterEvent.AclChangeStarted;
import io.keelson.commands.cluster.ClusterEvent.AdminTokenResetStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterTypeChangeStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpdateStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpgradeStarted;
import io.keelson.commands.cluster.ClusterEvent.NodeReplacementStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeStarted;
import io.keelson.commands.cluster.ClusterSpec;
import io.keelson.commands.cluster.PoolSpec;
import io.keelson.commands.node.NodeEvent.NodeRebootStarted;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.provisioning.AclDocument;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.ComponentsDocument;
import io.keelson.commands.provisioning.PoolDocument;
import java.util.ArrayList;
import java.util.List;

/** What a run should do, from the event that asks for it: the whole desired documents. */
final class Plans {

  /** Of a cluster's and a pool's first documents. */
  private static final long FIRST_GENERATION = 1;

  /** In every cluster, whatever its network. */
  private static final List<String> SYSTEM_COMPONENTS =
      List.of("coredns", "csi", "konnectivity-agent", "kube-proxy", "metrics-server");

  private Plans() {}

  static Plan of(ClusterCreationStarted e) {
    return new Plan.CreateCluster(
        controlPlane(e.clusterId(), FIRST_GENERATION, e.region(), e.spec()),
        new ComponentsDocument(
            e.clusterId(), FIRST_GENERATION, e.spec().version(), components(e.spec().cni())),
        e.pools().stream()
            .map(
                pool ->
                    document(
                        e.clusterId(),
                        e.spec().name(),
                        pool.id(),
                        FIRST_GENERATION,
                        pool.spec(),
                        List.of()))
            .toList());
  }

  static Plan of(PoolCreationStarted e) {
    return new Plan.CreatePool(
        document(e.clusterId(), e.clusterName(), e.pool(), e.generation(), e.spec(), List.of()));
  }

  static Plan of(PoolUpdateStarted e) {
    PoolDocument document =
        document(e.clusterId(), e.clusterName(), e.pool(), e.generation(), e.after(), e.unwanted());
    return e.kind() == OperationKind.SCALE
        ? new Plan.ScalePool(document)
        : new Plan.UpdatePool(document);
  }

  static Plan of(PoolUpgradeStarted e) {
    return new Plan.UpgradePool(
        document(e.clusterId(), e.clusterName(), e.pool(), e.generation(), e.after(), List.of()),
        e.before().version(),
        e.after().upgradePolicy());
  }

  static Plan of(NodeReplacementStarted e) {
    return new Plan.ReplaceNode(
        document(e.clusterId(), e.clusterName(), e.pool(), e.generation(), e.spec(), List.of()),
        e.node(),
        e.spec().upgradePolicy());
  }

  static Plan of(NodeRebootStarted e) {
    return new Plan.RebootNode(e.clusterId(), e.pool(), e.nodeId());
  }

  static Plan of(ClusterUpdateStarted e) {
    return new Plan.UpdateCluster(
        controlPlane(e.clusterId(), e.generation(), e.region(), e.after()));
  }

  static Plan of(ClusterTypeChangeStarted e) {
    return new Plan.SetClusterType(
        controlPlane(e.clusterId(), e.generation(), e.region(), e.after()));
  }

  static Plan of(ClusterUpgradeStarted e) {
    return new Plan.UpgradeCluster(
        controlPlane(e.clusterId(), e.generation(), e.region(), e.after()),
        new ComponentsDocument(
            e.clusterId(), e.generation(), e.after().version(), components(e.after().cni())),
        e.before().version(),
        e.oldestNode(),
        e.pools());
  }

  static Plan of(AclChangeStarted e) {
    return new Plan.SetAcl(new AclDocument(e.clusterId(), e.generation(), e.after()));
  }

  static Plan of(AdminTokenResetStarted e) {
    return new Plan.ResetAdminToken(e.clusterId());
  }

  static Plan of(PoolDeletionStarted e) {
    return new Plan.DeletePool(e.clusterId(), e.pool());
  }

  static Plan of(ClusterDeletionStarted e) {
    return new Plan.DeleteCluster(e.clusterId(), e.pools(), e.withAdditionalResources());
  }

  private static ClusterDocument controlPlane(
      ClusterId cluster, long generation, String region, ClusterSpec spec) {
    return new ClusterDocument(
        cluster,
        generation,
        spec.name(),
        region,
        spec.type().toString(),
        spec.version(),
        spec.type().controlPlaneReplicas(),
        spec.cni(),
        spec.featureGates(),
        spec.admissionPlugins(),
        spec.openIdConnect(),
        spec.apiserverCertSans(),
        spec.podCidr(),
        spec.serviceCidr(),
        spec.serviceDnsIp(),
        spec.privateNetworkId());
  }

  /** A cluster without a network of ours brings its own. */
  private static List<String> components(String cni) {
    List<String> components = new ArrayList<>(SYSTEM_COMPONENTS);
    if (!cni.equals("none")) {
      components.add("cni-" + cni);
    }
    return components;
  }

  private static PoolDocument document(
      ClusterId cluster,
      String clusterName,
      PoolId pool,
      long generation,
      PoolSpec spec,
      List<NodeId> unwanted) {
    return new PoolDocument(
        cluster,
        pool,
        generation,
        clusterName,
        spec.name(),
        spec.version(),
        spec.nodeType(),
        spec.zone(),
        spec.size(),
        spec.containerRuntime(),
        spec.rootVolumeType(),
        spec.rootVolumeSize(),
        spec.publicIpDisabled(),
        spec.securityGroupId(),
        spec.placementGroupId(),
        spec.privateNetworkId(),
        spec.kubeletArgs(),
        spec.labels(),
        spec.taints(),
        spec.startupTaints(),
        spec.userData(),
        0,
        unwanted);
  }
}
