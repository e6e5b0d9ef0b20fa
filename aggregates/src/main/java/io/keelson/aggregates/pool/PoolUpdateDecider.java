package io.keelson.aggregates.pool;

import io.keelson.aggregates.pool.PoolCluster.Creating;
import io.keelson.aggregates.pool.PoolCluster.Deleting;
import io.keelson.aggregates.pool.PoolCluster.Failed;
import io.keelson.aggregates.pool.PoolCluster.InService;
import io.keelson.aggregates.pool.PoolCluster.Present;
import io.keelson.commands.NodeId;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.pool.PoolCommand;
import io.keelson.commands.pool.PoolCommand.RemoveNode;
import io.keelson.commands.pool.PoolCommand.UpdatePool;
import io.keelson.commands.pool.PoolEvent;
import io.keelson.commands.pool.PoolEvent.PoolUpdateStarted;
import io.keelson.commands.spec.PoolChange;
import io.keelson.commands.spec.PoolSpec;
import java.util.List;
import java.util.stream.Stream;

/**
 * What may be changed of a pool, its number of nodes included. Each document of a pool is whole, so
 * the newest change supersedes the one that still runs.
 */
final class PoolUpdateDecider {

  private PoolUpdateDecider() {}

  static List<PoolEvent> update(UpdatePool c, Present cluster) {
    checkChangeable(cluster);
    PoolState before = PoolChecks.staying(c.pool(), cluster.pools());
    PoolSpec after = before.spec().with(c.change());
    if (after.equals(before.spec()) && before.effective()) {
      return List.of(); // as it is already, also when delivered twice
    }
    PoolRules.checkChange(c.change(), after);
    PoolChecks.checkNotRolled(c.pool(), before);
    boolean resized = after.size() != before.spec().size();
    if (resized && cluster.stage() instanceof Creating creating) {
      throw creating.holder().rejection(cluster.id());
    }
    boolean scales = resized || !before.effective();
    if (scales) {
      PoolChecks.checkNotUpgrading(cluster);
    }
    if (resized) {
      PoolRules.checkNodes(c.pool(), after, cluster);
    }
    // A scale that is superseded continues with this change: nodes are still added or removed.
    return started(c, before, after, scales || before.scales(), before.nodes().toRemove());
  }

  private static void checkChangeable(Present cluster) {
    switch (cluster.stage()) {
      case InService _, Creating _ -> {}
      case Deleting s -> throw s.holder().rejection(cluster.id());
      case Failed s -> throw s.holder().rejection(cluster.id());
    }
  }

  /** An empty pool stays empty: whatever node it still has is being deleted already. */
  static List<PoolEvent> remove(RemoveNode c, Present cluster) {
    PoolChecks.inService(cluster);
    PoolState before = PoolChecks.staying(c.pool(), cluster.pools());
    boolean counted = before.nodes().removed().contains(c.node()) || before.spec().size() == 0;
    if (counted && before.effective()) {
      return List.of(); // it is being deleted already
    }
    PoolChecks.checkNotRolled(c.pool(), before);
    PoolChecks.checkNotUpgrading(cluster);
    int size = counted ? before.spec().size() : before.spec().size() - 1;
    return started(
        c,
        before,
        before.spec().with(PoolChange.ofSize(size)),
        true,
        Stream.concat(before.nodes().toRemove().stream(), Stream.of(c.node())).distinct().toList());
  }

  private static List<PoolEvent> started(
      PoolCommand c, PoolState before, PoolSpec after, boolean scales, List<NodeId> nodesToRemove) {
    return List.of(
        new PoolUpdateStarted(
            c.clusterId(),
            c.pool(),
            c.operation(),
            scales ? OperationKind.SCALE : OperationKind.UPDATE,
            new PoolTarget(c.pool(), before.generation() + 1, after.size(), after.version()),
            after.changeTo(before.spec()),
            before.spec().changeTo(after),
            nodesToRemove,
            before.updates()));
  }
}
