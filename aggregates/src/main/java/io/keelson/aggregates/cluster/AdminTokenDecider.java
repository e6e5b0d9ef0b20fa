package io.keelson.aggregates.cluster;

import io.keelson.aggregates.cluster.ClusterState.Present;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterCommand.FailAdminTokenReset;
import io.keelson.commands.cluster.ClusterCommand.FinishAdminTokenReset;
import io.keelson.commands.cluster.ClusterCommand.ResetAdminToken;
import io.keelson.commands.cluster.CredentialEvent;
import io.keelson.commands.cluster.CredentialEvent.AdminTokenResetFailed;
import io.keelson.commands.cluster.CredentialEvent.AdminTokenResetFinished;
import io.keelson.commands.cluster.CredentialEvent.AdminTokenResetStarted;
import java.util.List;

/** Whether the administrator's credential is replaced. The credential itself is never here. */
final class AdminTokenDecider {

  private AdminTokenDecider() {}

  /** A reset that is in progress serves a second request too: its credential is newer. */
  static List<CredentialEvent> reset(ResetAdminToken c, ClusterState state) {
    return ClusterRejections.running(c.clusterId(), state).facts().tokenReset() == null
        ? List.of(new AdminTokenResetStarted(c.clusterId(), c.operation()))
        : List.of();
  }

  static List<CredentialEvent> finish(FinishAdminTokenReset c, ClusterState state) {
    return resets(c.operation(), state)
        ? List.of(new AdminTokenResetFinished(c.clusterId(), c.operation()))
        : List.of();
  }

  static List<CredentialEvent> fail(FailAdminTokenReset c, ClusterState state) {
    return resets(c.operation(), state)
        ? List.of(new AdminTokenResetFailed(c.clusterId(), c.operation(), c.reason()))
        : List.of();
  }

  private static boolean resets(OperationId operation, ClusterState state) {
    return state instanceof Present present && operation.equals(present.facts().tokenReset());
  }

  static ClusterFacts evolve(ClusterFacts facts, CredentialEvent event) {
    return switch (event) {
      case AdminTokenResetStarted e -> facts.withTokenReset(e.operation()).started(e.operation());
      case AdminTokenResetFinished e -> ended(facts, e.operation());
      case AdminTokenResetFailed e -> ended(facts, e.operation());
    };
  }

  private static ClusterFacts ended(ClusterFacts facts, OperationId operation) {
    return operation.equals(facts.tokenReset()) ? facts.withTokenReset(null) : facts;
  }
}
