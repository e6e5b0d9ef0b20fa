package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.Choice;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.ProjectId;
import io.keelson.commands.Taint;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.cluster.ClusterType;
import io.keelson.commands.cluster.PoolSpec;
import io.keelson.commands.release.Release;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads new pools, and resolves every default.
 *
 * @param version that its nodes get: the cluster's
 * @param release what that version offers; null when nothing can be said about it
 */
public record PoolRequest(
    Region region,
    ClusterType type,
    KubernetesVersion version,
    @Nullable Release release,
    ProjectId project) {
  static final int LONGEST_TAG = 255;
  private static final int LONGEST_NAME = 100;

  /** As {@link Region#ANY}. */
  public static final PoolRequest ANY =
      new PoolRequest(
          Region.ANY,
          ClusterType.KAPSULE,
          new KubernetesVersion(0, 0, 0),
          null,
          new ProjectId(new UUID(0, 0)));

  private static final Choice RUNTIMES =
      Choice.of("containerd", "crio", "docker").withZero("unknown_runtime");

  /**
   * Reads a pool that comes with its cluster. Labels and taints of such a pool are dropped whatever
   * they say, as recorded from the API whose clients these are.
   */
  public PoolSpec readInline(JsonArguments pool) {
    PoolMetadata.checkTypes(pool);
    return read(pool, Map.of(), List.of(), List.of(), Map.of());
  }

  /** Reads a pool that is added to its cluster. */
  PoolSpec read(JsonArguments pool) {
    return read(
        pool,
        PoolMetadata.labels(pool),
        PoolMetadata.taints(pool, "taints"),
        PoolMetadata.taints(pool, "startup_taints"),
        UserData.read(pool));
  }

  private PoolSpec read(
      JsonArguments pool,
      Map<String, String> labels,
      List<Taint> taints,
      List<Taint> startupTaints,
      Map<String, String> userData) {
    NodeType nodeType = nodeType(pool);
    String zone = zone(pool);
    RootVolume volume = RootVolume.read(pool, nodeType);
    PoolSize size = PoolSize.read(pool, nodeType);
    return new PoolSpec(
        pool.name("name", LONGEST_NAME),
        version,
        nodeType.name(),
        pool.uuid("placement_group_id"),
        size.autoscaling(),
        size.nodes(),
        size.least(),
        size.most(),
        runtime(pool),
        pool.flag("autohealing", false),
        pool.texts("tags", LONGEST_TAG),
        KubeletArguments.read(pool, release),
        upgradePolicy(pool),
        zone,
        volume.type(),
        volume.size(),
        pool.flag("public_ip_disabled", false),
        Objects.requireNonNullElseGet(
            pool.uuid("security_group_id"), () -> defaultSecurityGroup(zone)),
        labels,
        taints,
        startupTaints,
        pool.uuid("private_network_id"),
        userData);
  }

  /** Whether such a pool, as the first of its cluster, must have a node at once. */
  public boolean needsNodes(PoolSpec pool) {
    return !type.dedicated() && !pool.external();
  }

  private NodeType nodeType(JsonArguments pool) {
    String text = pool.text("node_type", LONGEST_NAME, "");
    pool.require("node_type");
    NodeType nodeType = NodeType.named(text).orElse(null);
    if (nodeType == null) {
      if (!text.isEmpty()) {
        pool.refuse("node_type", Reason.CONSTRAINT, "is not a node type on offer");
      }
      return NodeType.UNKNOWN;
    }
    if (nodeType.isExternal() && !type.multicloud()) {
      pool.refuse("node_type", Reason.CONSTRAINT, "external nodes need a multicloud cluster");
      return NodeType.UNKNOWN;
    }
    return nodeType;
  }

  private String zone(JsonArguments pool) {
    String zone = pool.text("zone", LONGEST_NAME, region.defaultZone());
    List<String> zones = type.multicloud() ? region.allZones() : region.zones();
    if (!zones.contains(zone)) {
      pool.refuse("zone", Reason.CONSTRAINT, "must be one of " + String.join(", ", zones));
    }
    return zone;
  }

  private String runtime(JsonArguments pool) {
    String runtime = pool.choice("container_runtime", RUNTIMES, "containerd");
    if (release != null && !release.containerRuntimes().contains(runtime)) {
      pool.refuse(
          "container_runtime",
          Reason.CONSTRAINT,
          runtime + " is not available for this version: " + release.containerRuntimes());
    }
    return runtime;
  }

  private static UpgradePolicy upgradePolicy(JsonArguments pool) {
    JsonArguments policy = pool.object("upgrade_policy");
    if (policy == null) {
      return UpgradePolicy.DEFAULT;
    }
    int unavailable = (int) policy.number("max_unavailable", 0, PoolSize.MOST_NODES, 1);
    int surge = (int) policy.number("max_surge", 0, PoolSize.MOST_NODES, 0);
    if (unavailable == 0 && surge == 0) {
      policy.refuse("max_unavailable", Reason.CONSTRAINT, "must not be 0 while max_surge is 0 too");
    }
    return new UpgradePolicy(unavailable, surge);
  }

  /** Every project has one for each zone; it is the same whenever it is asked for. */
  private UUID defaultSecurityGroup(String zone) {
    return Id.derived("default-security-group", project.toString(), zone);
  }
}
