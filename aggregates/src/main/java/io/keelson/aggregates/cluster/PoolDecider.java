package io.keelson.aggregates.cluster;

import static io.keelson.commands.CommandRejected.Reason.BUSY;
import static io.keelson.commands.CommandRejected.Reason.KEY_REUSED;
import static io.keelson.commands.CommandRejected.Reason.NOT_FOUND;

import io.keelson.aggregates.cluster.ClusterState.Absent;
import io.keelson.aggregates.cluster.ClusterState.Creating;
import io.keelson.aggregates.cluster.ClusterState.CreationFailed;
import io.keelson.aggregates.cluster.ClusterState.Deleted;
import io.keelson.aggregates.cluster.ClusterState.Deleting;
import io.keelson.aggregates.cluster.ClusterState.DeletionFailed;
import io.keelson.aggregates.cluster.ClusterState.Present;
import io.keelson.aggregates.cluster.ClusterState.Running;
import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterCommand.CreatePool;
import io.keelson.commands.cluster.ClusterCommand.DeletePool;
import io.keelson.commands.cluster.ClusterCommand.FailPoolCreation;
import io.keelson.commands.cluster.ClusterCommand.FailPoolUpdate;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolCreation;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolDeletion;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolUpdate;
import io.keelson.commands.cluster.ClusterCommand.UpdatePool;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateStarted;
import io.keelson.commands.cluster.Pool;
import io.keelson.commands.cluster.PoolSpec;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.provisioning.ObservedPool;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What may happen to one pool of a cluster. The newest wish holds: a change of a pool's size ends
 * the changes of it that still run, and a deletion ends whatever runs for the pool.
 */
final class PoolDecider {

  /** Of a pool's first document. */
  static final long FIRST_GENERATION = 1;

  private PoolDecider() {}

  /** The event with which a pool begins. */
  static PoolCreationStarted started(
      ClusterId cluster, String clusterName, OperationId operation, Pool pool, boolean with) {
    return new PoolCreationStarted(
        cluster, pool.id(), operation, FIRST_GENERATION, clusterName, pool.spec(), with);
  }

  static List<ClusterEvent> create(CreatePool c, ClusterState state) {
    if (state instanceof Present present) {
      PoolFacts before = present.facts().pools().get(c.pool().id());
      if (before != null) {
        return sameAgain(started(c, present.facts()), before.created());
      }
      if (present.facts().gonePools().contains(c.pool().id())) {
        throw poolNotFound(c.pool().id());
      }
    }
    Facts facts =
        switch (state) {
          case Running s -> s.facts();
          case Creating _, CreationFailed _, Deleting _, DeletionFailed _ ->
              throw clusterBusy(c.clusterId(), state);
          case Absent _, Deleted _ -> throw clusterNotFound(c.clusterId());
        };
    PoolRules.checkName(c.pool().spec(), facts);
    PoolRules.checkFirst(c.pool().spec(), facts);
    PoolRules.checkNodes(c.pool().id(), c.pool().spec(), facts);
    return List.of(started(c, facts));
  }

  private static PoolCreationStarted started(CreatePool c, Facts facts) {
    return started(c.clusterId(), facts.created().spec().name(), c.operation(), c.pool(), false);
  }

  private static List<ClusterEvent> sameAgain(
      PoolCreationStarted wanted, PoolCreationStarted before) {
    if (wanted.equals(before)) {
      return List.of(); // delivered twice
    }
    throw new CommandRejected(
        KEY_REUSED, "pool " + wanted.pool() + " was created by another request");
  }

  static List<ClusterEvent> finishCreation(FinishPoolCreation c, ClusterState state) {
    return holds(state, c.pool(), pool -> pool.owesCreation(c.operation()))
        ? List.of(new PoolCreationFinished(c.clusterId(), c.pool(), c.operation()))
        : List.of();
  }

  static List<ClusterEvent> failCreation(FailPoolCreation c, ClusterState state) {
    return holds(state, c.pool(), pool -> pool.owesCreation(c.operation()))
        ? List.of(new PoolCreationFailed(c.clusterId(), c.pool(), c.operation(), c.reason()))
        : List.of();
  }

  static List<ClusterEvent> update(UpdatePool c, ClusterState state) {
    Facts facts =
        switch (state) {
          case Creating s -> s.facts();
          case Running s -> s.facts();
          case CreationFailed _, Deleting _, DeletionFailed _ ->
              throw clusterBusy(c.clusterId(), state);
          case Absent _, Deleted _ -> throw poolNotFound(c.pool());
        };
    PoolFacts before = facts.pool(c.pool()).orElseThrow(() -> poolNotFound(c.pool()));
    if (before.leaving()) {
      throw new CommandRejected(BUSY, "pool " + c.pool() + " is being deleted");
    }
    PoolSpec after = before.spec().with(c.change());
    if (after.equals(before.spec()) && before.inForce()) {
      return List.of(); // as it is already, also when delivered twice
    }
    PoolRules.checkChange(c.change(), after);
    if (after.size() != before.spec().size()) {
      checkResizable(c, before, state);
      PoolRules.checkNodes(c.pool(), after, facts);
    }
    return List.of(updateStarted(c, facts, before, after));
  }

