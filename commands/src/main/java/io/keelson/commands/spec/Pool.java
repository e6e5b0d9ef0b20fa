package io.keelson.commands.spec;

import io.keelson.commands.PoolId;

/** A pool with its id, as it is requested. */
public record Pool(PoolId id, PoolSpec spec) {}
