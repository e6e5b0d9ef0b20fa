package io.keelson.commands.node;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.Plan;

/** The plans of runs that are about one node and keep it. */
public sealed interface NodePlan extends Plan {

  /**
   * The machine of a node boots again.
   *
   * @param bootId of the boot before: with another one, it has booted
   */
  @JsonTypeName("reboot-node")
  record RebootNode(ClusterId cluster, PoolId pool, NodeId node, String bootId)
      implements NodePlan {

    @Override
    public OperationKind kind() {
      return OperationKind.REBOOT_NODE;
    }
  }
}
