package io.keelson.commands.pool;

import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.spec.PoolChange;
import io.keelson.commands.spec.PoolSpec;

/** What can be requested of one pool of a cluster. */
public sealed interface PoolCommand extends ClusterCommand.OfPool {

  PoolId pool();

  OperationId operation();

  /** A command of a customer. The same command again, with the same run, changes nothing. */
  sealed interface Customer extends PoolCommand {}

  /** What a run reports of its end. */
  sealed interface Report extends PoolCommand {}

  /** Adds a pool to a running cluster. */
  record CreatePool(ClusterId clusterId, PoolId pool, OperationId operation, PoolSpec spec)
      implements Customer {}

  /** Changes a pool; the newest change supersedes those that still run. */
  record UpdatePool(ClusterId clusterId, PoolId pool, OperationId operation, PoolChange change)
      implements Customer {}

  /**
   * Replaces every node of a pool by one of that version, which must be that of its cluster. The
   * version that the pool already has moves its nodes to the latest image.
   */
  record UpgradePool(
      ClusterId clusterId, PoolId pool, OperationId operation, KubernetesVersion target)
      implements Customer {}

  /** Replaces one node by a new one; the pool keeps its size. */
  record ReplaceNode(ClusterId clusterId, PoolId pool, NodeId node, OperationId operation)
      implements Customer {}

  /**
   * Deletes one node: the desired size of the pool falls by one. A node that was removed before is
   * not counted again.
   */
  record RemoveNode(ClusterId clusterId, PoolId pool, NodeId node, OperationId operation)
      implements Customer {}

  /** Deletes a pool, from any state; the runs of the pool end. */
  record DeletePool(ClusterId clusterId, PoolId pool, OperationId operation) implements Customer {}

  record FinishPoolCreation(ClusterId clusterId, PoolId pool, OperationId operation)
      implements Report {}

  record FailPoolCreation(ClusterId clusterId, PoolId pool, OperationId operation, String reason)
      implements Report {}

  record FinishPoolUpdate(ClusterId clusterId, PoolId pool, OperationId operation)
      implements Report {}

  record FailPoolUpdate(ClusterId clusterId, PoolId pool, OperationId operation, String reason)
      implements Report {}

  record FinishPoolUpgrade(ClusterId clusterId, PoolId pool, OperationId operation)
      implements Report {}

  record FailPoolUpgrade(ClusterId clusterId, PoolId pool, OperationId operation, String reason)
      implements Report {}

  record FinishNodeReplacement(ClusterId clusterId, PoolId pool, OperationId operation)
      implements Report {}

  record FailNodeReplacement(ClusterId clusterId, PoolId pool, OperationId operation, String reason)
      implements Report {}

  record FinishPoolDeletion(ClusterId clusterId, PoolId pool, OperationId operation)
      implements Report {}

  record FailPoolDeletion(ClusterId clusterId, PoolId pool, OperationId operation, String reason)
      implements Report {}
}
