package io.keelson.projections.status;

import io.keelson.commands.ClusterId;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.PoolSpec;
import java.time.Instant;

/**
 * One pool as callers see it.
 *
 * @param version the number of the last event of its cluster in it, from 0
 * @param message why it is {@link Phase#WARNING}, else empty
 */
public record PoolStatus(
    PoolId id,
    long version,
    ClusterId cluster,
    String region,
    PoolSpec spec,
    Phase phase,
    String message,
    Instant createdAt,
    Instant updatedAt) {

  /** Spelt in lower case at the API. */
  public enum Phase {
    SCALING,
    READY,
    WARNING,
    UPGRADING,
    LOCKED,
    DELETING,
    DELETED
  }
}
