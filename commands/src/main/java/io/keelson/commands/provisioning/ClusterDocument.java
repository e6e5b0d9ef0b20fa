package io.keelson.commands.provisioning;

import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.spec.ApiServerSettings;
import io.keelson.commands.spec.ClusterNetwork;

/**
 * The whole desired control plane.
 *
 * @param generation grows with each change; a back end ignores an older one than it has
 * @param type {@code kapsule}, {@code kapsule-dedicated-4}…
 * @param controlPlaneReplicas odd
 */
public record ClusterDocument(
    ClusterId cluster,
    long generation,
    String name,
    String region,
    String type,
    KubernetesVersion version,
    int controlPlaneReplicas,
    ClusterNetwork network,
    ApiServerSettings apiServer) {}
