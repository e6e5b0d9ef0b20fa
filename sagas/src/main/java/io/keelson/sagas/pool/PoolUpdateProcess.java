package io.keelson.sagas.pool;

import io.keelson.commands.Command;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.NodeId;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.operation.Target;
import io.keelson.commands.pool.PoolEvent.PoolUpdateStarted;
import io.keelson.commands.pool.PoolPlan.UpdatePool;
import io.keelson.sagas.operation.Withdrawals;
import java.util.List;
import java.util.Optional;

/** Makes other settings of a pool effective. */
public final class PoolUpdateProcess implements PoolChangeProcess<UpdatePool> {

  @Override
  public Class<UpdatePool> plan() {
    return UpdatePool.class;
  }

  @Override
  public Optional<UpdatePool> start(DomainEvent event) {
    return event instanceof PoolUpdateStarted e && e.kind() != OperationKind.SCALE
        ? Optional.of(new UpdatePool(e.clusterId(), e.target(), e.nodesToRemove()))
        : Optional.empty();
  }

  @Override
  public List<Command> effects(DomainEvent event) {
    return event instanceof PoolUpdateStarted e && e.kind() != OperationKind.SCALE
        ? Withdrawals.of(Target.pool(e.pool()), e.superseded(), "update", e.operation())
        : List.of();
  }

  @Override
  public PoolTarget desired(UpdatePool plan) {
    return plan.target();
  }

  @Override
  public List<NodeId> nodesToRemove(UpdatePool plan) {
    return plan.nodesToRemove();
  }
}
