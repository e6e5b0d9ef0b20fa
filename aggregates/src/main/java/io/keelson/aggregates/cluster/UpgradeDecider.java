package io.keelson.aggregates.cluster;

import io.keelson.aggregates.cluster.ClusterState.Running;
import io.keelson.aggregates.pool.PoolsOfUpgrade;
import io.keelson.aggregates.pool.PoolsOfUpgrade.Following;
import io.keelson.commands.Decision;
import io.keelson.commands.cluster.ClusterCommand.FinishControlPlaneUpgrade;
import io.keelson.commands.cluster.ClusterCommand.UpgradeCluster;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpgradeStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ControlPlaneUpgraded;
import io.keelson.commands.cluster.ControlPlaneEvent.PoolLeftOut;
import java.util.ArrayList;
import java.util.List;

/** Whether a cluster may move to another version, and which pools follow its control plane. */
final class UpgradeDecider {

  private UpgradeDecider() {}

  static List<ClusterEvent> start(UpgradeCluster c, ClusterState state) {
    ClusterFacts facts = ControlPlaneDecider.idle(c.clusterId(), state).facts();
    Decision decision = VersionRules.decide(c.clusterId(), c.target(), facts);
    Following pools =
        c.upgradePools()
            ? PoolsOfUpgrade.following(c.operation(), c.target(), facts.pools())
            : Following.NONE;
    List<ClusterEvent> events = new ArrayList<>();
    events.add(
        new ClusterUpgradeStarted(
            c.clusterId(),
            c.operation(),
            facts.controlPlane().target(facts.spec().at(c.target())),
            facts.controlPlane().version(),
            facts.spec().network().cni(),
            pools.runs(),
            decision));
    pools
        .leftOut()
        .forEach(
            left ->
                events.add(
                    new PoolLeftOut(c.clusterId(), c.operation(), left.pool(), left.decision())));
    return events;
  }

  /** The rolls of the pools start in the same transaction, so no other change can precede them. */
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
    events.addAll(
        PoolsOfUpgrade.started(
            c.clusterId(),
            c.operation(),
            upgrading.after(),
            upgrading.pools(),
            running.facts().pools()));
    return events;
  }
}
