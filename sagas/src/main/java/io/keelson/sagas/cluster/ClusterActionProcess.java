package io.keelson.sagas.cluster;

import io.keelson.commands.Command;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.cluster.ActionEvent.ClusterActionStarted;
import io.keelson.commands.cluster.ClusterCommand.FailClusterAction;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterAction;
import io.keelson.commands.cluster.ClusterPlan.RunAction;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.RequestEvent.ClusterActionRequested;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.operation.TargetEvent.TargetFailed;
import io.keelson.sagas.operation.ProcessRun;
import io.keelson.sagas.operation.SingleStep;
import io.keelson.sagas.operation.SingleStepProcess;
import io.keelson.sagas.operation.Waits;
import java.util.List;
import java.util.Optional;

/** Has the provider do an action on a cluster. It never sees what the action makes. */
public final class ClusterActionProcess implements SingleStepProcess<RunAction> {

  @Override
  public Class<RunAction> plan() {
    return RunAction.class;
  }

  @Override
  public Optional<RunAction> start(DomainEvent event) {
    return event instanceof ClusterActionStarted e
        ? Optional.of(new RunAction(e.clusterId(), e.action()))
        : Optional.empty();
  }

  @Override
  public Target target(RunAction plan) {
    return Target.action(plan.action());
  }

  @Override
  public List<OperationEvent> request(ProcessRun<RunAction> run) {
    return List.of(new ClusterActionRequested(run.operation(), run.cluster(), run.plan().action()));
  }

  @Override
  public List<OperationEvent> react(SingleStep state, Input input, ProcessRun<RunAction> run) {
    return Waits.forAcceptance(input, run);
  }

  @Override
  public Command finish(TargetConverged event) {
    return new FinishClusterAction(event.clusterId(), event.operation());
  }

  @Override
  public Command fail(TargetFailed event) {
    return new FailClusterAction(event.clusterId(), event.operation(), event.reason());
  }
}
