package io.keelson.aggregates.pool;

import io.keelson.aggregates.pool.PoolState.Phase;
import io.keelson.commands.pool.PoolEvent;
import io.keelson.commands.pool.PoolEvent.NodeReplacementFailed;
import io.keelson.commands.pool.PoolEvent.NodeReplacementFinished;
import io.keelson.commands.pool.PoolEvent.NodeReplacementStarted;
import io.keelson.commands.pool.PoolEvent.PoolCreationFailed;
import io.keelson.commands.pool.PoolEvent.PoolCreationFinished;
import io.keelson.commands.pool.PoolEvent.PoolCreationStarted;
import io.keelson.commands.pool.PoolEvent.PoolDeletionFailed;
import io.keelson.commands.pool.PoolEvent.PoolDeletionFinished;
import io.keelson.commands.pool.PoolEvent.PoolDeletionStarted;
import io.keelson.commands.pool.PoolEvent.PoolObserved;
import io.keelson.commands.pool.PoolEvent.PoolUpdateFailed;
import io.keelson.commands.pool.PoolEvent.PoolUpdateFinished;
import io.keelson.commands.pool.PoolEvent.PoolUpdateStarted;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeFailed;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeFinished;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeStarted;

/** How the events of pools become state: total and silent, for whatever a stream holds. */
public final class PoolEvolution {

  private PoolEvolution() {}

  public static Pools evolve(Pools pools, PoolEvent event) {
    return switch (event) {
      case PoolCreationStarted e -> pools.with(e.pool(), PoolState.of(e));
      case PoolCreationFinished e ->
          pools.changed(e.pool(), pool -> pool.in(Phase.RUNNING)).appeared(e.pool());
      case PoolCreationFailed e -> pools.changed(e.pool(), PoolState::creationFailed);
      case PoolUpdateStarted e -> pools.changed(e.pool(), pool -> pool.updating(e));
      case PoolUpdateFinished e ->
          pools.changed(e.pool(), pool -> pool.updated(e.operation(), true));
      case PoolUpdateFailed e ->
          pools.changed(e.pool(), pool -> pool.updated(e.operation(), false));
      case PoolUpgradeStarted e -> pools.changed(e.pool(), pool -> rolling(pool, e));
      case PoolUpgradeFinished e ->
          pools.changed(e.pool(), pool -> pool.upgraded(e.operation(), true));
      case PoolUpgradeFailed e ->
          pools.changed(e.pool(), pool -> pool.upgraded(e.operation(), false));
      case NodeReplacementStarted e -> pools.changed(e.pool(), pool -> rolling(pool, e));
      case NodeReplacementFinished e ->
          pools.changed(e.pool(), pool -> pool.replaced(e.operation(), e.node(), true));
      case NodeReplacementFailed e ->
          pools.changed(e.pool(), pool -> pool.replaced(e.operation(), e.node(), false));
      case PoolDeletionStarted e -> pools.changed(e.pool(), pool -> pool.deleting(e.operation()));
      case PoolDeletionFinished e -> pools.without(e.pool());
      case PoolDeletionFailed e ->
          pools.changed(e.pool(), pool -> pool.deletionEnded(Phase.DELETION_FAILED));
      case PoolObserved e -> pools.observed(e.pool(), e.after());
    };
  }

  private static PoolState rolling(PoolState pool, PoolUpgradeStarted e) {
    return pool.rolling(
        new PoolRoll.Upgrading(e.operation(), e.upgrade()),
        pool.spec().at(e.target().version()),
        e.target().generation(),
        null);
  }

  private static PoolState rolling(PoolState pool, NodeReplacementStarted e) {
    return pool.rolling(
        new PoolRoll.Replacing(e.operation(), e.node()),
        pool.spec(),
        e.target().generation(),
        pool.update());
  }
}
