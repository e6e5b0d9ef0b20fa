package io.keelson.sagas.cluster;

import io.keelson.commands.Command;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.cluster.AccessRulesEvent.AclChangeStarted;
import io.keelson.commands.cluster.ClusterCommand.FailAclChange;
import io.keelson.commands.cluster.ClusterCommand.FinishAclChange;
import io.keelson.commands.cluster.ClusterPlan.SetAcl;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.RequestEvent.AclRequested;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.operation.TargetEvent.TargetFailed;
import io.keelson.sagas.operation.ProcessRun;
import io.keelson.sagas.operation.SingleStep;
import io.keelson.sagas.operation.SingleStepProcess;
import io.keelson.sagas.operation.Waits;
import io.keelson.sagas.operation.Withdrawals;
import java.util.List;
import java.util.Optional;

/** Makes other rules of the access to the API server effective. */
public final class AclProcess implements SingleStepProcess<SetAcl> {

  @Override
  public Class<SetAcl> plan() {
    return SetAcl.class;
  }

  @Override
  public Optional<SetAcl> start(DomainEvent event) {
    return event instanceof AclChangeStarted e
        ? Optional.of(new SetAcl(e.clusterId(), e.generation()))
        : Optional.empty();
  }

  @Override
  public List<Command> effects(DomainEvent event) {
    return event instanceof AclChangeStarted e
        ? Withdrawals.of(Target.ACL, e.superseded(), "change", e.operation())
        : List.of();
  }

  @Override
  public Target target(SetAcl plan) {
    return Target.ACL;
  }

  @Override
  public List<OperationEvent> request(ProcessRun<SetAcl> run) {
    return List.of(new AclRequested(run.operation(), run.cluster(), run.plan().generation()));
  }

  @Override
  public List<OperationEvent> react(SingleStep state, Input input, ProcessRun<SetAcl> run) {
    return Waits.forAcceptance(input, run);
  }

  @Override
  public Command finish(TargetConverged event) {
    return new FinishAclChange(event.clusterId(), event.operation());
  }

  @Override
  public Command fail(TargetFailed event) {
    return new FailAclChange(event.clusterId(), event.operation(), event.reason());
  }
}
