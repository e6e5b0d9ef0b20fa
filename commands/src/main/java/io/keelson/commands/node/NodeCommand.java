package io.keelson.commands.node;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Command;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.provisioning.ObservedNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can be asked of one node. */
public sealed interface NodeCommand extends Command {

  NodeId nodeId();

  @Override
  default NodeId stream() {
    return nodeId();
  }

  /** What the provider shows of it; the first such report begins its life here. */
  record RecordNodeObserved(ClusterId clusterId, ObservedNode observed) implements NodeCommand {

    @Override
    public NodeId nodeId() {
      return observed.node();
    }
  }

  /** The provider does not show it any more. */
  record RecordNodeGone(NodeId nodeId, ClusterId clusterId) implements NodeCommand {}

  /** Boots its machine again; nothing while that is under way already. */
  record RebootNode(NodeId nodeId, OperationId operation) implements NodeCommand {}

  /** It has not come back. */
  record FailNodeReboot(NodeId nodeId, OperationId operation, String reason)
      implements NodeCommand {}

  /** It is to go: nothing new comes to it from here on. */
  record CordonNode(NodeId nodeId, OperationId operation) implements NodeCommand {}

  /**
   * What another service says of one of its conditions.
   *
   * @param condition type of the condition: {@code Ready}, {@code DiskPressure}, {@code
   *     KernelDeadlock}...
   * @param since when it came to be so; null: not said
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
