package io.keelson.aggregates.cluster;

import io.keelson.aggregates.cluster.ClusterState.Absent;
import io.keelson.aggregates.cluster.ClusterState.Creating;
import io.keelson.aggregates.cluster.ClusterState.Deleted;
import io.keelson.aggregates.cluster.ClusterState.Present;
import io.keelson.commands.cluster.AccessRulesEvent;
import io.keelson.commands.cluster.ActionEvent;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterLifeEvent;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterObservationEvent;
import io.keelson.commands.cluster.ControlPlaneEvent;
import io.keelson.commands.pool.PoolEvent;

/** How events become state, family by family: total and silent, for whatever a stream holds. */
public final class ClusterEvolution {

  private ClusterEvolution() {}

  public static ClusterState evolve(ClusterState state, ClusterEvent event) {
    return switch (state) {
      case Absent _ ->
          event instanceof ClusterCreationStarted e
              ? new Creating(e.operation(), ClusterFacts.of(e))
              : state;
      case Present present -> evolve(present, event);
      case Deleted _ -> state;
    };
  }

  private static ClusterState evolve(Present state, ClusterEvent event) {
    ClusterFacts facts = state.facts();
    return switch (event) {
      case ClusterLifeEvent e -> LifeEvolution.evolve(state, e);
      case ControlPlaneEvent e -> ControlPlaneEvolution.evolve(state, e);
      case AccessRulesEvent e -> state.with(AccessRulesDecider.evolve(facts, e));
      case ActionEvent e -> state.with(ClusterActionDecider.evolve(facts, e));
      case ClusterObservationEvent e ->
          state.with(facts.with(ClusterObservations.evolve(facts.health(), e)));
      case ClusterEvent.OfPool e -> PoolRouter.evolve(state, (PoolEvent) e);
    };
  }
}
