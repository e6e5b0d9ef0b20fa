package io.keelson.sagas.pool;

import io.keelson.commands.Command;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.RequestEvent.PoolRemovalRequested;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.operation.TargetEvent.TargetFailed;
import io.keelson.commands.pool.PoolCommand.FailPoolDeletion;
import io.keelson.commands.pool.PoolCommand.FinishPoolDeletion;
import io.keelson.commands.pool.PoolEvent.PoolDeletionStarted;
import io.keelson.commands.pool.PoolPlan.DeletePool;
import io.keelson.sagas.operation.ProcessRun;
import io.keelson.sagas.operation.SingleStep;
import io.keelson.sagas.operation.Waits;
import io.keelson.sagas.operation.Withdrawals;
import java.util.List;
import java.util.Optional;

/** Deletes one pool; its nodes are drained and deleted with it. */
public final class PoolDeletionProcess implements PoolStepProcess<DeletePool> {

  @Override
  public Class<DeletePool> plan() {
    return DeletePool.class;
  }

  @Override
  public Optional<DeletePool> start(DomainEvent event) {
    return event instanceof PoolDeletionStarted e && !e.withCluster()
        ? Optional.of(new DeletePool(e.clusterId(), e.pool()))
        : Optional.empty();
  }

  @Override
  public List<Command> effects(DomainEvent event) {
    return event instanceof PoolDeletionStarted e && !e.withCluster()
        ? Withdrawals.of(Target.pool(e.pool()), e.superseded(), "deletion", e.operation())
        : List.of();
  }

  @Override
  public List<OperationEvent> request(ProcessRun<DeletePool> run) {
    return List.of(new PoolRemovalRequested(run.operation(), run.cluster(), run.plan().pool()));
  }

  @Override
  public List<OperationEvent> react(SingleStep state, Input input, ProcessRun<DeletePool> run) {
    return Waits.forAbsence(input, run);
  }

  @Override
  public Command finish(PoolId pool, TargetConverged event) {
    return new FinishPoolDeletion(event.clusterId(), pool, event.operation());
  }

  @Override
  public Command fail(PoolId pool, TargetFailed event) {
    return new FailPoolDeletion(event.clusterId(), pool, event.operation(), event.reason());
  }
}
