package io.keelson.projections.status;

import io.keelson.commands.ClusterId;
import io.keelson.commands.PoolId;
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
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolEvent;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateStarted;
import io.keelson.commands.cluster.PoolSpec;
import io.keelson.projections.Delivery;
import io.keelson.projections.Row;
import java.time.Instant;
import java.util.Optional;

/**
 * One pool as callers see it: it scales to its first size, is in service (with a warning while it
 * is not as was asked), and is deleted, at the latest with its cluster.
 *
 * @param version the number of the last event of its cluster in it, from 0
 * @param message why it is {@link Phase#WARNING}, else empty
 * @param updatedAt when something that callers see became different
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
    Instant updatedAt)
    implements Row<PoolId> {

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

  /** The row that an event begins, in the region of its cluster. */
  static Optional<PoolStatus> first(String region, Delivery<? extends ClusterEvent> d) {
    return d.event() instanceof PoolCreationStarted e
        ? Optional.of(
            new PoolStatus(
                e.pool(),
                d.version(),
                e.clusterId(),
                region,
                e.spec(),
                Phase.SCALING,
                "",
                d.at(),
                d.at()))
        : Optional.empty();
  }

  /** Any event of its cluster: one that is not about this pool leaves it as it is. */
  PoolStatus after(Delivery<? extends ClusterEvent> d) {
    if (d.version() <= version || (d.event() instanceof PoolEvent e && !e.pool().equals(id))) {
      return this;
    }
    return switch (d.event()) {
      case PoolCreationStarted _ -> this;
      // A warning from here on is that of a later change, which the pool's first size does not
      // mend.
      case PoolCreationFinished _ -> phase == Phase.SCALING ? moved(d, Phase.READY, "") : at(d);
      case PoolCreationFailed e -> warned(d, e.reason());
      case PoolUpdateStarted e -> asked(d, e.after());
      // In force means that every node is in service, so it also mends what came before.
      case PoolUpdateFinished _ -> phase == Phase.WARNING ? moved(d, Phase.READY, "") : at(d);
      case PoolUpdateFailed e -> warned(d, e.reason());
      case PoolDeletionStarted _, ClusterDeletionStarted _ ->
          phase == Phase.DELETING ? at(d) : ended(d, Phase.DELETING);
      case PoolDeletionFinished _, ClusterDeletionFinished _ -> ended(d, Phase.DELETED);
      // Not an end for its pools: they are still to go.
      case ClusterDeletionFailed _,
          ClusterCreationStarted _,
          ClusterCreationFinished _,
          ClusterCreationFailed _,
          Observed _ ->
          this;
    };
  }

  private boolean leaving() {
    return phase == Phase.DELETING || phase == Phase.DELETED;
  }

  private PoolStatus warned(Delivery<?> d, String why) {
    return leaving() ? at(d) : moved(d, Phase.WARNING, why);
  }

  private PoolStatus asked(Delivery<?> d, PoolSpec wanted) {
    return leaving() ? at(d) : with(d.version(), wanted, phase, message, d.at());
  }

  private PoolStatus ended(Delivery<?> d, Phase next) {
    return phase == Phase.DELETED ? at(d) : moved(d, next, "");
  }

  private PoolStatus moved(Delivery<?> d, Phase next, String why) {
    return with(d.version(), spec, next, why, d.at());
  }

  private PoolStatus at(Delivery<?> d) {
    return with(d.version(), spec, phase, message, updatedAt);
  }

  private PoolStatus with(long seen, PoolSpec wanted, Phase next, String why, Instant changed) {
    return new PoolStatus(id, seen, cluster, region, wanted, next, why, createdAt, changed);
  }
}
