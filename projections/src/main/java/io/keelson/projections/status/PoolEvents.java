package io.keelson.projections.status;

import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.pool.PoolEvent;

/** The one place that leads from the stream of a cluster to the events of its pools. */
final class PoolEvents {

  private PoolEvents() {}

  /**
   * The event as one of the sealed family of pools, which is the only one there is.
   *
   * @throws IllegalArgumentException when it is of another family
   */
  static PoolEvent of(ClusterEvent.OfPool event) {
    if (event instanceof PoolEvent pool) {
      return pool;
    }
    throw new IllegalArgumentException("not an event of a pool: " + event.getClass());
  }
}
