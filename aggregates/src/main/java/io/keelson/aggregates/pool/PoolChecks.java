package io.keelson.aggregates.pool;

import static io.keelson.commands.CommandRejected.Reason.NOT_FOUND;

import io.keelson.aggregates.pool.PoolCluster.InService;
import io.keelson.aggregates.pool.PoolCluster.NotInService;
import io.keelson.aggregates.pool.PoolCluster.Upgrade;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.PoolId;
import org.jspecify.annotations.Nullable;

/** Whether a pool and its cluster are in a state in which a pool can be changed at all. */
final class PoolChecks {

  private PoolChecks() {}

  /**
   * The upgrade of a cluster that must be in service; null: it is not being upgraded.
   *
   * @throws CommandRejected when the cluster is not in service
   */
  static @Nullable Upgrade inService(PoolCluster.Present cluster) {
    return switch (cluster.stage()) {
      case InService s -> s.upgrade();
      case NotInService s -> throw s.holder().rejection(cluster.id());
    };
  }

  /** Nodes are added and removed only while no upgrade of the cluster replaces them. */
  static void checkNotUpgrading(PoolCluster.Present cluster) {
    if (cluster.stage() instanceof InService s && s.upgrade() != null) {
      throw s.upgrade().holder().rejection(cluster.id());
    }
  }

  /**
   * A pool that is not being deleted.
   *
   * @throws CommandRejected when there is no such pool, or it is being deleted
   */
  static PoolState staying(PoolId id, Pools pools) {
    PoolState pool = pools.pool(id).orElseThrow(() -> notFound(id));
    Holder holder = pool.leaving() ? pool.holderOfNodes() : null;
    if (holder != null) {
      throw holder.rejection(id);
    }
    return pool;
  }

  /** A roll continues with the document that it started with. */
  static void checkNotRolled(PoolId id, PoolState pool) {
    if (pool.roll() != null) {
      throw pool.roll().holder().rejection(id);
    }
  }

  /** Nodes are added, removed and replaced for one reason at a time. */
  static void checkRollable(PoolId id, PoolState pool) {
    Holder holder = pool.holderOfNodes();
    if (holder != null) {
      throw holder.rejection(id);
    }
  }

  static CommandRejected notFound(PoolId pool) {
    return new CommandRejected(NOT_FOUND, "pool " + pool + " does not exist", "pool_id");
  }
}
