package io.keelson.aggregates.cluster;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterSpec;
import io.keelson.commands.provisioning.AdditionalResource;
import io.keelson.commands.provisioning.ObservedComponents;
import io.keelson.commands.provisioning.ObservedControlPlane;
import io.keelson.commands.provisioning.ObservedPool;
import java.util.ArrayList;
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
 * @param tokenReset the operation that replaces the administrator's credential, while one does
 * @param asked the newest operations that were begun, in their order: none begins twice
 * @param gonePools whose ids are never used again
 */
record Facts(
    ClusterCreationStarted created,
    ControlPlaneFacts controlPlane,
    AclFacts acl,
    @Nullable OperationId tokenReset,
    List<OperationId> asked,
    Map<PoolId, PoolFacts> pools,
    Set<PoolId> gonePools,
    Sights sights) {

  /** A limit on what a state can grow to: who repeats a request does so soon. */
  static final int MOST_ASKED = 100;

  /** Always in one order, whoever made it: what is decided must not depend on it. */
  Facts {
    asked = List.copyOf(asked.subList(Math.max(0, asked.size() - MOST_ASKED), asked.size()));
    pools = sorted(pools);
    TreeSet<PoolId> gone = new TreeSet<>(BY_ID);
    gone.addAll(gonePools);
    gonePools = Collections.unmodifiableSortedSet(gone);
  }

  private static <V> Map<PoolId, V> sorted(Map<PoolId, V> pools) {
    TreeMap<PoolId, V> sorted = new TreeMap<>(BY_ID);
    sorted.putAll(pools);
    return Collections.unmodifiableSortedMap(sorted);
  }

  static Facts of(ClusterCreationStarted e) {
    return new Facts(
        e,
        ControlPlaneFacts.of(e.spec()),
        AclFacts.initial(e.clusterId()),
        null,
        List.of(),
        Map.of(),
        Set.of(),
        Sights.NONE);
  }

  /** What the cluster should be now. */
  ClusterSpec spec() {
    return controlPlane.spec();
  }

  Optional<PoolFacts> pool(PoolId id) {
    return Optional.ofNullable(pools.get(id));
  }

  /** The operations that still run for it, but those for it as a whole. */
  List<OperationId> operations() {
    List<OperationId> all = new ArrayList<>();
    pools.values().forEach(pool -> all.addAll(pool.operations()));
    all.addAll(acl.changes());
    if (tokenReset != null) {
      all.add(tokenReset);
    }
    return all;
  }

  /** No node is of an older version; without pools, the control plane's. */
  KubernetesVersion oldestNode() {
    return pools.values().stream()
        .map(pool -> pool.nodes().oldest())
        .min(Comparator.naturalOrder())
        .orElse(controlPlane.version());
  }

  Facts with(ControlPlaneFacts changed) {
    return new Facts(created, changed, acl, tokenReset, asked, pools, gonePools, sights);
  }

  Facts with(AclFacts changed) {
    return new Facts(created, controlPlane, changed, tokenReset, asked, pools, gonePools, sights);
  }

  Facts withTokenReset(@Nullable OperationId changed) {
    return new Facts(created, controlPlane, acl, changed, asked, pools, gonePools, sights);
  }

  Facts withAsked(OperationId operation) {
    List<OperationId> all = new ArrayList<>(asked);
    all.remove(operation);
    all.add(operation);
    return new Facts(created, controlPlane, acl, tokenReset, all, pools, gonePools, sights);
  }

  /** Nothing runs for it any more but its deletion. */
  Facts deleting(OperationId operation) {
    return with(acl.stopped())
        .withTokenReset(null)
        .withAsked(operation)
        .changePools(pool -> pool.deleting(operation));
  }

  Facts withPool(PoolId pool, PoolFacts facts) {
    Map<PoolId, PoolFacts> changed = new TreeMap<>(BY_ID);
    changed.putAll(pools);
    changed.put(pool, facts);
    return withPools(changed, gonePools);
  }

  Facts withoutPool(PoolId pool) {
    Map<PoolId, PoolFacts> left = new TreeMap<>(BY_ID);
    left.putAll(pools);
    left.remove(pool);
    Set<PoolId> gone = new TreeSet<>(BY_ID);
    gone.addAll(gonePools);
    gone.add(pool);
    return withPools(left, gone);
  }

  /** Every pool after a change. */
  Facts changePools(UnaryOperator<PoolFacts> change) {
    Map<PoolId, PoolFacts> changed = new TreeMap<>(BY_ID);
    pools.forEach((id, facts) -> changed.put(id, change.apply(facts)));
    return withPools(changed, gonePools);
  }

  /** A pool that this cluster does not have stays unknown. */
  Facts changePool(PoolId pool, UnaryOperator<PoolFacts> change) {
    PoolFacts facts = pools.get(pool);
    return facts == null ? this : withPool(pool, change.apply(facts));
  }

  private Facts withPools(Map<PoolId, PoolFacts> changed, Set<PoolId> gone) {
    return new Facts(created, controlPlane, acl, tokenReset, asked, changed, gone, sights);
  }

  Facts withSights(Sights changed) {
    return new Facts(created, controlPlane, acl, tokenReset, asked, pools, gonePools, changed);
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

    Sights with(ObservedControlPlane changed) {
      return new Sights(true, changed, components, pools, additionalResources);
    }

    Sights with(ObservedComponents changed) {
      return new Sights(true, controlPlane, changed, pools, additionalResources);
    }

    Sights with(List<AdditionalResource> changed) {
      return new Sights(true, controlPlane, components, pools, changed);
    }

    /** A pool that is not there is not seen any more. */
    Sights with(PoolId pool, @Nullable ObservedPool observed) {
      Map<PoolId, ObservedPool> changed = new TreeMap<>(BY_ID);
      changed.putAll(pools);
      if (observed == null) {
        changed.remove(pool);
      } else {
        changed.put(pool, observed);
      }
      return new Sights(present, controlPlane, components, changed, additionalResources);
    }
  }
}