  private static PoolUpdateStarted updateStarted(
      UpdatePool c, Facts facts, PoolFacts before, PoolSpec after) {
    boolean scales =
        after.size() != before.spec().size()
            || (!before.inForce() && !isSeenAt(after.size(), c.pool(), facts));
    return new PoolUpdateStarted(
        c.clusterId(),
        c.pool(),
        c.operation(),
        scales ? OperationKind.SCALE : OperationKind.UPDATE,
        before.generation() + 1,
        facts.created().spec().name(),
        before.spec(),
        after,
        scales ? before.scalings() : List.of());
  }

  /** Nodes of a pool are counted only where nothing else is at work on them. */
  private static void checkResizable(UpdatePool c, PoolFacts pool, ClusterState state) {
    if (state instanceof Creating) {
      throw clusterBusy(c.clusterId(), state);
    }
    switch (pool.phase()) {
      case CREATING, RUNNING, CREATION_FAILED -> {}
      case UPGRADING -> throw new CommandRejected(BUSY, "pool " + c.pool() + " is being upgraded");
      case DELETING, DELETION_FAILED ->
          throw new CommandRejected(BUSY, "pool " + c.pool() + " is being deleted");
    }
  }

  private static boolean isSeenAt(int size, PoolId id, Facts facts) {
    ObservedPool seen = facts.sights().pools().get(id);
    return seen != null && seen.replicas().desired() == size && seen.replicas().ready() == size;
  }

  static List<ClusterEvent> finishUpdate(FinishPoolUpdate c, ClusterState state) {
    return holds(state, c.pool(), pool -> pool.updates().containsKey(c.operation()))
        ? List.of(new PoolUpdateFinished(c.clusterId(), c.pool(), c.operation()))
        : List.of();
  }

  static List<ClusterEvent> failUpdate(FailPoolUpdate c, ClusterState state) {
    return holds(state, c.pool(), pool -> pool.updates().containsKey(c.operation()))
        ? List.of(new PoolUpdateFailed(c.clusterId(), c.pool(), c.operation(), c.reason()))
        : List.of();
  }

  static List<ClusterEvent> delete(DeletePool c, ClusterState state) {
    return switch (state) {
      case Running s -> delete(c, pool(c, s.facts()));
      case Deleting s when pool(c, s.facts()).leaving() -> List.of(); // it goes with its cluster
      case Creating _, CreationFailed _, Deleting _, DeletionFailed _ ->
          throw clusterBusy(c.clusterId(), state);
      case Absent _, Deleted _ -> throw poolNotFound(c.pool());
    };
  }

  private static PoolFacts pool(DeletePool c, Facts facts) {
    return facts.pool(c.pool()).orElseThrow(() -> poolNotFound(c.pool()));
  }

  private static List<ClusterEvent> delete(DeletePool c, PoolFacts pool) {
    return switch (pool.phase()) {
      case DELETING -> List.of(); // asked for already
      case CREATING, RUNNING, CREATION_FAILED, UPGRADING, DELETION_FAILED ->
          List.of(
              new PoolDeletionStarted(
                  c.clusterId(), c.pool(), c.operation(), false, List.copyOf(pool.operations())));
    };
  }

  static List<ClusterEvent> finishDeletion(FinishPoolDeletion c, ClusterState state) {
    return holds(state, c.pool(), pool -> c.operation().equals(pool.deletion()))
        ? List.of(new PoolDeletionFinished(c.clusterId(), c.pool(), c.operation()))
        : List.of();
  }

  private static boolean holds(ClusterState state, PoolId pool, Predicate<PoolFacts> what) {
    return state instanceof Present present && present.facts().pool(pool).filter(what).isPresent();
  }

  /** Those pools of which something holds. */
  static List<PoolId> those(Facts facts, Predicate<PoolFacts> what) {
    return facts.pools().entrySet().stream()
        .filter(e -> what.test(e.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static CommandRejected poolNotFound(PoolId pool) {
    return new CommandRejected(NOT_FOUND, "pool " + pool + " does not exist", "pool_id");
  }

  private static CommandRejected clusterNotFound(ClusterId cluster) {
    return new CommandRejected(NOT_FOUND, "cluster " + cluster + " does not exist", "cluster_id");
  }

  private static CommandRejected clusterBusy(ClusterId cluster, ClusterState state) {
    return new CommandRejected(
        BUSY,
        "cluster " + cluster + " is not in service: " + state.getClass().getSimpleName(),
        "cluster_id");
  }
}
