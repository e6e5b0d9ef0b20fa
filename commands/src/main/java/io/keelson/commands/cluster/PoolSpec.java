package io.keelson.commands.cluster;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.Taint;
import io.keelson.commands.UpgradePolicy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a node pool should be, every default resolved.
 *
 * @param nodeType lower case, {@code _} for {@code -}
 * @param rootVolumeSize bytes
 * @param userData what new machines are started with, key to base64
 */
public record PoolSpec(
    String name,
    KubernetesVersion version,
    String nodeType,
    @Nullable UUID placementGroupId,
    boolean autoscaling,
    int size,
    int minSize,
    int maxSize,
    String containerRuntime,
    boolean autohealing,
    List<String> tags,
    Map<String, String> kubeletArgs,
    UpgradePolicy upgradePolicy,
    String zone,
    String rootVolumeType,
    long rootVolumeSize,
    boolean publicIpDisabled,
    UUID securityGroupId,
    Map<String, String> labels,
    List<Taint> taints,
    List<Taint> startupTaints,
    @Nullable UUID privateNetworkId,
    Map<String, String> userData) {

  /** The node type of machines at other providers. */
  public static final String EXTERNAL = "external";

  public PoolSpec {
    tags = List.copyOf(tags);
    kubeletArgs = Collections.unmodifiableMap(new TreeMap<>(kubeletArgs));
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    taints = taints.stream().sorted().toList();
    startupTaints = startupTaints.stream().sorted().toList();
    userData = Collections.unmodifiableMap(new TreeMap<>(userData));
  }

  /** Its nodes stand at other providers, and join by themselves. */
  public boolean external() {
    return nodeType.equals(EXTERNAL);
  }

  /** The same with nodes of another version. */
  public PoolSpec at(KubernetesVersion changed) {
    return new PoolSpec(
        name,
        changed,
        nodeType,
        placementGroupId,
        autoscaling,
        size,
        minSize,
        maxSize,
        containerRuntime,
        autohealing,
        tags,
        kubeletArgs,
        upgradePolicy,
        zone,
        rootVolumeType,
        rootVolumeSize,
        publicIpDisabled,
        securityGroupId,
        labels,
        taints,
        startupTaints,
        privateNetworkId,
        userData);
  }

  /** As it is after a change. */
  public PoolSpec with(PoolChange c) {
    return new PoolSpec(
        name,
        version,
        nodeType,
        placementGroupId,
        either(c.autoscaling(), autoscaling),
        either(c.size(), size),
        either(c.minSize(), minSize),
        either(c.maxSize(), maxSize),
        containerRuntime,
        either(c.autohealing(), autohealing),
        either(c.tags(), tags),
        either(c.kubeletArgs(), kubeletArgs),
        new UpgradePolicy(
            either(c.maxUnavailable(), upgradePolicy.maxUnavailable()),
            either(c.maxSurge(), upgradePolicy.maxSurge())),
        zone,
        rootVolumeType,
        rootVolumeSize,
        publicIpDisabled,
        either(c.securityGroupId(), securityGroupId),
        either(c.labels(), labels),
        either(c.taints(), taints),
        either(c.startupTaints(), startupTaints),
        privateNetworkId,
        userData);
  }

  private static <T> T either(@Nullable T changed, T before) {
    return changed == null ? before : changed;
  }
}
