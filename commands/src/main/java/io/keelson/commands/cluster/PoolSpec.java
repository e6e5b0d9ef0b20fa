package io.keelson.commands.cluster;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.Taint;
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
    @Nullable UUID privateNetworkId) {

  public PoolSpec {
    tags = List.copyOf(tags);
    kubeletArgs = Collections.unmodifiableMap(new TreeMap<>(kubeletArgs));
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    taints = taints.stream().sorted().toList();
    startupTaints = startupTaints.stream().sorted().toList();
  }

  public PoolSpec withLabels(Map<String, String> changed) {
    return with(changed, taints, startupTaints);
  }

  public PoolSpec withTaints(List<Taint> changed) {
    return with(labels, changed, startupTaints);
  }

  public PoolSpec withStartupTaints(List<Taint> changed) {
    return with(labels, taints, changed);
  }

  private PoolSpec with(
      Map<String, String> newLabels, List<Taint> newTaints, List<Taint> newStartupTaints) {
    return new PoolSpec(
        name,
        version,
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
        newLabels,
        newTaints,
        newStartupTaints,
        privateNetworkId);
  }
}
