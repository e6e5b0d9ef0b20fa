package io.keelson.projections.status;

import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.Observed;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateStarted;
import io.keelson.commands.cluster.ClusterSpec;
import io.keelson.commands.cluster.ClusterType;
import io.keelson.projections.Delivery;
import io.keelson.projections.Row;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One cluster as callers see it: it is created, settles in service (waiting for a first pool where
 * its type needs one), and is deleted; locked is what could not be brought to its end.
 *
 * @param version the number of the last event in it, from 0
 * @param pools how many it has
 * @param message why it is {@link Phase#LOCKED}, else empty
 * @param updatedAt when something that callers see became different
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
    Instant updatedAt)
    implements Row<ClusterId> {

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

  /** The row that an event begins. */
  static Optional<ClusterStatus> first(Delivery<? extends ClusterEvent> d) {
    return d.event() instanceof ClusterCreationStarted e
        ? Optional.of(
            new ClusterStatus(
                e.clusterId(),
                d.version(),
                e.organization(),
                e.project(),
                e.region(),
                e.spec(),
                Phase.CREATING,
                0, // each of its first pools has an event of its own
                "",
                e.operation(),
                d.at(),
                d.at()))
        : Optional.empty();
  }

  ClusterStatus after(Delivery<? extends ClusterEvent> d) {
    if (d.version() <= version) {
      return this;
    }
    if (phase == Phase.DELETED) {
      return at(d.version());
    }
    return switch (d.event()) {
      case ClusterCreationFinished _ when phase == Phase.CREATING -> moved(d, settled(pools), "");
      case ClusterCreationFailed e when phase == Phase.CREATING ->
          moved(d, Phase.LOCKED, e.reason());
      case ClusterDeletionStarted e ->
          with(d.version(), Phase.DELETING, pools, "", e.operation(), d.at());
      case ClusterDeletionFailed e when phase == Phase.DELETING ->
          moved(d, Phase.LOCKED, e.reason());
      case ClusterDeletionFinished _ -> with(d.version(), Phase.DELETED, 0, "", null, d.at());
      case PoolCreationStarted _ ->
          with(d.version(), phase, pools + 1, message, operation, updatedAt);
      case PoolCreationFinished _, PoolCreationFailed _ -> settledAgain(d, pools);
      case PoolDeletionFinished _ -> settledAgain(d, Math.max(0, pools - 1));
      case ClusterCreationStarted _,
          ClusterCreationFinished _,
          ClusterCreationFailed _,
          ClusterDeletionFailed _,
          PoolUpdateStarted _,
          PoolUpdateFinished _,
          PoolUpdateFailed _,
          PoolDeletionStarted _,
          PoolDeletionFailed _,
          Observed _ ->
          at(d.version());
    };
  }

  /** Only the cheapest type is of no use without a pool. */
  private Phase settled(int count) {
    return spec.type() == ClusterType.KAPSULE && count == 0 ? Phase.POOL_REQUIRED : Phase.READY;
  }

  private ClusterStatus settledAgain(Delivery<?> d, int count) {
    Phase next = phase == Phase.READY || phase == Phase.POOL_REQUIRED ? settled(count) : phase;
    return with(d.version(), next, count, message, operation, next == phase ? updatedAt : d.at());
  }

  private ClusterStatus moved(Delivery<?> d, Phase next, String why) {
    return with(d.version(), next, pools, why, null, d.at());
  }

  private ClusterStatus at(long seen) {
    return with(seen, phase, pools, message, operation, updatedAt);
  }

  private ClusterStatus with(
      long seen, Phase next, int count, String why, @Nullable OperationId held, Instant changed) {
    return new ClusterStatus(
        id, seen, organization, project, region, spec, next, count, why, held, createdAt, changed);
  }
}
