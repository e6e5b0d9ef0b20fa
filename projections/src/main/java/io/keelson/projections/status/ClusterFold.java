package io.keelson.projections.status;

import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.AccessRulesEvent;
import io.keelson.commands.cluster.AccessRulesEvent.AclChangeFailed;
import io.keelson.commands.cluster.AccessRulesEvent.AclChangeFinished;
import io.keelson.commands.cluster.AccessRulesEvent.AclChangeStarted;
import io.keelson.commands.cluster.ActionEvent;
import io.keelson.commands.cluster.ActionEvent.ClusterActionFailed;
import io.keelson.commands.cluster.ActionEvent.ClusterActionFinished;
import io.keelson.commands.cluster.ActionEvent.ClusterActionStarted;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterLifeEvent;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationFailed;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationFinished;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionFailed;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionFinished;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionStarted;
import io.keelson.commands.cluster.ClusterObservationEvent;
import io.keelson.commands.cluster.ControlPlaneEvent;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterTypeChangeStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpdateStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpgradeStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ControlPlaneUpgraded;
import io.keelson.commands.cluster.ControlPlaneEvent.PoolLeftOut;
import io.keelson.commands.pool.PoolEvent;
import io.keelson.commands.pool.PoolEvent.PoolCreationFailed;
import io.keelson.commands.pool.PoolEvent.PoolCreationFinished;
import io.keelson.commands.pool.PoolEvent.PoolCreationStarted;
import io.keelson.commands.pool.PoolEvent.PoolDeletionFailed;
import io.keelson.commands.pool.PoolEvent.PoolDeletionFinished;
import io.keelson.commands.pool.PoolEvent.PoolDeletionStarted;
import io.keelson.commands.pool.PoolEvent.PoolObserved;
import io.keelson.commands.pool.PoolEvent.PoolUpdateFailed;
import io.keelson.commands.pool.PoolEvent.PoolUpdateFinished;
import io.keelson.commands.pool.PoolEvent.PoolUpdateStarted;
import io.keelson.commands.spec.ClusterSpec;
import io.keelson.commands.spec.ClusterType;
import io.keelson.projections.Delivery;
import io.keelson.projections.status.ClusterStatus.Phase;
import java.time.Instant;
import java.util.Optional;

/** Folds the events of a cluster into its row. It is pure, and total over all events. */
final class ClusterFold {

  private final ClusterStatus row;
  private final long version;
  private final Instant at;

  private ClusterFold(ClusterStatus row, Delivery<?> d) {
    this.row = row;
    this.version = d.version();
    this.at = d.at();
  }

  /** The row that an event creates. */
  static Optional<ClusterStatus> first(Delivery<? extends ClusterEvent> d) {
    return d.event() instanceof ClusterCreationStarted e
        ? Optional.of(
            ClusterStatus.created(
                e.clusterId(),
                d.version(),
                e.organization(),
                e.project(),
                e.region(),
                e.spec(),
                0, // each of its first pools has an event of its own
                e.operation(),
                d.at()))
        : Optional.empty();
  }

  static ClusterStatus after(ClusterStatus row, Delivery<? extends ClusterEvent> d) {
    if (d.version() <= row.version()) {
      return row;
    }
    if (row.phase() == Phase.DELETED) {
      return row.at(d.version());
    }
    ClusterFold fold = new ClusterFold(row, d);
    return switch (d.event()) {
      case ClusterLifeEvent e -> fold.life(e);
      case ControlPlaneEvent e -> fold.controlPlane(e);
      case AccessRulesEvent e -> fold.accessRules(e);
      case ActionEvent e -> fold.action(e);
      case ClusterEvent.OfPool e -> fold.pool(PoolEvents.of(e));
      case ClusterObservationEvent _ -> fold.same();
    };
  }

  private ClusterStatus life(ClusterLifeEvent event) {
    return switch (event) {
      case ClusterCreationFinished _ when row.phase() == Phase.CREATING ->
          released(settled(row.pools()), row.message());
      case ClusterCreationFailed e when row.phase() == Phase.CREATING ->
          released(Phase.LOCKED, e.reason());
      case ClusterDeletionStarted e ->
          row.with(version, Phase.DELETING, row.pools(), false, "", e.operation(), at);
      case ClusterDeletionFailed e when row.phase() == Phase.DELETING ->
          released(Phase.LOCKED, e.reason());
      case ClusterDeletionFinished _ -> row.with(version, Phase.DELETED, 0, false, "", null, at);
      case ClusterCreationStarted _,
          ClusterCreationFinished _,
          ClusterCreationFailed _,
          ClusterDeletionFailed _ ->
          same();
    };
  }

