package io.keelson.commands.operation;

import io.keelson.commands.KubernetesVersion;

/**
 * What a control plane is to converge to.
 *
 * @param generation of its desired document
 */
public record ControlPlaneTarget(long generation, KubernetesVersion version, int replicas) {}
