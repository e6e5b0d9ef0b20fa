package io.keelson.aggregates.cluster;

import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.PoolSpec;
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
 */
record Facts(ClusterCreationStarted created, Map<PoolId, PoolFacts> pools, Sights sights) {

  /** Always in one order, whoever made it: what is decided must not depend on it. */
  Facts {
    pools = sorted(pools);
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
    return new Facts(created, changed, sights);
  }

  /** A pool that this cluster does not have stays unknown. */
  Facts changePool(PoolId pool, UnaryOperator<PoolFacts> change) {
    PoolFacts facts = pools.get(pool);
    return facts == null ? this : withPool(pool, change.apply(facts));
  }

  Facts withSights(Sights changed) {
    return new Facts(created, pools, changed);
  }

  static final Comparator<PoolId> BY_ID = Comparator.comparing(pool -> pool.value().toString());

  /** How far a pool has come. */
  enum PoolPhase {
    CREATING,
    RUNNING,
    FAILED,
    DELETING
  }

  /**
   * One pool.
   *
   * @param creation the operation that creates it
   * @param updates the operations that are changing it
   * @param inForce whether the provider has, or is being told of, what {@code spec} says
   */
  record PoolFacts(
      PoolSpec spec,
      long generation,
      PoolPhase phase,
      OperationId creation,
      Set<OperationId> updates,
      boolean inForce) {

    PoolFacts {
      updates = Collections.unmodifiableSortedSet(copy(updates));
    }

    PoolFacts in(PoolPhase changed) {
      return new PoolFacts(spec, generation, changed, creation, updates, inForce);
    }

    PoolFacts updating(OperationId operation, PoolSpec after, long newGeneration) {
      Set<OperationId> changed = copy(updates);
      changed.add(operation);
      return new PoolFacts(after, newGeneration, phase, creation, changed, true);
    }

    PoolFacts updated(OperationId operation, boolean succeeded) {
      Set<OperationId> changed = copy(updates);
      changed.remove(operation);
      return new PoolFacts(
          spec, generation, phase, creation, changed, succeeded || (inForce && !changed.isEmpty()));
    }

    PoolFacts withoutUpdates() {
      return new PoolFacts(spec, generation, phase, creation, Set.of(), inForce);
    }

    private static TreeSet<OperationId> copy(Set<OperationId> operations) {
      TreeSet<OperationId> copy =
          new TreeSet<>(Comparator.comparing(operation -> operation.value().toString()));
      copy.addAll(operations);
      return copy;
    }
  }

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
