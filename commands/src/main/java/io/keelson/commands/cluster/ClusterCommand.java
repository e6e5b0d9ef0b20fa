package io.keelson.commands.cluster;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Command;
import io.keelson.commands.OperationId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.Taint;
import io.keelson.commands.provisioning.ObservedCluster;
import java.util.List;
import java.util.Map;

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

  /** The control plane or its components will not come. */
  record FailClusterCreation(ClusterId clusterId, OperationId operation, String reason)
      implements ClusterCommand {}

  /** All nodes of a new pool are there. */
  record FinishPoolCreation(ClusterId clusterId, PoolId pool, OperationId operation)
      implements ClusterCommand {}

  /** A new pool will not come to its size. */
  record FailPoolCreation(ClusterId clusterId, PoolId pool, OperationId operation, String reason)
      implements ClusterCommand {}

  /** Replaces all labels of a pool. */
  record SetPoolLabels(
      ClusterId clusterId, PoolId pool, OperationId operation, Map<String, String> labels)
      implements ClusterCommand {

    public SetPoolLabels {
      labels = Map.copyOf(labels);
    }
  }

  /** Replaces all taints of a pool. */
  record SetPoolTaints(ClusterId clusterId, PoolId pool, OperationId operation, List<Taint> taints)
      implements ClusterCommand {

    public SetPoolTaints {
      taints = List.copyOf(taints);
    }
  }

  /** Replaces all startup taints of a pool. */
  record SetPoolStartupTaints(
      ClusterId clusterId, PoolId pool, OperationId operation, List<Taint> startupTaints)
      implements ClusterCommand {

    public SetPoolStartupTaints {
      startupTaints = List.copyOf(startupTaints);
    }
  }

  /** A pool's changed document is in force. */
  record FinishPoolUpdate(ClusterId clusterId, PoolId pool, OperationId operation)
      implements ClusterCommand {}

  /** A pool's changed document will not come into force. */
  record FailPoolUpdate(ClusterId clusterId, PoolId pool, OperationId operation, String reason)
      implements ClusterCommand {}

  /** Deletes a cluster, from any state; what still runs for it ends. */
  record DeleteCluster(ClusterId clusterId, OperationId operation, boolean withAdditionalResources)
      implements ClusterCommand {}

  /** Nothing of it is left at the provider. */
  record FinishClusterDeletion(ClusterId clusterId, OperationId operation)
      implements ClusterCommand {}

  /** The provider did not let go of it in time; deletion can be asked for again. */
  record FailClusterDeletion(ClusterId clusterId, OperationId operation, String reason)
      implements ClusterCommand {}

  /** What the provider shows; nodes are recorded on their own. */
  record RecordClusterObserved(ClusterId clusterId, ObservedCluster observed)
      implements ClusterCommand {}

  /** The provider does not know the cluster. */
  record RecordClusterGone(ClusterId clusterId) implements ClusterCommand {}
}
