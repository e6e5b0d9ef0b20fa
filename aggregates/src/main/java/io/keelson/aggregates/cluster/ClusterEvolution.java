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
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterEvent.AdditionalResourcesObserved;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterGoneObserved;
import io.keelson.commands.cluster.ClusterEvent.ComponentsObserved;
import io.keelson.commands.cluster.ClusterEvent.ControlPlaneObserved;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolObserved;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateStarted;
import io.keelson.commands.provisioning.ObservedPool;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** How events become state: total and silent, for whatever a stream holds. */
public final class ClusterEvolution {

  private ClusterEvolution() {}

  public static ClusterState evolve(ClusterState state, ClusterEvent event) {
    return switch (event) {
      case ClusterCreationStarted e ->
          new Creating(e.operation(), new Facts(e, Map.of(), Set.of(), Sights.NONE));
      case ClusterEvent e when state instanceof Present present -> evolve(present, e);
      case ClusterEvent _ -> state;
    };
  }

  private static ClusterState evolve(Present state, ClusterEvent event) {
    Facts facts = state.facts();
    Sights sights = facts.sights();
    return switch (event) {
      case ClusterCreationStarted _ -> state;
      case ClusterCreationFinished _ -> new Running(facts);
      case ClusterCreationFailed _ -> new CreationFailed(facts);
      case ClusterDeletionStarted e ->
          new Deleting(
              e.operation(),
              e.withAdditionalResources(),
              facts.changePools(pool -> pool.deleting(e.operation())));
      case ClusterDeletionFailed _ ->
          new DeletionFailed(facts.changePools(pool -> pool.deletionEnded(Phase.DELETING)));
      case ClusterDeletionFinished _ -> new Deleted(facts.created());
      case PoolCreationStarted e -> state.with(facts.withPool(e.pool(), PoolFacts.of(e)));
      case PoolCreationFinished e -> pool(state, e.pool(), pool -> pool.in(Phase.RUNNING));
      case PoolCreationFailed e -> pool(state, e.pool(), PoolFacts::creationFailed);
      case PoolUpdateStarted e -> pool(state, e.pool(), pool -> pool.updating(e));
      case PoolUpdateFinished e -> pool(state, e.pool(), pool -> pool.updated(e.operation(), true));
      case PoolUpdateFailed e -> pool(state, e.pool(), pool -> pool.updated(e.operation(), false));
      case PoolDeletionStarted e -> pool(state, e.pool(), pool -> pool.deleting(e.operation()));
      case PoolDeletionFinished e -> state.with(facts.withoutPool(e.pool()));
      case PoolDeletionFailed e ->
          pool(state, e.pool(), pool -> pool.deletionEnded(Phase.DELETION_FAILED));
      case ControlPlaneObserved e ->
          seen(
              state,
              new Sights(
                  true,
                  e.controlPlane(),
                  sights.components(),
                  sights.pools(),
                  sights.additionalResources()));
      case ComponentsObserved e ->
          seen(
              state,
              new Sights(
                  true,
                  sights.controlPlane(),
                  e.components(),
                  sights.pools(),
                  sights.additionalResources()));
      case PoolObserved e -> seen(state, withPool(sights, e));
      case AdditionalResourcesObserved e ->
          seen(
              state,
              new Sights(
                  true, sights.controlPlane(), sights.components(), sights.pools(), e.resources()));
      case ClusterGoneObserved _ -> seen(state, Sights.NONE);
    };
  }

  private static ClusterState pool(Present state, PoolId id, UnaryOperator<PoolFacts> change) {
    return state.with(state.facts().changePool(id, change));
  }

  private static ClusterState seen(Present state, Sights sights) {
    return state.with(state.facts().withSights(sights));
  }

  private static Sights withPool(Sights sights, PoolObserved e) {
    Map<PoolId, ObservedPool> pools = new TreeMap<>(Facts.BY_ID);
    pools.putAll(sights.pools());
    ObservedPool observed = e.observed();
    if (observed == null) {
      pools.remove(e.pool());
    } else {
      pools.put(e.pool(), observed);
    }
    return new Sights(
        sights.present(),
        sights.controlPlane(),
        sights.components(),
        pools,
        sights.additionalResources());
  }
}
