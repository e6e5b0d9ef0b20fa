package io.keelson.commands.provisioning;

import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import io.keelson.commands.spec.MachineTemplate;
import io.keelson.commands.spec.NodeSettings;
import java.util.List;
import java.util.Map;

/**
 * One whole desired node pool.
 *
 * @param generation grows with each change; a back end ignores an older one than it has
 * @param version of new nodes; other nodes keep theirs until they are removed
 * @param userData what new machines are started with, key to base64: the revealed values of {@code
 *     machine.userData}. A back end must not store or log them in clear
 * @param size the desired number of nodes in addition to those of {@code nodesToRemove}
 * @param maxSize the max number of machines, those that are draining included: new machines wait
 *     for room; 0: no limit
 * @param nodesToRemove each is cordoned, drained and deleted; an unknown one is absent already
 */
public record PoolDocument(
    ClusterId cluster,
    PoolId pool,
    long generation,
    String clusterName,
    String name,
    KubernetesVersion version,
    MachineTemplate machine,
    Map<String, String> userData,
    NodeSettings nodes,
    int size,
    int maxSize,
    List<NodeId> nodesToRemove) {

  public PoolDocument {
    userData = Map.copyOf(userData);
    nodesToRemove = List.copyOf(nodesToRemove);
  }

  /** Without the user data, which must not be in any log. */
  @Override
  public String toString() {
    return "PoolDocument[" + pool + ", generation " + generation + ", size " + size + "]";
  }
}
