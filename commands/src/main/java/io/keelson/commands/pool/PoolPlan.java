package io.keelson.commands.pool;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.PoolTarget;
import java.util.List;

/** The plans of runs that are about one pool; its upgrade has a package of its own. */
public sealed interface PoolPlan extends Plan {

  /** A new pool. */
  @JsonTypeName("create-pool")
  record CreatePool(ClusterId cluster, PoolTarget target) implements PoolPlan {

    @Override
    public PoolId pool() {
      return target.pool();
    }

    @Override
    public OperationKind kind() {
      return OperationKind.CREATE;
    }
  }

  /** A pool's changed document with the same number of nodes. */
  @JsonTypeName("update-pool")
  record UpdatePool(ClusterId cluster, PoolTarget target, List<NodeId> nodesToRemove)
      implements PoolPlan {

    public UpdatePool {
      nodesToRemove = List.copyOf(nodesToRemove);
    }

    @Override
    public PoolId pool() {
      return target.pool();
    }

    @Override
    public OperationKind kind() {
      return OperationKind.UPDATE;
    }
  }

  /** A pool's document with another number of nodes. */
  @JsonTypeName("scale-pool")
  record ScalePool(ClusterId cluster, PoolTarget target, List<NodeId> nodesToRemove)
      implements PoolPlan {

    public ScalePool {
      nodesToRemove = List.copyOf(nodesToRemove);
    }

    @Override
    public PoolId pool() {
      return target.pool();
    }

    @Override
    public OperationKind kind() {
      return OperationKind.SCALE;
    }
  }

  /** The end of a pool. */
  @JsonTypeName("delete-pool")
  record DeletePool(ClusterId cluster, PoolId pool) implements PoolPlan {

    @Override
    public OperationKind kind() {
      return OperationKind.DELETE;
    }
  }
}
