package io.keelson.commands.provisioning;

import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
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
 * @param size how many nodes there should be, those that go not counted
 * @param rootVolumeSize bytes
 * @param userData what new machines are started with, key to base64
 * @param most there are never more machines than that, those that go counted: what comes waits for
 *     room; 0: no limit
 * @param unwanted nodes that go: each is cordoned, drained and deleted; an unknown one is gone. New
 *     nodes have {@code version}, others keep theirs until they go
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
    List<Taint> startupTaints,
    Map<String, String> userData,
    int most,
    List<NodeId> unwanted) {

  public PoolDocument {
    kubeletArgs = Map.copyOf(kubeletArgs);
    labels = Map.copyOf(labels);
    taints = List.copyOf(taints);
    startupTaints = List.copyOf(startupTaints);
    userData = Map.copyOf(userData);
    unwanted = List.copyOf(unwanted);
  }

  /** The same document as one of a roll. */
  public PoolDocument rolled(long next, int nodes, int limit, List<NodeId> leaving) {
    return new PoolDocument(
        cluster,
        pool,
        next,
        clusterName,
        name,
        version,
        nodeType,
        zone,
        nodes,
        containerRuntime,
        rootVolumeType,
        rootVolumeSize,
        publicIpDisabled,
        securityGroupId,
        placementGroupId,
        privateNetworkId,
        kubeletArgs,
        labels,
        taints,
        startupTaints,
        userData,
        limit,
        leaving);
  }
}
