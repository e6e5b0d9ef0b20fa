/**
 * Decides about the node pools of one cluster. Their events share the stream of the cluster; the
 * rules here see no more of the cluster than {@link io.keelson.aggregates.pool.PoolCluster} shows.
 */
@NullMarked
package io.keelson.aggregates.pool;

import org.jspecify.annotations.NullMarked;
