package io.keelson.sagas.pool;

import io.keelson.commands.Command;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.NodeId;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.operation.Target;
import io.keelson.commands.pool.PoolEvent.PoolUpdateStarted;
import io.keelson.commands.pool.PoolPlan.ScalePool;
import io.keelson.sagas.operation.Withdrawals;
import java.util.List;
import java.util.Optional;

/** Moves a pool to another number of nodes. */
public final class PoolScalingProcess implements PoolChangeProcess<ScalePool> {

  @Override
  public Class<ScalePool> plan() {
    return ScalePool.class;
  }

  @Override
  public Optional<ScalePool> start(DomainEvent event) {
    return event instanceof PoolUpdateStarted e && e.kind() == OperationKind.SCALE
        ? Optional.of(new ScalePool(e.clusterId(), e.target(), e.nodesToRemove()))
        : Optional.empty();
  }

  @Override
  public List<Command> effects(DomainEvent event) {
    return event instanceof PoolUpdateStarted e && e.kind() == OperationKind.SCALE
        ? Withdrawals.of(Target.pool(e.pool()), e.superseded(), "resize", e.operation())
        : List.of();
  }

  @Override
  public PoolTarget desired(ScalePool plan) {
    return plan.target();
  }

  @Override
  public List<NodeId> nodesToRemove(ScalePool plan) {
    return plan.nodesToRemove();
  }
}
