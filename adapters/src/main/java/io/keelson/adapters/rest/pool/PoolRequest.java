package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.Choice;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.ProjectId;
import io.keelson.commands.cluster.ClusterType;
import io.keelson.commands.cluster.PoolSpec;
import io.keelson.commands.cluster.UpgradePolicy;
import io.keelson.commands.release.Release;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads pools that come with a new cluster, and resolves every default.
 *
 * @param release what the cluster's version offers; null when the version itself is at fault
 */
public record PoolRequest(
    Region region, ClusterType type, @Nullable Release release, ProjectId project) {
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_TAG = 255;
  private static final int LONGEST_ARGUMENT = 1000;
  private static final int MOST_NODES = 100_000;
  private static final long SMALLEST_VOLUME = 20_000_000_000L;
  private static final long LARGEST_VOLUME = 10_000_000_000_000L;
  private static final String LOCAL = "l_ssd";
  private static final Choice VOLUMES = Choice.of(LOCAL, "b_ssd", "sbs_5k", "sbs_15k");
  private static final Choice RUNTIMES = Choice.of("containerd", "crio", "docker");
  private static final KubernetesVersion NO_VERSION = new KubernetesVersion(0, 0, 0);

  /**
   * Reads one pool. Labels and taints of such a pool are dropped without a word, as recorded from
   * the API whose clients these are.
   */
  public PoolSpec read(JsonArguments pool) {
    NodeType nodeType = nodeType(pool);
    String zone = zone(pool);
    String volumeType = volumeType(pool, nodeType);
    Bounds bounds = bounds(pool, nodeType);
    return new PoolSpec(
        name(pool),
        release == null ? NO_VERSION : release.version(),
        nodeType.name(),
        pool.uuid("placement_group_id"),
        bounds.autoscaling,
        bounds.size,
        bounds.least,
        bounds.most,
        runtime(pool),
        pool.flag("autohealing", false),
        pool.texts("tags", LONGEST_TAG),
        kubeletArguments(pool),
        upgradePolicy(pool),
        zone,
        volumeType,
        volumeSize(pool, nodeType, volumeType),
        pool.flag("public_ip_disabled", false),
        Objects.requireNonNullElseGet(
            pool.uuid("security_group_id"), () -> defaultSecurityGroup(zone)),
        Map.of(),
        List.of(),
        List.of(),
        pool.uuid("private_network_id"));
  }

  /** Whether such a pool, as the first of its cluster, must have a node at once. */
  public boolean needsNodes(PoolSpec pool) {
    return !type.dedicated() && !pool.nodeType().equals(NodeType.EXTERNAL.name());
  }

  private static String name(JsonArguments pool) {
    String name = pool.text("name", LONGEST_NAME, "");
    pool.require("name", !name.isEmpty());
    return name;
  }

  private NodeType nodeType(JsonArguments pool) {
    String text = pool.text("node_type", LONGEST_NAME, "");
    pool.require("node_type", !text.isEmpty());
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
    if (!region.zones().contains(zone)) {
      pool.refuse("zone", Reason.CONSTRAINT, "must be one of " + String.join(", ", region.zones()));
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

  private static String volumeType(JsonArguments pool, NodeType nodeType) {
    String volumeType = pool.choice("root_volume_type", VOLUMES, nodeType.defaultVolumeType());
    if (volumeType.equals(LOCAL) && nodeType.localStorage() == 0 && !nodeType.isExternal()) {
      pool.refuse("root_volume_type", Reason.CONSTRAINT, "this node type has no local storage");
    }
    return volumeType;
  }

  private static long volumeSize(JsonArguments pool, NodeType nodeType, String volumeType) {
    Long size = pool.number("root_volume_size", SMALLEST_VOLUME, LARGEST_VOLUME);
    if (size == null) {
      return nodeType.defaultVolumeSize(volumeType);
    }
    if (volumeType.equals(LOCAL) && size > nodeType.localStorage() && !nodeType.isExternal()) {
      pool.refuse(
          "root_volume_size",
          Reason.CONSTRAINT,
          "this node type has " + nodeType.localStorage() + " bytes of local storage");
    }
    return size;
  }

  private static UpgradePolicy upgradePolicy(JsonArguments pool) {
    JsonArguments policy = pool.object("upgrade_policy");
    if (policy == null) {
      return UpgradePolicy.DEFAULT;
    }
    int unavailable = (int) policy.number("max_unavailable", 0, MOST_NODES, 1);
    int surge = (int) policy.number("max_surge", 0, MOST_NODES, 0);
    if (unavailable == 0 && surge == 0) {
      policy.refuse("max_unavailable", Reason.CONSTRAINT, "must not be 0 while max_surge is 0 too");
    }
    return new UpgradePolicy(unavailable, surge);
  }

  private Map<String, String> kubeletArguments(JsonArguments pool) {
    Map<String, String> given = pool.textMap("kubelet_args", LONGEST_ARGUMENT);
    if (release != null) {
      given.forEach((name, value) -> check(pool, name, value, release.kubeletArgs().get(name)));
    }
    return given;
  }

  private static void check(
      JsonArguments pool, String name, String value, @Nullable String argumentType) {
    if (argumentType == null) {
      pool.refuse(
          "kubelet_args." + name,
          Reason.CONSTRAINT,
          "kubelet argument " + name + " is not available for this version");
    } else if (!KubeletArguments.isOfType(value, argumentType)) {
      pool.refuse("kubelet_args." + name, Reason.FORMAT, "must be of type " + argumentType);
    }
  }

  private Bounds bounds(JsonArguments pool, NodeType nodeType) {
    boolean autoscaling = pool.flag("autoscaling", false);
    Long size = pool.number("size", 0, MOST_NODES);
    pool.require("size", size != null || pool.isGiven("size"));
    int nodes = size == null ? 1 : size.intValue();
    int least = (int) pool.number("min_size", 0, MOST_NODES, 0);
    int most = (int) pool.number("max_size", 0, MOST_NODES, Math.max(nodes, least));
    if (nodeType.isExternal() && nodes > 0) {
      pool.refuse("size", Reason.CONSTRAINT, "must be 0: external nodes join by themselves");
    }
    if (least > most) {
      pool.refuse("min_size", Reason.CONSTRAINT, "must not be more than max_size");
    } else if (autoscaling && (nodes < least || nodes > most)) {
      pool.refuse("size", Reason.CONSTRAINT, "must be between min_size and max_size");
    }
    return new Bounds(autoscaling, nodes, least, most);
  }

  /** Every project has one for each zone; it is the same whenever it is asked for. */
  private UUID defaultSecurityGroup(String zone) {
    return Id.derived("default-security-group", project.toString(), zone);
  }

  private record Bounds(boolean autoscaling, int size, int least, int most) {}
}
