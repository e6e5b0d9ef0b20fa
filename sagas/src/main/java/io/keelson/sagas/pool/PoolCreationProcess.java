package io.keelson.sagas.pool;

import io.keelson.commands.Command;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.operation.TargetEvent.TargetFailed;
import io.keelson.commands.pool.PoolCommand.FailPoolCreation;
import io.keelson.commands.pool.PoolCommand.FinishPoolCreation;
import io.keelson.commands.pool.PoolEvent.PoolCreationStarted;
import io.keelson.commands.pool.PoolPlan.CreatePool;
import io.keelson.sagas.operation.ProcessRun;
import io.keelson.sagas.operation.SingleStep;
import io.keelson.sagas.operation.Waits;
import java.util.List;
import java.util.Optional;

/** Creates a pool of a cluster that is in service; the first pools are created with it. */
public final class PoolCreationProcess implements PoolStepProcess<CreatePool> {

  @Override
  public Class<CreatePool> plan() {
    return CreatePool.class;
  }

  @Override
  public Optional<CreatePool> start(DomainEvent event) {
    return event instanceof PoolCreationStarted e && !e.withCluster()
        ? Optional.of(
            new CreatePool(
                e.clusterId(),
                new PoolTarget(e.pool(), e.generation(), e.spec().size(), e.spec().version())))
        : Optional.empty();
  }

  @Override
  public List<OperationEvent> request(ProcessRun<CreatePool> run) {
    return List.of(run.request(run.plan().target(), List.of()));
  }

  @Override
  public List<OperationEvent> react(SingleStep state, Input input, ProcessRun<CreatePool> run) {
    return Waits.forPool(run.plan().target(), input, run);
  }

  @Override
  public Command finish(PoolId pool, TargetConverged event) {
    return new FinishPoolCreation(event.clusterId(), pool, event.operation());
  }

  @Override
  public Command fail(PoolId pool, TargetFailed event) {
    return new FailPoolCreation(event.clusterId(), pool, event.operation(), event.reason());
  }
}
