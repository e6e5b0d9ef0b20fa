package io.keelson.aggregates.cluster;

import io.keelson.aggregates.cluster.ClusterState.Creating;
import io.keelson.aggregates.cluster.ClusterState.CreationFailed;
import io.keelson.aggregates.cluster.ClusterState.Deleted;
import io.keelson.aggregates.cluster.ClusterState.Deleting;
import io.keelson.aggregates.cluster.ClusterState.DeletionFailed;
import io.keelson.aggregates.cluster.ClusterState.Present;
import io.keelson.aggregates.cluster.ClusterState.Running;
import io.keelson.aggregates.cluster.Facts.Sights;
import io.keelson.aggregates.cluster.PoolFacts.Phase;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterEvent.AclChangeFailed;
import io.keelson.commands.cluster.ClusterEvent.AclChangeFinished;
import io.keelson.commands.cluster.ClusterEvent.AclChangeStarted;
import io.keelson.commands.cluster.ClusterEvent.AdditionalResourcesObserved;
import io.keelson.commands.cluster.ClusterEvent.AdminTokenResetFailed;
import io.keelson.commands.cluster.ClusterEvent.AdminTokenResetFinished;
import io.keelson.commands.cluster.ClusterEvent.AdminTokenResetStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterGoneObserved;
import io.keelson.commands.cluster.ClusterEvent.ClusterTypeChangeFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterTypeChangeFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterTypeChangeStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpdateFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpdateFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpdateStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpgradeFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpgradeFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpgradeStarted;
import io.keelson.commands.cluster.ClusterEvent.ComponentsObserved;
import io.keelson.commands.cluster.ClusterEvent.ControlPlaneObserved;
import io.keelson.commands.cluster.ClusterEvent.ControlPlaneUpgraded;
import io.keelson.commands.cluster.ClusterEvent.Observed;
import io.keelson.commands.cluster.ClusterEvent.PoolEvent;
import io.keelson.commands.cluster.ClusterEvent.PoolObserved;
import io.keelson.commands.cluster.ClusterSpec;
import io.keelson.commands.operation.OperationKind;
import java.util.List;

/** How events become state: total and silent, for whatever a stream holds. */
public final class ClusterEvolution {

  private ClusterEvolution() {}

  public static ClusterState evolve(ClusterState state, ClusterEvent event) {
    return switch (event) {
      case ClusterCreationStarted e -> new Creating(e.operation(), Facts.of(e));
      case ClusterEvent e when state instanceof Present present -> evolve(present, e);
      case ClusterEvent _ -> state;
    };
  }

  private static ClusterState evolve(Present state, ClusterEvent event) {
    Facts facts = state.facts();
    return switch (event) {
      case ClusterCreationStarted _ -> state;
      case ClusterCreationFinished _ -> new Running(null, facts);
      case ClusterCreationFailed _ -> new CreationFailed(facts);
      case ClusterUpdateStarted e ->
          working(state, new Work.Updating(e.operation()), e.after(), e.generation());
      case ClusterUpdateFinished e -> ended(state, e.operation(), OperationKind.UPDATE, true);
      case ClusterUpdateFailed e -> ended(state, e.operation(), OperationKind.UPDATE, false);
      case ClusterTypeChangeStarted e ->
          working(state, new Work.ChangingType(e.operation()), e.after(), e.generation());
      case ClusterTypeChangeFinished e -> ended(state, e.operation(), OperationKind.SET_TYPE, true);
      case ClusterTypeChangeFailed e -> ended(state, e.operation(), OperationKind.SET_TYPE, false);
      case ClusterUpgradeStarted e -> working(state, upgrading(e), e.after(), e.generation());
      case ControlPlaneUpgraded e -> served(state, e);
      case ClusterUpgradeFinished e -> ended(state, e.operation(), OperationKind.UPGRADE, true);
      case ClusterUpgradeFailed e -> ended(state, e.operation(), OperationKind.UPGRADE, false);
      case AclChangeStarted e ->
          state.with(facts.with(facts.acl().changing(e)).withAsked(e.operation()));
      case AclChangeFinished e -> state.with(facts.with(facts.acl().ended(e.operation(), true)));
      case AclChangeFailed e -> state.with(facts.with(facts.acl().ended(e.operation(), false)));
      case AdminTokenResetStarted e ->
          state.with(facts.withTokenReset(e.operation()).withAsked(e.operation()));
      case AdminTokenResetFinished e -> tokenResetEnded(state, e.operation());
      case AdminTokenResetFailed e -> tokenResetEnded(state, e.operation());
      case ClusterDeletionStarted e ->
          new Deleting(e.operation(), e.withAdditionalResources(), facts.deleting(e.operation()));
      case ClusterDeletionFailed _ ->
          new DeletionFailed(facts.changePools(pool -> pool.deletionEnded(Phase.DELETING)));
      case ClusterDeletionFinished _ -> new Deleted(facts.created());
      case PoolEvent e -> PoolEvolution.evolve(state, e);
      case Observed e -> state.with(facts.withSights(seen(facts.sights(), e)));
    };
  }

  private static Work upgrading(ClusterUpgradeStarted e) {
    return new Work.Upgrading(
        e.operation(), e.before().version(), e.after().version(), false, e.pools(), List.of());
  }

  private static ClusterState working(
      Present state, Work work, ClusterSpec after, long generation) {
    Facts facts = state.facts();
    Present changed =
        state.with(
            facts
                .with(facts.controlPlane().changing(after, generation))
                .withAsked(work.operation()));
    return changed instanceof Running running ? running.with(work) : changed;
  }

  private static ClusterState served(Present state, ControlPlaneUpgraded e) {
    Facts facts = state.facts();
    Present changed = state.with(facts.with(facts.controlPlane().serving(e.after())));
    return changed instanceof Running running && running.work() instanceof Work.Upgrading upgrading
        ? running.with(upgrading.withControlPlane())
        : changed;
  }

  private static ClusterState ended(
      Present state, OperationId operation, OperationKind kind, boolean succeeded) {
    if (!(state instanceof Running running)
        || running.work() == null
        || !running.work().operation().equals(operation)) {
      return state;
    }
    Facts facts = running.facts();
    return new Running(null, facts.with(facts.controlPlane().ended(kind, succeeded)));
  }

  private static ClusterState tokenResetEnded(Present state, OperationId operation) {
    return operation.equals(state.facts().tokenReset())
        ? state.with(state.facts().withTokenReset(null))
        : state;
  }

  private static Sights seen(Sights sights, Observed event) {
    return switch (event) {
      case ControlPlaneObserved e -> sights.with(e.controlPlane());
      case ComponentsObserved e -> sights.with(e.components());
      case PoolObserved e -> sights.with(e.pool(), e.observed());
      case AdditionalResourcesObserved e -> sights.with(e.resources());
      case ClusterGoneObserved _ -> Sights.NONE;
    };
  }
}
