package io.keelson.sagas.operation;

import io.keelson.commands.OperationId;
import io.keelson.commands.operation.OperationEvent.PoolRemovalRequested;
import io.keelson.commands.operation.OperationEvent.Wish;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.operation.Target;
import io.keelson.sagas.operation.OperationState.Running;
import java.util.List;

/** Deletes one pool; its nodes are drained and go with it. */
record PoolDeletionProcess(Plan.DeletePool plan) implements LongProcess {

  @Override
  public List<Step> steps() {
    return List.of(new Step("pool", List.of(Target.pool(plan.pool()))));
  }

  @Override
  public Wish request(OperationId operation, Target target, int attempt, Running run) {
    return new PoolRemovalRequested(operation, plan.cluster(), attempt, plan.pool());
  }

  @Override
  public boolean converged(Target target, Sight sight, Running run) {
    return run.accepted(target) && sight instanceof Sight.OfPool(var pool, _) && pool == null;
  }
}
