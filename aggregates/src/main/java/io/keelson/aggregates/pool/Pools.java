package io.keelson.aggregates.pool;

import io.keelson.aggregates.pool.PoolState.Phase;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.PoolHealth;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The pools of one cluster, always in one order: what is decided must not depend on how a map was
 * filled.
 *
 * @param present those that are not deleted yet
 * @param deleted ids that are never used again
 * @param health the last recorded health of each pool that the provider has or had
 */
public record Pools(
    Map<PoolId, PoolState> present, Set<PoolId> deleted, Map<PoolId, PoolHealth> health) {

  private static final Comparator<PoolId> BY_ID = Comparator.comparing(PoolId::toString);

  public static final Pools NONE = new Pools(Map.of(), Set.of(), Map.of());

  public Pools {
    present = Collections.unmodifiableMap(sorted(present));
    health = Collections.unmodifiableMap(sorted(health));
    deleted = Collections.unmodifiableSet(sorted(deleted));
  }

  private static <V> Map<PoolId, V> sorted(Map<PoolId, V> pools) {
    Map<PoolId, V> sorted = new TreeMap<>(BY_ID);
    sorted.putAll(pools);
    return sorted;
  }

  static Set<PoolId> sorted(Collection<PoolId> pools) {
    Set<PoolId> sorted = new TreeSet<>(BY_ID);
    sorted.addAll(pools);
    return sorted;
  }

  public Optional<PoolState> pool(PoolId id) {
    return Optional.ofNullable(present.get(id));
  }

  /** The runs for pools that have not ended. */
  public List<OperationId> operations() {
    return present.values().stream().flatMap(pool -> pool.operations().stream()).toList();
  }

  /** No node of any pool has an older version; empty: there are no pools. */
  public Optional<KubernetesVersion> oldestNode() {
    return present.values().stream()
        .map(pool -> pool.nodes().oldest())
        .min(Comparator.naturalOrder());
  }

  /** The ids of the pools that satisfy a condition. */
  List<PoolId> ids(Predicate<PoolState> condition) {
    return present.entrySet().stream()
        .filter(e -> condition.test(e.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** All runs for pools end but the deletion of the cluster, which deletes the pools. */
  public Pools deleting(OperationId operation) {
    return changed(pool -> pool.deleting(operation));
  }

  /** The deletion of the cluster has failed, and with it that of its pools. */
  public Pools deletionFailed() {
    return changed(pool -> pool.deletionEnded(Phase.DELETING));
  }

  private Pools changed(UnaryOperator<PoolState> change) {
    Map<PoolId, PoolState> changed = sorted(present);
    changed.replaceAll((_, pool) -> change.apply(pool));
    return new Pools(changed, deleted, health);
  }

  /** A pool that the cluster does not have stays unknown. */
  Pools changed(PoolId id, UnaryOperator<PoolState> change) {
    PoolState pool = present.get(id);
    return pool == null ? this : with(id, change.apply(pool));
  }

  Pools with(PoolId id, PoolState pool) {
    Map<PoolId, PoolState> changed = sorted(present);
    changed.put(id, pool);
    return new Pools(changed, deleted, health);
  }

  Pools without(PoolId id) {
    Map<PoolId, PoolState> left = sorted(present);
    left.remove(id);
    Set<PoolId> ids = sorted(deleted);
    ids.add(id);
    Map<PoolId, PoolHealth> changed = sorted(health);
    changed.remove(id, PoolHealth.ABSENT);
    return new Pools(left, ids, changed);
  }

  /** Whether it is a pool of the cluster of which nothing was recorded yet. */
  boolean awaited(PoolId id) {
    return present.containsKey(id) && !health.containsKey(id);
  }

  /** A pool whose creation is done is there; what was recorded of it stays. */
  Pools appeared(PoolId id) {
    return awaited(id) ? observed(id, PoolHealth.PRESENT) : this;
  }

  /** The absence of a pool is remembered until it is deleted: its return is an event. */
  Pools observed(PoolId id, PoolHealth observed) {
    Map<PoolId, PoolHealth> changed = sorted(health);
    changed.put(id, observed);
    if (!present.containsKey(id)) {
      changed.remove(id, PoolHealth.ABSENT);
    }
    return new Pools(present, deleted, changed);
  }
}
