package io.keelson.adapters.rest.pool;

import io.keelson.commands.spec.PoolSpec;

/**
 * A new pool as a body requests it.
 *
 * @param spec without user data, whose values are not kept yet
 */
record NewPool(PoolSpec spec, UserDataArgument userData) {}
