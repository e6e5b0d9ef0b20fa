package io.keelson.aggregates.pool;

import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.PoolHealth;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.pool.PoolEvent;
import io.keelson.commands.pool.PoolEvent.PoolCreationFailed;
import io.keelson.commands.pool.PoolEvent.PoolCreationStarted;
import io.keelson.commands.pool.PoolEvent.PoolDeletionFinished;
import io.keelson.commands.pool.PoolEvent.PoolDeletionStarted;
import io.keelson.commands.pool.PoolEvent.PoolObserved;
import io.keelson.commands.spec.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What happens to pools because something happens to their cluster, in the same transaction. */
public final class PoolsOfCluster {

  private PoolsOfCluster() {}

  /** What the first pools of a cluster are to converge to. */
  public static List<PoolTarget> targets(List<Pool> pools) {
    return pools.stream()
        .map(
            pool ->
                new PoolTarget(
                    pool.id(),
                    PoolDecider.FIRST_GENERATION,
                    pool.spec().size(),
                    pool.spec().version()))
        .toList();
  }

  /** The creation of a cluster creates its first pools. */
  public static List<PoolEvent> created(
      ClusterId cluster, OperationId operation, List<Pool> pools) {
    return pools.stream().<PoolEvent>map(pool -> started(cluster, operation, pool)).toList();
  }

  private static PoolCreationStarted started(ClusterId cluster, OperationId operation, Pool pool) {
    return new PoolCreationStarted(
        cluster, pool.id(), operation, PoolDecider.FIRST_GENERATION, pool.spec(), true);
  }

  /** Whether those of the pools that are not deleted yet were created by such a request. */
  public static boolean createdBy(OperationId operation, List<Pool> requested, Pools pools) {
    return requested.stream()
        .allMatch(
            pool ->
                pools
                    .pool(pool.id())
                    .map(PoolState::created)
                    .map(e -> e.equals(started(e.clusterId(), operation, pool)))
                    .orElse(true));
  }

  /** The pools that the failed run has not created yet fail with it. */
  public static List<PoolEvent> creationFailed(
      ClusterId cluster, OperationId operation, String reason, Pools pools) {
    return pools.ids(pool -> pool.creates(operation)).stream()
        .<PoolEvent>map(id -> new PoolCreationFailed(cluster, id, operation, reason))
        .toList();
  }

  /** The deletion of a cluster deletes the pools that are not being deleted yet. */
  public static List<PoolEvent> deletionStarted(
      ClusterId cluster, OperationId operation, Pools pools) {
    return pools.ids(pool -> pool.phase() != PoolState.Phase.DELETING).stream()
        .<PoolEvent>map(id -> new PoolDeletionStarted(cluster, id, operation, true, List.of()))
        .toList();
  }

  /** No pool is left of a deleted cluster. */
  public static List<PoolEvent> deletionFinished(
      ClusterId cluster, OperationId operation, Pools pools) {
    return pools.present().keySet().stream()
        .<PoolEvent>map(id -> new PoolDeletionFinished(cluster, id, operation))
        .toList();
  }

  /**
   * The pools whose health has changed. A pool of the cluster appears when it is created, so its
   * first observation is an event only if it shows troubles.
   *
   * @param now the health of each pool that the provider has
   */
  public static List<PoolEvent> observed(
      ClusterId cluster, Map<PoolId, PoolHealth> now, Pools pools) {
    List<PoolEvent> events = new ArrayList<>();
    Set<PoolId> ids = Pools.sorted(pools.health().keySet());
    ids.addAll(now.keySet());
    for (PoolId id : ids) {
      PoolHealth before = pools.health().getOrDefault(id, PoolHealth.ABSENT);
      PoolHealth after = now.getOrDefault(id, PoolHealth.ABSENT);
      if (!after.equals(before) && !(after.equals(PoolHealth.PRESENT) && pools.awaited(id))) {
        events.add(new PoolObserved(cluster, id, before, after));
      }
    }
    return events;
  }
}
