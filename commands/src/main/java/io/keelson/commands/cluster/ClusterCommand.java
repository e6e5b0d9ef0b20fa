package io.keelson.commands.cluster;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Command;
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
