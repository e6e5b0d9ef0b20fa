package io.keelson.aggregates.cluster;

import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationStarted;
import io.keelson.commands.provisioning.AdditionalResource;
import io.keelson.commands.provisioning.ObservedComponents;
import io.keelson.commands.provisioning.ObservedControlPlane;
import io.keelson.commands.provisioning.ObservedPool;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What every phase of a present cluster knows: what was asked for, its pools, what was last seen.
 *
 * @param gonePools whose ids are never used again
 */
record Facts(
    ClusterCreationStarted created,
    Map<PoolId, PoolFacts> pools,
    Set<PoolId> gonePools,
    Sights sights) {

  /** Always in one order, whoever made it: what is decided must not depend on it. */
  Facts {
    pools = sorted(pools);
    Set<PoolId> gone = new TreeSet<>(BY_ID);
    gone.addAll(gonePools);
    gonePools = Collections.unmodifiableSet(gone);
  }

  private static <V> Map<PoolId, V> sorted(Map<PoolId, V> pools) {
    TreeMap<PoolId, V> sorted = new TreeMap<>(BY_ID);
    sorted.putAll(pools);
    return Collections.unmodifiableSortedMap(sorted);
  }

  Optional<PoolFacts> pool(PoolId id) {
    return Optional.ofNullable(pools.get(id));
  }

  Facts withPool(PoolId pool, PoolFacts facts) {
    Map<PoolId, PoolFacts> changed = new TreeMap<>(BY_ID);
    changed.putAll(pools);
    changed.put(pool, facts);
    return new Facts(created, changed, gonePools, sights);
  }

  Facts withoutPool(PoolId pool) {
    Map<PoolId, PoolFacts> left = new TreeMap<>(BY_ID);
    left.putAll(pools);
    left.remove(pool);
    Set<PoolId> gone = new TreeSet<>(BY_ID);
    gone.addAll(gonePools);
    gone.add(pool);
    return new Facts(created, left, gone, sights);
  }

  /** Every pool after a change. */
  Facts changePools(UnaryOperator<PoolFacts> change) {
    Map<PoolId, PoolFacts> changed = new TreeMap<>(BY_ID);
    pools.forEach((id, facts) -> changed.put(id, change.apply(facts)));
    return new Facts(created, changed, gonePools, sights);
  }

  /** A pool that this cluster does not have stays unknown. */
  Facts changePool(PoolId pool, UnaryOperator<PoolFacts> change) {
    PoolFacts facts = pools.get(pool);
    return facts == null ? this : withPool(pool, change.apply(facts));
  }

  Facts withSights(Sights changed) {
    return new Facts(created, pools, gonePools, changed);
  }

  static final Comparator<PoolId> BY_ID = Comparator.comparing(pool -> pool.value().toString());

  /** What the provider showed last; null and absent: never seen. */
  record Sights(
      boolean present,
      @Nullable ObservedControlPlane controlPlane,
      @Nullable ObservedComponents components,
      Map<PoolId, ObservedPool> pools,
      List<AdditionalResource> additionalResources) {

    Sights {
      pools = sorted(pools);
    }

    static final Sights NONE = new Sights(false, null, null, Map.of(), List.of());
  }
}
