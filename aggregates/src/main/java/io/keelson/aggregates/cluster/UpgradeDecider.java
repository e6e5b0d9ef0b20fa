package io.keelson.aggregates.cluster;

import io.keelson.aggregates.cluster.ClusterState.Running;
import io.keelson.commands.ClusterId;
import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterCommand.FinishControlPlaneUpgrade;
import io.keelson.commands.cluster.ClusterCommand.UpgradeCluster;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpgradeStarted;
import io.keelson.commands.cluster.ClusterEvent.ControlPlaneUpgraded;
import io.keelson.commands.cluster.ClusterSpec;
import io.keelson.commands.operation.Plan.PoolRun;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a cluster may move to another version, and which pools follow its control plane. How a
 * pool is rolled is decided elsewhere.
 */
final class UpgradeDecider {

  private UpgradeDecider() {}

  static List<ClusterEvent> start(UpgradeCluster c, ClusterState state) {
    Facts facts = WorkDecider.idle(c.clusterId(), state).facts();
    VersionRules.checkTarget(c.target(), facts);
    ClusterSpec wanted = facts.spec();
    return List.of(
        new ClusterUpgradeStarted(
            c.clusterId(),
            c.operation(),
            facts.created().region(),
            facts.controlPlane().generation() + 1,
            wanted.at(facts.controlPlane().version()),
            wanted.at(c.target()),
            facts.oldestNode(),
            c.upgradePools() ? following(c, facts) : List.of()));
  }

  private static List<PoolRun> following(UpgradeCluster c, Facts facts) {
    List<PoolRun> runs = new ArrayList<>();
    facts
        .pools()
        .forEach(
            (id, pool) -> {
              if (follows(id, pool, c.target())) {
                runs.add(new PoolRun(id, run(c.operation(), id)));
              }
            });
    return runs;
  }

  private static boolean follows(PoolId id, PoolFacts pool, KubernetesVersion target) {
    if (pool.nodes().oldest().compareTo(target) >= 0) {
      return false;
    }
    return switch (pool.phase()) {
      case CREATING -> throw Refusals.poolBusy(id, "being created");
      case RUNNING -> {
        RollDecider.checkStill(id, pool);
        yield true;
      }
      case CREATION_FAILED, DELETING, DELETION_FAILED -> false;
    };
  }

  private static OperationId run(OperationId upgrade, PoolId pool) {
    return new OperationId(Id.derived("pool-upgrade", upgrade.toString(), pool.toString()));
  }

  /** The pools begin in the same transaction: nobody can come between. */
  static List<ClusterEvent> finishControlPlane(FinishControlPlaneUpgrade c, ClusterState state) {
    if (!(state instanceof Running running)
        || !(running.work() instanceof Work.Upgrading upgrading)
        || !upgrading.operation().equals(c.operation())
        || upgrading.controlPlaneDone()) {
      return List.of();
    }
    List<ClusterEvent> events = new ArrayList<>();
    events.add(
        new ControlPlaneUpgraded(
            c.clusterId(), c.operation(), upgrading.before(), upgrading.after(), upgrading.left()));
    upgrading.pools().forEach(run -> events.addAll(roll(c.clusterId(), running, upgrading, run)));
    return events;
  }

  private static List<ClusterEvent> roll(
      ClusterId cluster, Running running, Work.Upgrading upgrading, PoolRun run) {
    return running.facts().pool(run.pool()).stream()
        .<ClusterEvent>map(
            pool ->
                RollDecider.started(
                    cluster,
                    run.pool(),
                    run.run(),
                    upgrading.operation(),
                    running.facts(),
                    pool,
                    upgrading.after()))
        .toList();
  }
}
