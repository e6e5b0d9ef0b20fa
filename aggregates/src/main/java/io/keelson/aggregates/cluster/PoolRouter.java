package io.keelson.aggregates.cluster;

import io.keelson.aggregates.cluster.ClusterState.Absent;
import io.keelson.aggregates.cluster.ClusterState.Creating;
import io.keelson.aggregates.cluster.ClusterState.CreationFailed;
import io.keelson.aggregates.cluster.ClusterState.Deleted;
import io.keelson.aggregates.cluster.ClusterState.Deleting;
import io.keelson.aggregates.cluster.ClusterState.DeletionFailed;
import io.keelson.aggregates.cluster.ClusterState.Present;
import io.keelson.aggregates.cluster.ClusterState.Running;
import io.keelson.aggregates.pool.PoolCluster;
import io.keelson.aggregates.pool.PoolDecider;
import io.keelson.aggregates.pool.PoolEvolution;
import io.keelson.commands.ClusterId;
import io.keelson.commands.pool.PoolCommand;
import io.keelson.commands.pool.PoolEvent;
import io.keelson.commands.pool.PoolEvent.NodeReplacementStarted;
import io.keelson.commands.pool.PoolEvent.PoolDeletionStarted;
import io.keelson.commands.pool.PoolEvent.PoolUpdateStarted;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeFailed;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeFinished;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeStarted;
import java.util.List;

/**
 * The one place where a cluster and its pools meet: it shows the rules of pools a narrow view of
 * the cluster, and says what an event of a pool means for the cluster.
 */
final class PoolRouter {

  private PoolRouter() {}

  static List<PoolEvent> decide(PoolCommand command, ClusterState state) {
    return PoolDecider.decide(command, view(command.clusterId(), state));
  }

  private static PoolCluster view(ClusterId cluster, ClusterState state) {
    return switch (state) {
      case Absent _, Deleted _ -> new PoolCluster.Absent(cluster);
      case Present present -> {
        ClusterFacts facts = present.facts();
        yield new PoolCluster.Present(
            cluster,
            facts.created().project(),
            facts.spec().type(),
            facts.spec().version(),
            facts.controlPlane().version(),
            stage(present),
            facts.pools());
      }
    };
  }

  private static PoolCluster.Stage stage(Present state) {
    return switch (state) {
      case Creating s -> new PoolCluster.Creating(s.holder());
      case Deleting s -> new PoolCluster.Deleting(s.holder());
      case CreationFailed s -> new PoolCluster.Failed(s.holder());
      case DeletionFailed s -> new PoolCluster.Failed(s.holder());
      case Running s when s.work() instanceof Work.Upgrading u ->
          new PoolCluster.InService(
              new PoolCluster.Upgrade(u.operation(), u.controlPlaneDone(), u.awaited()));
      case Running _ -> new PoolCluster.InService(null);
    };
  }

  static Present evolve(Present state, PoolEvent event) {
    ClusterFacts facts = state.facts();
    ClusterFacts changed = facts.with(PoolEvolution.evolve(facts.pools(), event));
    return leavingUpgrade(state.with(remembering(changed, event)), event);
  }

  /** A run that a customer started never starts twice in the stream. */
  private static ClusterFacts remembering(ClusterFacts facts, PoolEvent event) {
    return event instanceof PoolEvent.OfRun run
            && (run instanceof PoolUpdateStarted
                || run instanceof PoolUpgradeStarted
                || run instanceof NodeReplacementStarted
                || run instanceof PoolDeletionStarted)
        ? facts.started(run.operation())
        : facts;
  }

  /**
   * An upgrade of the cluster waits for a pool until it is rolled, or until its deletion starts.
   */
  private static Present leavingUpgrade(Present state, PoolEvent event) {
    boolean leaves =
        event instanceof PoolUpgradeFinished
            || event instanceof PoolUpgradeFailed
            || event instanceof PoolDeletionStarted;
    return leaves
            && state instanceof Running running
            && running.work() instanceof Work.Upgrading upgrading
        ? running.with(upgrading.without(event.pool()))
        : state;
  }
}
