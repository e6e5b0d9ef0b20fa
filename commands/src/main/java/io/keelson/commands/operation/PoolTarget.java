package io.keelson.commands.operation;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.PoolId;

/**
 * What a pool is to converge to.
 *
 * @param generation of its desired document; the documents of a roll count on from it
 * @param size the desired number of nodes
 * @param version of new nodes
 */
public record PoolTarget(PoolId pool, long generation, int size, KubernetesVersion version) {}
