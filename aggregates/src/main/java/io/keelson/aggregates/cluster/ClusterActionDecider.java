package io.keelson.aggregates.cluster;

import io.keelson.aggregates.cluster.ClusterState.Present;
import io.keelson.commands.ClusterAction;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ActionEvent;
import io.keelson.commands.cluster.ActionEvent.ClusterActionFailed;
import io.keelson.commands.cluster.ActionEvent.ClusterActionFinished;
import io.keelson.commands.cluster.ActionEvent.ClusterActionStarted;
import io.keelson.commands.cluster.ClusterCommand.FailClusterAction;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterAction;
import io.keelson.commands.cluster.ClusterCommand.StartClusterAction;
import java.util.List;
import java.util.Optional;

/** Which actions on a cluster are in progress. It never knows what an action makes. */
final class ClusterActionDecider {

  private ClusterActionDecider() {}

  /** An action that is in progress serves a second request too: what it makes is newer. */
  static List<ActionEvent> start(StartClusterAction c, ClusterState state) {
    ClusterFacts facts = ClusterRejections.running(c.clusterId(), state).facts();
    return facts.actions().isRunning(c.action())
        ? List.of()
        : List.of(new ClusterActionStarted(c.clusterId(), c.operation(), c.action()));
  }

  static List<ActionEvent> finish(FinishClusterAction c, ClusterState state) {
    return running(c.operation(), state)
        .<ActionEvent>map(a -> new ClusterActionFinished(c.clusterId(), c.operation(), a))
        .stream()
        .toList();
  }

  static List<ActionEvent> fail(FailClusterAction c, ClusterState state) {
    return running(c.operation(), state)
        .<ActionEvent>map(a -> new ClusterActionFailed(c.clusterId(), c.operation(), a, c.reason()))
        .stream()
        .toList();
  }

  private static Optional<ClusterAction> running(OperationId operation, ClusterState state) {
    return state instanceof Present present
        ? present.facts().actions().of(operation)
        : Optional.empty();
  }

  static ClusterFacts evolve(ClusterFacts facts, ActionEvent event) {
    ClusterActions actions = facts.actions();
    return switch (event) {
      case ClusterActionStarted e ->
          facts.with(actions.started(e.action(), e.operation())).started(e.operation());
      case ClusterActionFinished e -> facts.with(actions.ended(e.action(), e.operation()));
      case ClusterActionFailed e -> facts.with(actions.ended(e.action(), e.operation()));
    };
  }
}
