package io.keelson.sagas.operation;

import io.keelson.commands.OperationId;
import io.keelson.commands.operation.OperationEvent.NodeRebootRequested;
import io.keelson.commands.operation.OperationEvent.Request;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.operation.Target;
import io.keelson.sagas.operation.OperationState.Running;
import java.util.List;

/** Has one node's machine boot again. That it has is said by the node itself. */
record NodeRebootProcess(Plan.RebootNode plan) implements LongProcess {

  @Override
  public List<Step> steps() {
    return List.of(new Step("node", List.of(Target.node(plan.node()))));
  }

  @Override
  public Request request(OperationId operation, Target target, int attempt, Running run) {
    return new NodeRebootRequested(operation, plan.cluster(), attempt, plan.pool(), plan.node());
  }

  @Override
  public boolean converged(Target target, Sight sight, Running run) {
    return sight instanceof Sight.OfBootedNode;
  }
}
