package io.keelson.aggregates.cluster;

import io.keelson.aggregates.cluster.ClusterState.CreationFailed;
import io.keelson.aggregates.cluster.ClusterState.Deleted;
import io.keelson.aggregates.cluster.ClusterState.Deleting;
import io.keelson.aggregates.cluster.ClusterState.DeletionFailed;
import io.keelson.aggregates.cluster.ClusterState.Present;
import io.keelson.aggregates.cluster.ClusterState.Running;
import io.keelson.commands.cluster.ClusterLifeEvent;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationFailed;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationFinished;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionFailed;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionFinished;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionStarted;

/** How the beginning and the end of a cluster become state. */
final class LifeEvolution {

  private LifeEvolution() {}

  static ClusterState evolve(Present state, ClusterLifeEvent event) {
    ClusterFacts facts = state.facts();
    return switch (event) {
      case ClusterCreationStarted _ -> state;
      case ClusterCreationFinished _ -> new Running(null, facts.with(facts.health().inService()));
      case ClusterCreationFailed _ -> new CreationFailed(facts);
      case ClusterDeletionStarted e ->
          new Deleting(e.operation(), e.withAdditionalResources(), facts.deleting(e.operation()));
      case ClusterDeletionFailed _ ->
          new DeletionFailed(facts.with(facts.pools().deletionFailed()));
      case ClusterDeletionFinished _ -> new Deleted(facts.created());
    };
  }
}
