package io.keelson.commands.cluster;

import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.cluster.ClusterEvent.OfOperation;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.spec.ClusterSpec;
import java.util.List;

/** How a cluster begins and ends. */
public sealed interface ClusterLifeEvent extends ClusterEvent, OfOperation {

  /**
   * A cluster is being created. Its first pools follow in the same transaction, each with an event
   * of its own.
   *
   * @param pools what its first pools are to converge to
   */
  record ClusterCreationStarted(
      ClusterId clusterId,
      OperationId operation,
      OrganizationId organization,
      ProjectId project,
      String region,
      ClusterSpec spec,
      List<PoolTarget> pools)
      implements ClusterLifeEvent {

    public ClusterCreationStarted {
      pools = List.copyOf(pools);
    }
  }

  /** The control plane and its system components are in service. */
  record ClusterCreationFinished(ClusterId clusterId, OperationId operation)
      implements ClusterLifeEvent {}

  /** The cluster cannot be brought into service; it can only be deleted. */
  record ClusterCreationFailed(ClusterId clusterId, OperationId operation, String reason)
      implements ClusterLifeEvent {}

  /**
   * The cluster is being deleted.
   *
   * @param superseded the runs that it ends
   */
  record ClusterDeletionStarted(
      ClusterId clusterId,
      OperationId operation,
      boolean withAdditionalResources,
      List<PoolId> pools,
      List<OperationId> superseded)
      implements ClusterLifeEvent {

    public ClusterDeletionStarted {
      pools = List.copyOf(pools);
      superseded = List.copyOf(superseded);
    }
  }

  /**
   * The cluster is deleted, and its name is free.
   *
   * @param project together with {@code name}: what is free again
   */
  record ClusterDeletionFinished(
      ClusterId clusterId, OperationId operation, ProjectId project, String name)
      implements ClusterLifeEvent {}

  /** The provider did not release the cluster in time; deletion can be requested again. */
  record ClusterDeletionFailed(ClusterId clusterId, OperationId operation, String reason)
      implements ClusterLifeEvent {}
}
