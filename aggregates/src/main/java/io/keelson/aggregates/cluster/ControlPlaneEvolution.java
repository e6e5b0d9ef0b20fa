package io.keelson.aggregates.cluster;

import io.keelson.aggregates.cluster.ClusterState.Present;
import io.keelson.aggregates.cluster.ClusterState.Running;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ControlPlaneEvent;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterTypeChangeFailed;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterTypeChangeFinished;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterTypeChangeStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpdateFailed;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpdateFinished;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpdateStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpgradeFailed;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpgradeFinished;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpgradeStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ControlPlaneUpgraded;
import io.keelson.commands.cluster.ControlPlaneEvent.PoolLeftOut;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.spec.ClusterSpec;
import java.util.List;

/** How changes of a cluster as a whole become state. */
final class ControlPlaneEvolution {

  private ControlPlaneEvolution() {}

  static Present evolve(Present state, ControlPlaneEvent event) {
    ClusterSpec spec = state.facts().spec();
    return switch (event) {
      case ClusterUpdateStarted e ->
          started(state, e, new Work.Updating(e.operation()), spec.with(e.after()));
      case ClusterTypeChangeStarted e ->
          started(state, e, new Work.ChangingType(e.operation()), spec.of(e.after()));
      case ClusterUpgradeStarted e ->
          started(state, e, upgrading(e), spec.at(e.target().version()));
      case ControlPlaneUpgraded e -> served(state, e);
      case ClusterUpdateFinished e -> ended(state, e.operation(), OperationKind.UPDATE, true);
      case ClusterUpdateFailed e -> ended(state, e.operation(), OperationKind.UPDATE, false);
      case ClusterTypeChangeFinished e -> ended(state, e.operation(), OperationKind.SET_TYPE, true);
      case ClusterTypeChangeFailed e -> ended(state, e.operation(), OperationKind.SET_TYPE, false);
      case ClusterUpgradeFinished e -> ended(state, e.operation(), OperationKind.UPGRADE, true);
      case ClusterUpgradeFailed e -> ended(state, e.operation(), OperationKind.UPGRADE, false);
      case PoolLeftOut _ -> state;
    };
  }

  private static Work upgrading(ClusterUpgradeStarted e) {
    return new Work.Upgrading(
        e.operation(), e.before(), e.target().version(), false, e.pools(), List.of());
  }

  private static Present started(
      Present state, ControlPlaneEvent.Started e, Work work, ClusterSpec after) {
    ClusterFacts facts = state.facts();
    Present changed =
        state.with(
            facts.with(facts.controlPlane().changing(after, e.target())).started(e.operation()));
    return changed instanceof Running running ? running.with(work) : changed;
  }

  private static Present served(Present state, ControlPlaneUpgraded e) {
    ClusterFacts facts = state.facts();
    Present changed = state.with(facts.with(facts.controlPlane().serving(e.after())));
    return changed instanceof Running running && running.work() instanceof Work.Upgrading upgrading
        ? running.with(upgrading.withControlPlane())
        : changed;
  }

  private static Present ended(
      Present state, OperationId operation, OperationKind kind, boolean succeeded) {
    if (!(state instanceof Running running) || !running.operations().contains(operation)) {
      return state;
    }
    ClusterFacts facts = running.facts();
    return new Running(null, facts.with(facts.controlPlane().ended(kind, succeeded)));
  }
}
