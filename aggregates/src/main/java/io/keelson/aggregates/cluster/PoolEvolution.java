package io.keelson.aggregates.cluster;

import io.keelson.aggregates.cluster.ClusterState.Present;
import io.keelson.aggregates.cluster.ClusterState.Running;
import io.keelson.aggregates.cluster.PoolFacts.Phase;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterEvent.NodeReplacementFailed;
import io.keelson.commands.cluster.ClusterEvent.NodeReplacementFinished;
import io.keelson.commands.cluster.ClusterEvent.NodeReplacementStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolEvent;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeStarted;
import java.util.List;
import java.util.function.UnaryOperator;

/** How the events of pools become state: total and silent, for whatever a stream holds. */
final class PoolEvolution {

  private PoolEvolution() {}

  static ClusterState evolve(Present state, PoolEvent event) {
    return switch (event) {
      case PoolCreationStarted e -> state.with(state.facts().withPool(e.pool(), PoolFacts.of(e)));
      case PoolCreationFinished e -> pool(state, e.pool(), pool -> pool.in(Phase.RUNNING));
      case PoolCreationFailed e -> pool(state, e.pool(), PoolFacts::creationFailed);
      case PoolUpdateStarted e -> asked(state, e, pool -> pool.updating(e));
      case PoolUpdateFinished e -> pool(state, e.pool(), pool -> pool.updated(e.operation(), true));
      case PoolUpdateFailed e -> pool(state, e.pool(), pool -> pool.updated(e.operation(), false));
      case PoolUpgradeStarted e ->
          asked(
              state,
              e,
              pool ->
                  pool.rolling(
                      new PoolRoll.Upgrading(e.operation(), e.upgrade()),
                      e.after(),
                      e.generation(),
                      e.superseded()));
      case PoolUpgradeFinished e ->
          pool(left(state, e), e.pool(), pool -> pool.upgraded(e.operation(), true));
      case PoolUpgradeFailed e ->
          pool(left(state, e), e.pool(), pool -> pool.upgraded(e.operation(), false));
      case NodeReplacementStarted e ->
          asked(
              state,
              e,
              pool ->
                  pool.rolling(
                      new PoolRoll.Replacing(e.operation(), e.node()),
                      e.spec(),
                      e.generation(),
                      List.of()));
      case NodeReplacementFinished e ->
          pool(state, e.pool(), pool -> pool.replaced(e.operation(), e.node(), true));
      case NodeReplacementFailed e ->
          pool(state, e.pool(), pool -> pool.replaced(e.operation(), e.node(), false));
      case PoolDeletionStarted e -> asked(left(state, e), e, pool -> pool.deleting(e.operation()));
      case PoolDeletionFinished e -> state.with(state.facts().withoutPool(e.pool()));
      case PoolDeletionFailed e ->
          pool(state, e.pool(), pool -> pool.deletionEnded(Phase.DELETION_FAILED));
    };
  }

  private static Present pool(Present state, PoolId id, UnaryOperator<PoolFacts> change) {
    return state.with(state.facts().changePool(id, change));
  }

  private static Present asked(Present state, PoolEvent event, UnaryOperator<PoolFacts> change) {
    return pool(state.with(state.facts().withAsked(event.operation())), event.pool(), change);
  }

  /** An upgrade of the cluster does not wait for the pool any more. */
  private static Present left(Present state, PoolEvent event) {
    return state instanceof Running running ? running.without(event.pool()) : state;
  }
}
