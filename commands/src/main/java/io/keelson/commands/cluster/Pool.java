package io.keelson.commands.cluster;

import io.keelson.commands.PoolId;

/** A pool with its id, as it is asked for. */
public record Pool(PoolId id, PoolSpec spec) {}
