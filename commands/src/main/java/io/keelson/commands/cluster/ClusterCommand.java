package io.keelson.commands.cluster;

import io.keelson.commands.AclRule;
import io.keelson.commands.AclRuleId;
import io.keelson.commands.ClusterId;
import io.keelson.commands.Command;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.provisioning.ObservedCluster;
import java.util.List;

/** What can be asked of one cluster and its pools. */
public sealed interface ClusterCommand extends Command {

  ClusterId clusterId();

  @Override
  default ClusterId stream() {
    return clusterId();
  }

  /** Creates a cluster with its first pools; the same command again changes nothing. */
  record CreateCluster(
      ClusterId clusterId,
      OperationId operation,
      OrganizationId organization,
      ProjectId project,
      String region,
      ClusterSpec spec,
      List<Pool> pools)
      implements ClusterCommand {

    public CreateCluster {
      pools = List.copyOf(pools);
    }
  }

  /** The control plane and its components are there. */
  record FinishClusterCreation(ClusterId clusterId, OperationId operation)
      implements ClusterCommand {}

  /** A creation has failed: of the cluster if it is that one's, of each pool that it still owes. */
  record FailClusterCreation(ClusterId clusterId, OperationId operation, String reason)
      implements ClusterCommand {}

  /** All nodes of a new pool are there. */
  record FinishPoolCreation(ClusterId clusterId, PoolId pool, OperationId operation)
      implements ClusterCommand {}

  /** A new pool will not come to its size. */
  record FailPoolCreation(ClusterId clusterId, PoolId pool, OperationId operation, String reason)
      implements ClusterCommand {}

  /** Changes a cluster; what it is asked to be already is brought into force once more. */
  record UpdateCluster(ClusterId clusterId, OperationId operation, ClusterChange change)
      implements ClusterCommand {}

  /** Moves a cluster to another type of its family. */
  record SetClusterType(ClusterId clusterId, OperationId operation, ClusterType type)
      implements ClusterCommand {}

  /** Moves the control plane to a later patch or the next minor, and then, if asked, all pools. */
  record UpgradeCluster(
      ClusterId clusterId, OperationId operation, KubernetesVersion target, boolean upgradePools)
      implements ClusterCommand {}

  /** Control plane and system components have the new version. */
  record FinishControlPlaneUpgrade(ClusterId clusterId, OperationId operation)
      implements ClusterCommand {}

  /** What was asked of the cluster as a whole (other than its creation or deletion) is done. */
  record FinishClusterChange(ClusterId clusterId, OperationId operation)
      implements ClusterCommand {}

  /** What was asked of the cluster as a whole (other than its creation or deletion) has failed. */
  record FailClusterChange(ClusterId clusterId, OperationId operation, String reason)
      implements ClusterCommand {}

  /** Replaces all rules of the access to the API server. */
  record SetAclRules(ClusterId clusterId, OperationId operation, List<AclRule> rules)
      implements ClusterCommand {

    public SetAclRules {
      rules = List.copyOf(rules);
    }
  }

  /** Adds rules of the access to the API server; the same command again changes nothing. */
  record AddAclRules(ClusterId clusterId, OperationId operation, List<AclRule> rules)
      implements ClusterCommand {

    public AddAclRules {
      rules = List.copyOf(rules);
    }
  }

  /** Deletes one rule of the access to the API server. */
  record DeleteAclRule(ClusterId clusterId, OperationId operation, AclRuleId rule)
      implements ClusterCommand {}

  /** Makes another administrator's credential; nothing while that is under way already. */
  record ResetAdminToken(ClusterId clusterId, OperationId operation) implements ClusterCommand {}

  /** Adds a pool to a running cluster; the same command again changes nothing. */
  record CreatePool(ClusterId clusterId, OperationId operation, Pool pool)
      implements ClusterCommand {}

  /** Changes a pool; the newest change of its size supersedes those that still run. */
  record UpdatePool(ClusterId clusterId, PoolId pool, OperationId operation, PoolChange change)
      implements ClusterCommand {}

  /** A pool's changed document is in force. */
  record FinishPoolUpdate(ClusterId clusterId, PoolId pool, OperationId operation)
      implements ClusterCommand {}

  /** A pool's changed document will not come into force. */
  record FailPoolUpdate(ClusterId clusterId, PoolId pool, OperationId operation, String reason)
      implements ClusterCommand {}

  /**
   * Replaces every node of a pool by one of that version, which must be its cluster's: that of the
   * pool already moves it to the latest image.
   */
  record UpgradePool(
      ClusterId clusterId, PoolId pool, OperationId operation, KubernetesVersion target)
      implements ClusterCommand {}

  /** Every node of the pool has been replaced. */
  record FinishPoolUpgrade(ClusterId clusterId, PoolId pool, OperationId operation)
      implements ClusterCommand {}

  /** Not every node of the pool could be replaced. */
  record FailPoolUpgrade(ClusterId clusterId, PoolId pool, OperationId operation, String reason)
      implements ClusterCommand {}

  /** Replaces one node by a new one; the pool keeps its size. */
  record ReplaceNode(ClusterId clusterId, PoolId pool, NodeId node, OperationId operation)
      implements ClusterCommand {}

  /** The node's successor is ready, and it is gone. */
  record FinishNodeReplacement(ClusterId clusterId, PoolId pool, OperationId operation)
      implements ClusterCommand {}

  /** The node could not be replaced. */
  record FailNodeReplacement(ClusterId clusterId, PoolId pool, OperationId operation, String reason)
      implements ClusterCommand {}

  /**
   * Deletes one node: the pool has one less from then on. A node that was removed before is not
   * counted again.
   */
  record RemoveNode(ClusterId clusterId, PoolId pool, NodeId node, OperationId operation)
      implements ClusterCommand {}

  /** Deletes a pool, from any state of it; what still runs for it ends. */
  record DeletePool(ClusterId clusterId, PoolId pool, OperationId operation)
      implements ClusterCommand {}

  /** Nothing of a pool is left at the provider. */
  record FinishPoolDeletion(ClusterId clusterId, PoolId pool, OperationId operation)
      implements ClusterCommand {}

  /** Deletes a cluster, from any state; what still runs for it ends. */
  record DeleteCluster(ClusterId clusterId, OperationId operation, boolean withAdditionalResources)
      implements ClusterCommand {}

  /** Nothing of it is left at the provider. */
  record FinishClusterDeletion(ClusterId clusterId, OperationId operation)
      implements ClusterCommand {}

  /**
   * The provider did not let go in time of the cluster, if the deletion is that one's, or of the
   * pool that it still owes; it can be asked for again.
   */
  record FailClusterDeletion(ClusterId clusterId, OperationId operation, String reason)
      implements ClusterCommand {}

  /** What the provider shows; nodes are recorded on their own. */
  record RecordClusterObserved(ClusterId clusterId, ObservedCluster observed)
      implements ClusterCommand {}

  /** The provider does not know the cluster. */
  record RecordClusterGone(ClusterId clusterId) implements ClusterCommand {}
}
