package io.keelson.sagas.cluster;

import io.keelson.commands.Command;
import io.keelson.commands.cluster.ClusterCommand.FailClusterChange;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterChange;
import io.keelson.commands.cluster.ClusterPlan;
import io.keelson.commands.operation.ControlPlaneTarget;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.RequestEvent.ControlPlaneRequested;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.operation.TargetEvent.TargetFailed;
import io.keelson.sagas.operation.ProcessRun;
import io.keelson.sagas.operation.SingleStep;
import io.keelson.sagas.operation.SingleStepProcess;
import io.keelson.sagas.operation.Waits;
import java.util.List;

/** Makes a control plane's changed document effective. */
interface ControlPlaneProcess<P extends ClusterPlan> extends SingleStepProcess<P> {

  ControlPlaneTarget desired(P plan);

  @Override
  default Target target(P plan) {
    return Target.CONTROL_PLANE;
  }

  @Override
  default List<OperationEvent> request(ProcessRun<P> run) {
    return List.of(
        new ControlPlaneRequested(
            run.operation(), run.cluster(), desired(run.plan()).generation()));
  }

  @Override
  default List<OperationEvent> react(SingleStep state, Input input, ProcessRun<P> run) {
    return Waits.forControlPlane(desired(run.plan()), input, run);
  }

  @Override
  default Command finish(TargetConverged event) {
    return new FinishClusterChange(event.clusterId(), event.operation());
  }

  @Override
  default Command fail(TargetFailed event) {
    return new FailClusterChange(event.clusterId(), event.operation(), event.reason());
  }
}
