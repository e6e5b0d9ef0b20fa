package io.keelson.aggregates.cluster;

import static io.keelson.commands.CommandRejected.Reason.INVALID;
import static io.keelson.commands.CommandRejected.Reason.NAME_TAKEN;

import io.keelson.commands.CommandRejected;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterType;
import io.keelson.commands.cluster.PoolChange;
import io.keelson.commands.cluster.PoolSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pool may be, given the cluster that it is in. Arguments are named as callers know them.
 */
final class PoolRules {

  private PoolRules() {}

  /** A name is free again once its pool is gone. */
  static void checkName(PoolSpec pool, Facts facts) {
    if (facts.pools().values().stream().anyMatch(p -> p.spec().name().equals(pool.name()))) {
      throw new CommandRejected(NAME_TAKEN, "pool name must be unique across the cluster", "name");
    }
  }

  /** A cheap cluster is in service only with a node. */
  static void checkFirst(PoolSpec pool, Facts facts) {
    boolean nodes = pool.size() > 0 || pool.external() || facts.spec().type().dedicated();
    if (facts.pools().isEmpty() && !nodes) {
      throw new CommandRejected(
          INVALID, "the first pool of this cluster type must not be empty", "size");
    }
  }

  /** What goes does not count any more. */
  static void checkNodes(PoolId id, PoolSpec pool, Facts facts) {
    PoolFacts before = facts.pools().get(id);
    if (before == null || pool.size() > before.spec().size()) {
      checkNodes(facts.spec().type(), nodes(facts, id) + pool.size(), facts);
    }
  }

  /** All that there are must have room in a type. */
  static void checkNodes(ClusterType type, Facts facts) {
    checkNodes(type, nodes(facts, null), facts);
  }

  private static void checkNodes(ClusterType type, long asked, Facts facts) {
    if (asked > type.maxNodes()) {
      throw new CommandRejected(
          new CommandRejected.Quota(
              "cluster_nodes", type.maxNodes(), asked, facts.created().project()));
    }
  }

  private static long nodes(Facts facts, @Nullable PoolId without) {
    return facts.pools().entrySet().stream()
        .filter(e -> !e.getKey().equals(without) && !e.getValue().leaving())
        .mapToLong(e -> e.getValue().spec().size())
        .sum();
  }

  /** Bounds are kept as they were sent: they bind the size only while there is an autoscaler. */
  static void checkChange(PoolChange change, PoolSpec after) {
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    given.put("size", change.size());
    given.put("min_size", change.minSize());
    given.put("max_size", change.maxSize());
    given.put("autoscaling", change.autoscaling());
    String first =
        given.entrySet().stream()
            .filter(e -> e.getValue() != null)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse("");
    if (!first.isEmpty() && after.minSize() > after.maxSize()) {
      throw new CommandRejected(
          INVALID,
          "min_size must not be more than max_size",
          change.minSize() == null && change.maxSize() != null ? "max_size" : "min_size");
    }
    boolean outside = after.size() < after.minSize() || after.size() > after.maxSize();
    if (!first.isEmpty() && after.autoscaling() && outside) {
      throw new CommandRejected(
          INVALID,
          "size " + after.size() + " must be between min_size and max_size while autoscaling is on",
          first);
    }
    if (after.upgradePolicy().maxUnavailable() == 0 && after.upgradePolicy().maxSurge() == 0) {
      throw new CommandRejected(
          INVALID, "must not be 0 while max_surge is 0 too", "upgrade_policy.max_unavailable");
    }
  }
}
