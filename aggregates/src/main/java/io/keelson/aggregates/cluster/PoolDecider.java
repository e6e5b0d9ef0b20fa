package io.keelson.aggregates.cluster;

import static io.keelson.commands.CommandRejected.Reason.KEY_REUSED;

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
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterCommand.CreatePool;
import io.keelson.commands.cluster.ClusterCommand.DeletePool;
import io.keelson.commands.cluster.ClusterCommand.FailPoolCreation;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolCreation;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolDeletion;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionStarted;
import io.keelson.commands.cluster.Pool;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Whether a pool may come to a cluster, and go: a deletion ends whatever runs for the pool. What
 * changes it in between is decided elsewhere.
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
        return sameAgain(started(c, before.created().clusterName()), before.created());
      }
      if (present.facts().gonePools().contains(c.pool().id())) {
        throw Refusals.poolNotFound(c.pool().id());
      }
    }
    Running running = Refusals.running(c.clusterId(), state);
    if (running.upgrading()) {
      throw Refusals.clusterBusy(c.clusterId(), "being upgraded");
    }
    Facts facts = running.facts();
    PoolRules.checkName(c.pool().spec(), facts);
    PoolRules.checkFirst(c.pool().spec(), facts);
    PoolRules.checkNodes(c.pool().id(), c.pool().spec(), facts);
    checkServed(c, facts);
    return List.of(started(c, facts.spec().name()));
  }

  private static PoolCreationStarted started(CreatePool c, String clusterName) {
    return started(c.clusterId(), clusterName, c.operation(), c.pool(), false);
  }

  /** After an upgrade that failed, API servers may be older than what was asked for. */
  private static void checkServed(CreatePool c, Facts facts) {
    KubernetesVersion version = facts.controlPlane().version();
    if (!VersionRules.mayServe(version, c.pool().spec().version())) {
      throw Refusals.clusterBusy(c.clusterId(), "at " + version);
    }
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

  static List<ClusterEvent> delete(DeletePool c, ClusterState state) {
    return switch (state) {
      case Running s -> delete(c, s, pool(c, s.facts()));
      case Deleting s when pool(c, s.facts()).leaving() -> List.of(); // it goes with its cluster
      case Creating _, CreationFailed _, Deleting _, DeletionFailed _ ->
          throw Refusals.clusterBusy(c.clusterId(), state);
      case Absent _, Deleted _ -> throw Refusals.poolNotFound(c.pool());
    };
  }

  private static PoolFacts pool(DeletePool c, Facts facts) {
    return facts.pool(c.pool()).orElseThrow(() -> Refusals.poolNotFound(c.pool()));
  }

  private static List<ClusterEvent> delete(DeletePool c, Running running, PoolFacts pool) {
    return switch (pool.phase()) {
      case DELETING -> List.of(); // asked for already
      case CREATING, RUNNING, CREATION_FAILED, DELETION_FAILED ->
          List.of(
              new PoolDeletionStarted(
                  c.clusterId(), c.pool(), c.operation(), false, ended(c.pool(), running, pool)));
    };
  }

  /** An upgrade of the cluster goes on without the pool: it must not wait for it. */
  private static List<OperationId> ended(PoolId id, Running running, PoolFacts pool) {
    Stream<OperationId> waiting =
        running.work() instanceof Work.Upgrading u && u.awaits(id)
            ? Stream.of(u.operation())
            : Stream.of();
    return Stream.concat(pool.operations().stream(), waiting).toList();
  }

  static List<ClusterEvent> finishDeletion(FinishPoolDeletion c, ClusterState state) {
    return holds(state, c.pool(), pool -> c.operation().equals(pool.deletion()))
        ? List.of(new PoolDeletionFinished(c.clusterId(), c.pool(), c.operation()))
        : List.of();
  }

  static boolean holds(ClusterState state, PoolId pool, Predicate<PoolFacts> what) {
    return state instanceof Present present && present.facts().pool(pool).filter(what).isPresent();
  }

  /** Those pools of which something holds. */
  static List<PoolId> those(Facts facts, Predicate<PoolFacts> what) {
    return facts.pools().entrySet().stream()
        .filter(e -> what.test(e.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
