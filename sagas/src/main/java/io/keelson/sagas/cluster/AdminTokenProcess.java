package io.keelson.sagas.cluster;

import io.keelson.commands.Command;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.cluster.ClusterCommand.FailAdminTokenReset;
import io.keelson.commands.cluster.ClusterCommand.FinishAdminTokenReset;
import io.keelson.commands.cluster.ClusterPlan.ResetAdminToken;
import io.keelson.commands.cluster.CredentialEvent.AdminTokenResetStarted;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.RequestEvent.AdminTokenResetRequested;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.operation.TargetEvent.TargetFailed;
import io.keelson.sagas.operation.ProcessRun;
import io.keelson.sagas.operation.SingleStep;
import io.keelson.sagas.operation.SingleStepProcess;
import io.keelson.sagas.operation.Waits;
import java.util.List;
import java.util.Optional;

/** Replaces the administrator's credential. It never sees the credential. */
public final class AdminTokenProcess implements SingleStepProcess<ResetAdminToken> {

  @Override
  public Class<ResetAdminToken> plan() {
    return ResetAdminToken.class;
  }

  @Override
  public Optional<ResetAdminToken> start(DomainEvent event) {
    return event instanceof AdminTokenResetStarted e
        ? Optional.of(new ResetAdminToken(e.clusterId()))
        : Optional.empty();
  }

  @Override
  public Target target(ResetAdminToken plan) {
    return Target.ADMIN_TOKEN;
  }

  @Override
  public List<OperationEvent> request(ProcessRun<ResetAdminToken> run) {
    return List.of(new AdminTokenResetRequested(run.operation(), run.cluster()));
  }

  @Override
  public List<OperationEvent> react(
      SingleStep state, Input input, ProcessRun<ResetAdminToken> run) {
    return Waits.forAcceptance(input, run);
  }

  @Override
  public Command finish(TargetConverged event) {
    return new FinishAdminTokenReset(event.clusterId(), event.operation());
  }

  @Override
  public Command fail(TargetFailed event) {
    return new FailAdminTokenReset(event.clusterId(), event.operation(), event.reason());
  }
}
