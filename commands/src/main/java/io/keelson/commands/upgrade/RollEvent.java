package io.keelson.commands.upgrade;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Decided;
import io.keelson.commands.Decision;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.OperationEvent.ProcessEvent;
import java.util.List;

/** What has happened in a run that replaces nodes of a pool one after the other. */
public sealed interface RollEvent extends ProcessEvent {

  PoolId pool();

  /** A node that is to be replaced, and the version that it has. */
  record PlannedNode(NodeId node, KubernetesVersion from) {}

  /**
   * Which nodes are to be replaced.
   *
   * @param nodes in the order in which they are replaced
   * @param kept the other nodes that are there now: none of them is a successor
   * @param to the version of their successors
   */
  record NodesPlanned(
      OperationId operation,
      ClusterId clusterId,
      PoolId pool,
      List<PlannedNode> nodes,
      List<NodeId> kept,
      KubernetesVersion to)
      implements RollEvent {

    public NodesPlanned {
      nodes = List.copyOf(nodes);
      kept = List.copyOf(kept);
    }
  }

  /**
   * These nodes are drained and deleted now; the request for it follows in the same transaction.
   */
  record NodesSelected(
      OperationId operation,
      ClusterId clusterId,
      PoolId pool,
      List<NodeId> nodes,
      Decision decision)
      implements RollEvent, Decided {

    public NodesSelected {
      nodes = List.copyOf(nodes);
    }
  }

  /** A node is deleted, and its successor is ready. */
  record NodeReplaced(
      OperationId operation, ClusterId clusterId, PoolId pool, NodeId node, NodeId successor)
      implements RollEvent {}
}
