package io.keelson.sagas.operation;

import io.keelson.commands.OperationId;
import io.keelson.commands.operation.OperationEvent.PoolRequested;
import io.keelson.commands.operation.OperationEvent.Wish;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.Convergence;
import java.util.List;

/** Brings one pool's changed document into force. */
record PoolUpdateProcess(Plan.UpdatePool plan) implements LongProcess {

  @Override
  public List<Step> steps() {
    return List.of(new Step("pool", List.of(Target.pool(plan.pool().pool()))));
  }

  @Override
  public Wish wish(OperationId operation, Target target, int attempt) {
    return new PoolRequested(operation, plan.cluster(), attempt, plan.pool());
  }

  @Override
  public boolean converged(Target target, Sight sight, boolean accepted) {
    return sight instanceof Sight.OfPool(var pool)
        && pool != null
        && Convergence.converged(plan.pool(), pool);
  }
}
