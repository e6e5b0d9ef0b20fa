package io.keelson.commands.provisioning;

import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.PoolId;
import io.keelson.commands.Taint;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One whole node pool as it should be.
 *
 * @param generation grows with each change; a back end ignores an older one than it has
 * @param size nodes
 * @param rootVolumeSize bytes
 */
public record PoolDocument(
    ClusterId cluster,
    PoolId pool,
    long generation,
    String clusterName,
    String name,
    KubernetesVersion version,
    String nodeType,
    String zone,
    int size,
    String containerRuntime,
    String rootVolumeType,
    long rootVolumeSize,
    boolean publicIpDisabled,
    UUID securityGroupId,
    @Nullable UUID placementGroupId,
    @Nullable UUID privateNetworkId,
    Map<String, String> kubeletArgs,
    Map<String, String> labels,
    List<Taint> taints,
    List<Taint> startupTaints) {

  public PoolDocument {
    kubeletArgs = Map.copyOf(kubeletArgs);
    labels = Map.copyOf(labels);
    taints = List.copyOf(taints);
    startupTaints = List.copyOf(startupTaints);
  }
}
