package io.keelson.aggregates.pool;

import static io.keelson.commands.CommandRejected.Reason.BUSY;
import static io.keelson.commands.CommandRejected.Reason.INVALID;
import static io.keelson.commands.CommandRejected.Reason.NOT_FOUND;

import io.keelson.aggregates.pool.PoolCluster.Present;
import io.keelson.aggregates.pool.PoolCluster.Upgrade;
import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.pool.PoolCommand.ReplaceNode;
import io.keelson.commands.pool.PoolCommand.UpgradePool;
import io.keelson.commands.pool.PoolEvent;
import io.keelson.commands.pool.PoolEvent.NodeReplacementStarted;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeStarted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether nodes of a pool may be replaced by new ones: all of them, or one. The order of the
 * replacements is decided by the processes.
 */
final class PoolRollDecider {

  private PoolRollDecider() {}

  /** To the version that the pool has already, its nodes move to the latest image. */
  static List<PoolEvent> upgrade(UpgradePool c, Present cluster) {
    Upgrade upgrade = PoolChecks.inService(cluster);
    PoolState pool = PoolChecks.staying(c.pool(), cluster.pools());
    checkVersion(c, cluster, upgrade);
    PoolChecks.checkRollable(c.pool(), pool);
    return List.of(started(c.clusterId(), c.pool(), c.operation(), null, pool, c.target()));
  }

  private static void checkVersion(UpgradePool c, Present cluster, @Nullable Upgrade upgrade) {
    if (!c.target().equals(cluster.desired())) {
      throw new CommandRejected(
          INVALID, "must be that of the cluster, " + cluster.desired(), "version");
    }
    if (upgrade != null && !upgrade.controlPlaneDone()) {
      throw upgrade.holder().rejection(cluster.id());
    }
    if (!cluster.running().equals(cluster.desired())) {
      throw new CommandRejected(
          BUSY,
          "cluster %s runs %s, since its upgrade to %s has failed"
              .formatted(cluster.id(), cluster.running(), c.target()),
          "cluster_id");
    }
  }

  /**
   * The event with which the replacement of all nodes starts.
   *
   * @param upgrade of the cluster, if this is a part of one
   */
  static PoolUpgradeStarted started(
      ClusterId cluster,
      PoolId id,
      OperationId operation,
      @Nullable OperationId upgrade,
      PoolState pool,
      KubernetesVersion target) {
    return new PoolUpgradeStarted(
        cluster,
        id,
        operation,
        upgrade,
        new PoolTarget(id, pool.generation() + 1, pool.spec().size(), target),
        pool.spec().version(),
        pool.spec().upgradePolicy(),
        pool.updates());
  }

  static List<PoolEvent> replace(ReplaceNode c, Present cluster) {
    PoolChecks.inService(cluster);
    PoolState pool = PoolChecks.staying(c.pool(), cluster.pools());
    if (pool.nodes().removed().contains(c.node())) {
      throw new CommandRejected(NOT_FOUND, "node " + c.node() + " has been removed", "node_id");
    }
    PoolChecks.checkNotUpgrading(cluster);
    PoolChecks.checkRollable(c.pool(), pool);
    return List.of(
        new NodeReplacementStarted(
            c.clusterId(),
            c.pool(),
            c.node(),
            c.operation(),
            new PoolTarget(
                c.pool(), pool.generation() + 1, pool.spec().size(), pool.spec().version()),
            pool.spec().upgradePolicy()));
  }
}
