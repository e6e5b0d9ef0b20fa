package io.keelson.aggregates.cluster;

import io.keelson.aggregates.cluster.ClusterState.Present;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterCommand.FailClusterChange;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterChange;
import io.keelson.commands.cluster.ClusterCommand.ResetAdminToken;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterEvent.AdminTokenResetFailed;
import io.keelson.commands.cluster.ClusterEvent.AdminTokenResetFinished;
import io.keelson.commands.cluster.ClusterEvent.AdminTokenResetStarted;
import java.util.List;

/** Whether the administrator's credential is replaced. The credential itself is never here. */
final class AdminTokenDecider {

  private AdminTokenDecider() {}

  /** Who asks while one is on its way gets that one: it is newer than what they have. */
  static List<ClusterEvent> reset(ResetAdminToken c, ClusterState state) {
    return Refusals.running(c.clusterId(), state).facts().tokenReset() == null
        ? List.of(new AdminTokenResetStarted(c.clusterId(), c.operation()))
        : List.of();
  }

  static List<ClusterEvent> finish(FinishClusterChange c, ClusterState state) {
    return holds(c.operation(), state)
        ? List.of(new AdminTokenResetFinished(c.clusterId(), c.operation()))
        : List.of();
  }

  static List<ClusterEvent> fail(FailClusterChange c, ClusterState state) {
    return holds(c.operation(), state)
        ? List.of(new AdminTokenResetFailed(c.clusterId(), c.operation(), c.reason()))
        : List.of();
  }

  private static boolean holds(OperationId operation, ClusterState state) {
    return state instanceof Present present && operation.equals(present.facts().tokenReset());
  }
}
