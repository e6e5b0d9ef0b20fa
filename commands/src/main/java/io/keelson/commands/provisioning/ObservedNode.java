package io.keelson.commands.provisioning;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.PoolId;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One node as a back end shows it, perhaps late.
 *
 * @param providerId {@code scaleway://instance/{zone}/{uuid}}, empty while there is no machine
 * @param conditions Kubernetes node conditions, type to status
 * @param message what is wrong, or empty
 * @param bootId different after each boot (Kubernetes, {@code nodeInfo.bootID}); empty before the
 *     first
 */
public record ObservedNode(
    NodeId node,
    PoolId pool,
    String name,
    KubernetesVersion version,
    NodePhase phase,
    String providerId,
    Map<String, String> conditions,
    String message,
    String bootId) {

  public ObservedNode {
    conditions = Collections.unmodifiableMap(new TreeMap<>(conditions));
  }
}
