package io.keelson.sagas.pool;

import io.keelson.commands.Command;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.operation.TargetEvent.TargetFailed;
import io.keelson.commands.pool.PoolPlan;
import io.keelson.sagas.operation.SingleStepProcess;
import java.util.Objects;

/** A process with one request, which is about one pool. */
interface PoolStepProcess<P extends PoolPlan> extends SingleStepProcess<P> {

  Command finish(PoolId pool, TargetConverged event);

  Command fail(PoolId pool, TargetFailed event);

  @Override
  default Target target(P plan) {
    return Target.pool(Objects.requireNonNull(plan.pool(), "a plan for one pool"));
  }

  @Override
  default Command finish(TargetConverged event) {
    return finish(pool(event), event);
  }

  @Override
  default Command fail(TargetFailed event) {
    return fail(pool(event), event);
  }

  private static PoolId pool(TargetEvent event) {
    return event.target().asPool().orElseThrow();
  }
}
