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
import io.keelson.commands.release.Release;
import io.keelson.commands.spec.ClusterType;
import io.keelson.commands.spec.MachineNetwork;
import io.keelson.commands.spec.MachineTemplate;
import io.keelson.commands.spec.NodeSettings;
import io.keelson.commands.spec.PoolScaling;
import io.keelson.commands.spec.PoolSpec;
import io.keelson.commands.spec.RootVolume;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads new pools and resolves all defaults.
 *
 * @param version the version of the pool's nodes: that of the cluster
 * @param release the release of that version; null: what it offers is not checked
 */
public record PoolRequest(
    Region region,
    ClusterType type,
    KubernetesVersion version,
    @Nullable Release release,
    ProjectId project) {
  static final int MAX_TAG_LENGTH = 255;
  private static final int MAX_NAME_LENGTH = 100;

  /** Any pool: for a reader that only describes what it reads. */
  public static final PoolRequest ANY =
      new PoolRequest(
          Region.ANY,
          ClusterType.KAPSULE,
          new KubernetesVersion(0, 0, 0),
          null,
          new ProjectId(new UUID(0, 0)));

  private static final Choice RUNTIMES =
      Choice.of("containerd", "crio", "docker").withZero("unknown_runtime");

  /** Reads a pool of a new cluster. Its labels and taints are ignored, as recorded from the API. */
  public PoolSpec readInline(JsonArguments pool) {
    PoolMetadata.checkTypes(pool);
    return read(pool, Map.of(), List.of(), List.of());
  }

  /** Reads a pool that is added to an existing cluster. */
  NewPool read(JsonArguments pool) {
    // The order of reading is that of the violations in a response.
    Map<String, String> labels = PoolMetadata.labels(pool);
    List<Taint> taints = PoolMetadata.taints(pool, "taints");
    List<Taint> startupTaints = PoolMetadata.taints(pool, "startup_taints");
    UserDataArgument userData = UserDataArgument.read(pool);
    return new NewPool(read(pool, labels, taints, startupTaints), userData);
  }

  private PoolSpec read(
      JsonArguments pool,
      Map<String, String> labels,
      List<Taint> taints,
      List<Taint> startupTaints) {
    NodeType nodeType = nodeType(pool);
    String zone = zone(pool);
    RootVolumeRequest volume = RootVolumeRequest.read(pool, nodeType);
    PoolSize size = PoolSize.read(pool, nodeType);
    String name = pool.name("name", MAX_NAME_LENGTH);
    UUID placementGroup = pool.uuid("placement_group_id");
    String runtime = runtime(pool);
    boolean autohealing = pool.flag("autohealing", false);
    List<String> tags = pool.texts("tags", MAX_TAG_LENGTH);
    Map<String, String> kubeletArgs = KubeletArguments.read(pool, release);
    UpgradePolicy policy = upgradePolicy(pool);
    return new PoolSpec(
        name,
        version,
        new MachineTemplate(
            nodeType.name(),
            zone,
            runtime,
            new RootVolume(volume.type(), volume.size()),
            network(pool, zone, placementGroup),
            Map.of()),
        new PoolScaling(size.autoscaling(), size.nodes(), size.min(), size.max()),
        new NodeSettings(kubeletArgs, labels, taints, startupTaints),
        policy,
        autohealing,
        tags);
  }

  private MachineNetwork network(JsonArguments pool, String zone, @Nullable UUID placementGroup) {
    boolean publicIpDisabled = pool.flag("public_ip_disabled", false);
    UUID securityGroup =
        Objects.requireNonNullElseGet(
            pool.uuid("security_group_id"), () -> defaultSecurityGroup(zone));
    return new MachineNetwork(
        publicIpDisabled, securityGroup, placementGroup, pool.uuid("private_network_id"));
  }

  /** Whether the pool, as the first of its cluster, must have a node from the start. */
  public boolean needsNodes(PoolSpec pool) {
    return !type.dedicated() && !pool.external();
  }

  private NodeType nodeType(JsonArguments pool) {
    String text = pool.text("node_type", MAX_NAME_LENGTH, "");
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
    String zone = pool.text("zone", MAX_NAME_LENGTH, region.defaultZone());
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
    int unavailable = (int) policy.number("max_unavailable", 0, PoolSize.MAX_NODES, 1);
    int surge = (int) policy.number("max_surge", 0, PoolSize.MAX_NODES, 0);
    if (unavailable == 0 && surge == 0) {
      policy.refuse("max_unavailable", Reason.CONSTRAINT, "must not be 0 while max_surge is 0 too");
    }
    return new UpgradePolicy(unavailable, surge);
  }

  /**
   * Every project has a default security group in each zone; its id is derived, so it is always the
   * same.
   */
  private UUID defaultSecurityGroup(String zone) {
    return Id.derived("default-security-group", project.toString(), zone);
  }
}