  private ClusterStatus controlPlane(ControlPlaneEvent event) {
    ClusterSpec spec = row.spec();
    return switch (event) {
      case ClusterUpdateStarted e -> changing(e.operation(), spec.with(e.after()), false);
      case ClusterTypeChangeStarted e -> changing(e.operation(), spec.of(e.after()), false);
      case ClusterUpgradeStarted e -> changing(e.operation(), spec.at(e.target().version()), true);
      // Its pools may follow: the upgrade still holds it, and it is in service.
      case ControlPlaneUpgraded _ when row.phase() == Phase.UPDATING ->
          row.with(
              version,
              settled(row.pools()),
              row.pools(),
              row.upgrading(),
              row.message(),
              row.operation(),
              at);
      case ControlPlaneEvent.Finished e -> changed(e.operation(), row.message());
      case ControlPlaneEvent.Failed e -> changed(e.operation(), e.reason());
      case ControlPlaneUpgraded _, PoolLeftOut _ -> same();
    };
  }

  private ClusterStatus accessRules(AccessRulesEvent event) {
    return switch (event) {
      case AclChangeStarted e ->
          open()
              ? row.ruled(e.after())
                  .with(version, row.phase(), row.pools(), row.upgrading(), "", row.operation(), at)
              : same();
      case AclChangeFailed e -> noted(e.reason());
      case AclChangeFinished _ -> same();
    };
  }

  private ClusterStatus action(ActionEvent event) {
    return switch (event) {
      case ClusterActionStarted _ -> noted("");
      case ClusterActionFailed e -> noted(e.reason());
      case ClusterActionFinished _ -> same();
    };
  }

  private ClusterStatus pool(PoolEvent event) {
    int pools = row.pools();
    return switch (event) {
      case PoolCreationStarted _ ->
          row.with(
              version,
              row.phase(),
              pools + 1,
              row.upgrading(),
              row.message(),
              row.operation(),
              row.updatedAt());
      case PoolCreationFinished _, PoolCreationFailed _ -> counted(pools);
      case PoolDeletionFinished _ -> counted(Math.max(0, pools - 1));
      case PoolUpdateStarted _,
          PoolUpdateFinished _,
          PoolUpdateFailed _,
          PoolEvent.PoolUpgradeStarted _,
          PoolEvent.PoolUpgradeFinished _,
          PoolEvent.PoolUpgradeFailed _,
          PoolEvent.NodeReplacementStarted _,
          PoolEvent.NodeReplacementFinished _,
          PoolEvent.NodeReplacementFailed _,
          PoolDeletionStarted _,
          PoolDeletionFailed _,
          PoolObserved _ ->
          same();
    };
  }

  /** Only the cheapest type is of no use without a pool. */
  private Phase settled(int pools) {
    return row.spec().type() == ClusterType.KAPSULE && pools == 0
        ? Phase.POOL_REQUIRED
        : Phase.READY;
  }

  private boolean inService() {
    return switch (row.phase()) {
      case READY, POOL_REQUIRED, UPDATING -> true;
      case CREATING, DELETING, DELETED, LOCKED -> false;
    };
  }

  private boolean open() {
    return row.phase() == Phase.CREATING || inService();
  }

  private ClusterStatus counted(int pools) {
    Phase phase = row.phase();
    Phase next = phase == Phase.READY || phase == Phase.POOL_REQUIRED ? settled(pools) : phase;
    return row.with(
        version,
        next,
        pools,
        row.upgrading(),
        row.message(),
        row.operation(),
        next == phase ? row.updatedAt() : at);
  }

  private ClusterStatus changing(OperationId run, ClusterSpec desired, boolean upgrade) {
    return inService()
        ? row.desired(desired, Phase.UPDATING, at)
            .with(version, Phase.UPDATING, row.pools(), upgrade, "", run, at)
        : same();
  }

  private ClusterStatus changed(OperationId run, String why) {
    if (!inService() || !run.equals(row.operation())) {
      return same();
    }
    Phase next = settled(row.pools());
    boolean visible = next != row.phase() || !why.equals(row.message());
    return row.with(version, next, row.pools(), false, why, null, visible ? at : row.updatedAt());
  }

  /** What runs in addition to the life of the cluster changes its message and no phase. */
  private ClusterStatus noted(String why) {
    return open() && !why.equals(row.message())
        ? row.with(version, row.phase(), row.pools(), row.upgrading(), why, row.operation(), at)
        : same();
  }

  private ClusterStatus released(Phase next, String why) {
    return row.with(version, next, row.pools(), false, why, null, at);
  }

  private ClusterStatus same() {
    return row.at(version);
  }
}
