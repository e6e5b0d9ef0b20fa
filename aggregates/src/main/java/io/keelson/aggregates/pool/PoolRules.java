package io.keelson.aggregates.pool;

import static io.keelson.commands.CommandRejected.Reason.BUSY;
import static io.keelson.commands.CommandRejected.Reason.INVALID;
import static io.keelson.commands.CommandRejected.Reason.NAME_TAKEN;

import io.keelson.commands.CommandRejected;
import io.keelson.commands.PoolId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.spec.ClusterType;
import io.keelson.commands.spec.PoolChange;
import io.keelson.commands.spec.PoolSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a pool may be in its cluster. Arguments have the names that callers know. */
public final class PoolRules {

  private PoolRules() {}

  /** A name is free again once its pool is deleted. */
  static void checkName(PoolSpec pool, Pools pools) {
    if (pools.present().values().stream().anyMatch(p -> p.spec().name().equals(pool.name()))) {
      throw new CommandRejected(NAME_TAKEN, "pool name must be unique across the cluster", "name");
    }
  }

  /** A cluster without a dedicated control plane is in service only with a node. */
  static void checkFirst(PoolSpec pool, PoolCluster.Present cluster) {
    boolean nodes = pool.size() > 0 || pool.external() || cluster.type().dedicated();
    if (cluster.pools().present().isEmpty() && !nodes) {
      throw new CommandRejected(
          INVALID, "the first pool of this cluster type must not be empty", "size");
    }
  }

  /** After an upgrade that failed, API servers may be older than the requested version. */
  static void checkServed(PoolSpec pool, PoolCluster.Present cluster) {
    if (!VersionSkew.mayServe(cluster.running(), pool.version())) {
      throw new CommandRejected(
          BUSY,
          "cluster %s runs %s, which cannot serve nodes of %s"
              .formatted(cluster.id(), cluster.running(), pool.version()),
          "cluster_id");
    }
  }

  /** A pool may not grow beyond the nodes that its cluster's type allows. */
  static void checkNodes(PoolId id, PoolSpec pool, PoolCluster.Present cluster) {
    PoolState before = cluster.pools().present().get(id);
    if (before == null || pool.size() > before.spec().size()) {
      checkNodes(cluster.type(), nodes(cluster.pools(), id) + pool.size(), cluster.project());
    }
  }

  /** The nodes of all pools must have room in a type; those of deleted pools do not count. */
  public static void checkNodes(ClusterType type, ProjectId project, Pools pools) {
    checkNodes(type, nodes(pools, null), project);
  }

  private static void checkNodes(ClusterType type, long requested, ProjectId project) {
    if (requested > type.maxNodes()) {
      throw new CommandRejected(
          new CommandRejected.Quota("cluster_nodes", type.maxNodes(), requested, project));
    }
  }

  private static long nodes(Pools pools, @Nullable PoolId without) {
    return pools.present().entrySet().stream()
        .filter(e -> !e.getKey().equals(without) && !e.getValue().leaving())
        .mapToLong(e -> e.getValue().spec().size())
        .sum();
  }

  /** Bounds are kept as they were sent: they bind the size only while there is an autoscaler. */
  static void checkChange(PoolChange change, PoolSpec after) {
    String first = firstOfSizes(change);
    if (!first.isEmpty() && after.scaling().min() > after.scaling().max()) {
      throw new CommandRejected(
          INVALID,
          "min_size must not be more than max_size",
          change.minSize() == null && change.maxSize() != null ? "max_size" : "min_size");
    }
    boolean outside = after.size() < after.scaling().min() || after.size() > after.scaling().max();
    if (!first.isEmpty() && after.scaling().autoscaling() && outside) {
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

  private static String firstOfSizes(PoolChange change) {
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    given.put("size", change.size());
    given.put("min_size", change.minSize());
    given.put("max_size", change.maxSize());
    given.put("autoscaling", change.autoscaling());
    return given.entrySet().stream()
        .filter(e -> e.getValue() != null)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }
}
