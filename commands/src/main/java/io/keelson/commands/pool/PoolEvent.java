package io.keelson.commands.pool;

import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.PoolHealth;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.spec.PoolChange;
import io.keelson.commands.spec.PoolSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has happened to one pool of a cluster. */
public sealed interface PoolEvent extends ClusterEvent.OfPool {

  PoolId pool();

  /** An event of a run for the pool. */
  sealed interface OfRun extends PoolEvent, ClusterEvent.OfOperation {}

  /**
   * A pool is being created.
   *
   * @param generation of its first document
   * @param withCluster whether the creation of its cluster makes it
   */
  record PoolCreationStarted(
      ClusterId clusterId,
      PoolId pool,
      OperationId operation,
      long generation,
      PoolSpec spec,
      boolean withCluster)
      implements OfRun {}

  /** Every node of the new pool is ready. */
  record PoolCreationFinished(ClusterId clusterId, PoolId pool, OperationId operation)
      implements OfRun {}

  /** The new pool did not come to its size; the reason is shown to its owner. */
  record PoolCreationFailed(ClusterId clusterId, PoolId pool, OperationId operation, String reason)
      implements OfRun {}

  /**
   * A pool is being changed.
   *
   * @param kind {@code SCALE} where its number of nodes has to change, else {@code UPDATE}
   * @param target what it is to converge to
   * @param before the old values of what changes
   * @param after the new values of what changes
   * @param nodesToRemove those of superseded changes included
   * @param superseded the runs that it ends: what they were for is no longer desired
   */
  record PoolUpdateStarted(
      ClusterId clusterId,
      PoolId pool,
      OperationId operation,
      OperationKind kind,
      PoolTarget target,
      PoolChange before,
      PoolChange after,
      List<NodeId> nodesToRemove,
      List<OperationId> superseded)
      implements OfRun {

    public PoolUpdateStarted {
      nodesToRemove = List.copyOf(nodesToRemove);
      superseded = List.copyOf(superseded);
    }
  }

  /** The pool is as requested. */
  record PoolUpdateFinished(ClusterId clusterId, PoolId pool, OperationId operation)
      implements OfRun {}

  /** The pool could not be changed as requested; the reason is shown to its owner. */
  record PoolUpdateFailed(ClusterId clusterId, PoolId pool, OperationId operation, String reason)
      implements OfRun {}

  /**
   * Every node of the pool is being replaced.
   *
   * @param upgrade the run of the cluster's upgrade that it is a part of; null: of none
   * @param target what it is to converge to; the documents of the roll count on from its generation
   * @param before the version that its nodes had
   * @param superseded the runs that it ends: its documents say what they were for
   */
  record PoolUpgradeStarted(
      ClusterId clusterId,
      PoolId pool,
      OperationId operation,
      @Nullable OperationId upgrade,
      PoolTarget target,
      KubernetesVersion before,
      UpgradePolicy policy,
      List<OperationId> superseded)
      implements OfRun {

    public PoolUpgradeStarted {
      superseded = List.copyOf(superseded);
    }
  }

  /** Every node of the pool has been replaced. */
  record PoolUpgradeFinished(
      ClusterId clusterId, PoolId pool, OperationId operation, @Nullable OperationId upgrade)
      implements OfRun {}

  /** Not every node of the pool could be replaced: it may have nodes of two versions now. */
  record PoolUpgradeFailed(
      ClusterId clusterId,
      PoolId pool,
      OperationId operation,
      @Nullable OperationId upgrade,
      String reason)
      implements OfRun {}

  /**
   * A node is being replaced by a new one.
   *
   * @param target what its pool is to converge to; the documents of the roll count on from its
   *     generation
   */
  record NodeReplacementStarted(
      ClusterId clusterId,
      PoolId pool,
      NodeId node,
      OperationId operation,
      PoolTarget target,
      UpgradePolicy policy)
      implements OfRun {}

  /** The node's successor is ready, and the node is deleted. */
  record NodeReplacementFinished(
      ClusterId clusterId, PoolId pool, NodeId node, OperationId operation) implements OfRun {}

  /** The node could not be replaced. */
  record NodeReplacementFailed(
      ClusterId clusterId, PoolId pool, NodeId node, OperationId operation, String reason)
      implements OfRun {}

  /**
   * The pool is being deleted; it has no desired nodes from here on.
   *
   * @param withCluster whether the deletion of its cluster removes it
   * @param superseded the runs that it ends: what they were for is no longer desired
   */
  record PoolDeletionStarted(
      ClusterId clusterId,
      PoolId pool,
      OperationId operation,
      boolean withCluster,
      List<OperationId> superseded)
      implements OfRun {

    public PoolDeletionStarted {
      superseded = List.copyOf(superseded);
    }
  }

  /** The pool is deleted, and its name is free. */
  record PoolDeletionFinished(ClusterId clusterId, PoolId pool, OperationId operation)
      implements OfRun {}

  /** The provider did not release the pool in time; deletion can be requested again. */
  record PoolDeletionFailed(ClusterId clusterId, PoolId pool, OperationId operation, String reason)
      implements OfRun {}

  /** The health of the pool has changed at the provider. */
  record PoolObserved(ClusterId clusterId, PoolId pool, PoolHealth before, PoolHealth after)
      implements PoolEvent {}
}
