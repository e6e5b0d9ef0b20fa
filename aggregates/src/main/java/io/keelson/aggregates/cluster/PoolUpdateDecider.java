package io.keelson.aggregates.cluster;

import io.keelson.aggregates.cluster.ClusterState.Absent;
import io.keelson.aggregates.cluster.ClusterState.Creating;
import io.keelson.aggregates.cluster.ClusterState.CreationFailed;
import io.keelson.aggregates.cluster.ClusterState.Deleted;
import io.keelson.aggregates.cluster.ClusterState.Deleting;
import io.keelson.aggregates.cluster.ClusterState.DeletionFailed;
import io.keelson.aggregates.cluster.ClusterState.Running;
import io.keelson.commands.ClusterId;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterCommand.FailPoolUpdate;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolUpdate;
import io.keelson.commands.cluster.ClusterCommand.RemoveNode;
import io.keelson.commands.cluster.ClusterCommand.UpdatePool;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateStarted;
import io.keelson.commands.cluster.PoolChange;
import io.keelson.commands.cluster.PoolSpec;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.provisioning.ObservedPool;
import java.util.List;
import java.util.stream.Stream;

/**
 * What may be changed of a pool, its number of nodes included. The newest wish holds: another size
 * ends the changes of it that still run.
 */
final class PoolUpdateDecider {

  private PoolUpdateDecider() {}

  static List<ClusterEvent> update(UpdatePool c, ClusterState state) {
    Facts facts =
        switch (state) {
          case Creating s -> s.facts();
          case Running s -> s.facts();
          case CreationFailed _, Deleting _, DeletionFailed _ ->
              throw Refusals.clusterBusy(c.clusterId(), state);
          case Absent _, Deleted _ -> throw Refusals.poolNotFound(c.pool());
        };
    PoolFacts before = staying(c.pool(), facts);
    PoolSpec after = before.spec().with(c.change());
    if (after.equals(before.spec()) && before.inForce()) {
      return List.of(); // as it is already, also when delivered twice
    }
    PoolRules.checkChange(c.change(), after);
    checkNotRolled(c.pool(), before);
    boolean resized = after.size() != before.spec().size();
    if (resized && state instanceof Creating) {
      throw Refusals.clusterBusy(c.clusterId(), state);
    }
    boolean scales = resized || (!before.inForce() && !isSeenAt(after.size(), c.pool(), facts));
    if (scales) {
      checkNotUpgrading(c.clusterId(), state);
    }
    if (resized) {
      PoolRules.checkNodes(c.pool(), after, facts);
    }
    return List.of(started(c, facts, before, after, scales));
  }

  private static PoolUpdateStarted started(
      UpdatePool c, Facts facts, PoolFacts before, PoolSpec after, boolean scales) {
    return new PoolUpdateStarted(
        c.clusterId(),
        c.pool(),
        c.operation(),
        scales ? OperationKind.SCALE : OperationKind.UPDATE,
        before.generation() + 1,
        facts.spec().name(),
        before.spec(),
        after,
        before.nodes().unwanted(),
        scales ? before.scalings() : List.of());
  }

  /** A pool without nodes has none to count: what is still there of them goes anyway. */
  static List<ClusterEvent> remove(RemoveNode c, ClusterState state) {
    Running running = Refusals.running(c.clusterId(), c.pool(), state);
    PoolFacts before = staying(c.pool(), running.facts());
    boolean counted = before.nodes().removed().contains(c.node()) || before.spec().size() == 0;
    if (counted && before.inForce()) {
      return List.of(); // it goes already
    }
    checkNotRolled(c.pool(), before);
    checkNotUpgrading(c.clusterId(), state);
    int size = counted ? before.spec().size() : before.spec().size() - 1;
    return List.of(
        new PoolUpdateStarted(
            c.clusterId(),
            c.pool(),
            c.operation(),
            OperationKind.SCALE,
            before.generation() + 1,
            running.facts().spec().name(),
            before.spec(),
            before.spec().with(PoolChange.ofSize(size)),
            Stream.concat(before.nodes().unwanted().stream(), Stream.of(c.node()))
                .distinct()
                .toList(),
            before.scalings()));
  }

  private static PoolFacts staying(PoolId id, Facts facts) {
    PoolFacts pool = facts.pool(id).orElseThrow(() -> Refusals.poolNotFound(id));
    if (pool.leaving()) {
      throw Refusals.poolBusy(id, "being deleted");
    }
    return pool;
  }

  private static void checkNotRolled(PoolId id, PoolFacts pool) {
    if (pool.roll() != null) {
      throw Refusals.poolBusy(id, pool.roll().text());
    }
  }

  /** Nodes of a pool are counted only where nothing else is at work on them. */
  private static void checkNotUpgrading(ClusterId cluster, ClusterState state) {
    if (state instanceof Running running && running.upgrading()) {
      throw Refusals.clusterBusy(cluster, "being upgraded");
    }
  }

  private static boolean isSeenAt(int size, PoolId id, Facts facts) {
    ObservedPool seen = facts.sights().pools().get(id);
    return seen != null && seen.replicas().desired() == size && seen.replicas().ready() == size;
  }

  static List<ClusterEvent> finish(FinishPoolUpdate c, ClusterState state) {
    return PoolDecider.holds(state, c.pool(), pool -> pool.updates().containsKey(c.operation()))
        ? List.of(new PoolUpdateFinished(c.clusterId(), c.pool(), c.operation()))
        : List.of();
  }

  static List<ClusterEvent> fail(FailPoolUpdate c, ClusterState state) {
    return PoolDecider.holds(state, c.pool(), pool -> pool.updates().containsKey(c.operation()))
        ? List.of(new PoolUpdateFailed(c.clusterId(), c.pool(), c.operation(), c.reason()))
        : List.of();
  }
}
