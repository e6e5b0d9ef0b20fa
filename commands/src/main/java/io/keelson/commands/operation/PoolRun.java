package io.keelson.commands.operation;

import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;

/** One pool of a cluster's upgrade, and the run that rolls it. */
public record PoolRun(PoolId pool, OperationId run) {}
