package io.keelson.projections.status;

import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.cluster.ClusterSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One cluster as callers see it.
 *
 * @param version the number of the last event in it, from 0
 * @param pools how many it has
 * @param message why it is {@link Phase#LOCKED}, else empty
 */
public record ClusterStatus(
    ClusterId id,
    long version,
    OrganizationId organization,
    ProjectId project,
    String region,
    ClusterSpec spec,
    Phase phase,
    int pools,
    String message,
    @Nullable OperationId operation,
    Instant createdAt,
    Instant updatedAt) {

  /** Spelt in lower case at the API. */
  public enum Phase {
    CREATING,
    READY,
    POOL_REQUIRED,
    UPDATING,
    DELETING,
    DELETED,
    LOCKED
  }
}
