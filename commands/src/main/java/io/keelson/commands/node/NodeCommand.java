package io.keelson.commands.node;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Command;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can be requested of one node. */
public sealed interface NodeCommand extends Command {

  NodeId nodeId();

  @Override
  default NodeId stream() {
    return nodeId();
  }

  /** What the provider shows of it; the first such report begins its life here. */
  record RecordNodeObserved(
      NodeId nodeId, ClusterId clusterId, PoolId pool, NodeAttributes observed)
      implements NodeCommand {}

  /** The provider no longer shows it. */
  record RecordNodeAbsent(NodeId nodeId, ClusterId clusterId) implements NodeCommand {}

  /** Boots its machine again; while that is in progress, nothing happens. */
  record RebootNode(NodeId nodeId, OperationId operation) implements NodeCommand {}

  /** It has booted again, and is ready. */
  record FinishNodeReboot(NodeId nodeId, OperationId operation) implements NodeCommand {}

  /** It has not come back. */
  record FailNodeReboot(NodeId nodeId, OperationId operation, String reason)
      implements NodeCommand {}

  /** The run will remove it: no new pods are scheduled on it from here on. */
  record CordonNode(NodeId nodeId, OperationId operation) implements NodeCommand {}

  /**
   * What another service reports of one of its conditions.
   *
   * @param condition type of the condition: {@code Ready}, {@code DiskPressure}, {@code
   *     KernelDeadlock}...
   * @param since when the condition got this status; null: unknown
   */
  record RecordNodeCondition(
      NodeId nodeId,
      String condition,
      ConditionStatus status,
      @Nullable Instant since,
      String message,
      Report report)
      implements NodeCommand {}
}
