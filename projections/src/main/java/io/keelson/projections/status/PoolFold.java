package io.keelson.projections.status;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.AccessRulesEvent;
import io.keelson.commands.cluster.ActionEvent;
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
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.pool.PoolEvent;
import io.keelson.commands.pool.PoolEvent.NodeReplacementFailed;
import io.keelson.commands.pool.PoolEvent.NodeReplacementFinished;
import io.keelson.commands.pool.PoolEvent.NodeReplacementStarted;
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
import io.keelson.commands.pool.PoolEvent.PoolUpgradeFailed;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeFinished;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeStarted;
import io.keelson.projections.Delivery;
import io.keelson.projections.status.PoolStatus.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Folds the events of a cluster into the row of one pool. It is pure, and total over all events.
 */
final class PoolFold {

  private final PoolStatus row;
  private final long version;
  private final Instant at;

  private PoolFold(PoolStatus row, Delivery<?> d) {
    this.row = row;
    this.version = d.version();
    this.at = d.at();
  }

  /** The row that an event creates, in the region of its cluster. */
  static Optional<PoolStatus> first(String region, Delivery<? extends ClusterEvent> d) {
    return d.event() instanceof PoolCreationStarted e
        ? Optional.of(
            PoolStatus.created(
                e.pool(), d.version(), e.clusterId(), region, e.spec(), e.operation(), d.at()))
        : Optional.empty();
  }

  /** Any event of its cluster: an event that is about another pool leaves the row unchanged. */
  static PoolStatus after(PoolStatus row, Delivery<? extends ClusterEvent> d) {
    if (d.version() <= row.version()) {
      return row;
    }
    PoolFold fold = new PoolFold(row, d);
    return switch (d.event()) {
      case ClusterEvent.OfPool e -> fold.pool(PoolEvents.of(e));
      case ClusterLifeEvent e -> fold.cluster(e);
      case ControlPlaneEvent _, AccessRulesEvent _, ActionEvent _, ClusterObservationEvent _ -> row;
    };
  }

  private PoolStatus cluster(ClusterLifeEvent event) {
    return switch (event) {
      case ClusterDeletionStarted _ -> deleting();
      case ClusterDeletionFinished _ -> ended(Phase.DELETED, "");
      // Its pools are still to be deleted.
      case ClusterDeletionFailed _,
          ClusterCreationStarted _,
          ClusterCreationFinished _,
          ClusterCreationFailed _ ->
          row;
    };
  }

  private PoolStatus pool(PoolEvent event) {
    if (!event.pool().equals(row.id())) {
      return row;
    }
    return switch (event) {
      case PoolCreationStarted _, PoolObserved _ -> row;
      // It has its first size; the failure of a later change stays.
      case PoolCreationFinished e -> settled(e, "");
      case PoolCreationFailed e -> settled(e, e.reason());
      case PoolUpdateStarted e -> updating(e);
      // Effective means that every node is in service, so an earlier failure is repaired.
      case PoolUpdateFinished e -> settled(e, "");
      case PoolUpdateFailed e -> settled(e, e.reason());
      case PoolUpgradeStarted e -> upgrading(e);
      case PoolUpgradeFinished _ -> upgraded(row.spec().version(), "");
      case PoolUpgradeFailed e -> upgraded(row.oldest(), e.reason());
      case NodeReplacementStarted e -> same(leaving() ? row.newest() : e.operation());
      // It has its size again, and every node is in service.
      case NodeReplacementFinished e -> settled(e, "");
      case NodeReplacementFailed e -> settled(e, e.reason());
      case PoolDeletionStarted _ -> deleting();
      case PoolDeletionFailed e ->
          row.phase() == Phase.DELETING ? ended(Phase.LOCKED, e.reason()) : same();
      case PoolDeletionFinished _ -> ended(Phase.DELETED, "");
    };
  }

  private boolean leaving() {
    return row.phase() == Phase.DELETING || row.phase() == Phase.DELETED;
  }

  /**
   * One operation less to wait for; the pool stays as the last one leaves it.
   *
   * @param outcome what is wrong after it, if it is the newest one
   */
  private PoolStatus settled(PoolEvent.OfRun end, String outcome) {
    if (leaving() || row.phase() == Phase.LOCKED) {
      return same();
    }
    List<OperationId> left =
        row.scaling().stream().filter(run -> !run.equals(end.operation())).toList();
    String why = end.operation().equals(row.newest()) ? outcome : row.message();
    Phase next = row.phase() == Phase.UPGRADING ? row.phase() : resting(left, why);
    boolean visible = next != row.phase() || !why.equals(row.message());
    return row.with(
        version, row.spec(), next, left, row.newest(), why, visible ? at : row.updatedAt());
  }

  private static Phase resting(List<OperationId> left, String why) {
    return !left.isEmpty() ? Phase.SCALING : why.isEmpty() ? Phase.READY : Phase.WARNING;
  }

  private PoolStatus updating(PoolUpdateStarted e) {
    if (leaving()) {
      return same();
    }
    boolean resizes = e.kind() == OperationKind.SCALE;
    List<OperationId> waiting = new ArrayList<>(row.scaling());
    boolean scaling = !waiting.isEmpty();
    waiting.removeAll(e.superseded());
    if (resizes || scaling) {
      waiting.add(e.operation()); // the size that it requests is not reached yet
    }
    return row.with(
        version,
        row.spec().with(e.after()),
        resizes ? Phase.SCALING : row.phase(),
        waiting,
        e.operation(),
        resizes ? "" : row.message(),
        at);
  }

  private PoolStatus upgrading(PoolUpgradeStarted e) {
    if (leaving() || row.phase() == Phase.LOCKED) {
      return same();
    }
    List<OperationId> left =
        row.scaling().stream().filter(run -> !e.superseded().contains(run)).toList();
    return row.with(
        version, row.spec().at(e.target().version()), Phase.UPGRADING, left, e.operation(), "", at);
  }

  private PoolStatus upgraded(KubernetesVersion oldest, String why) {
    return row.phase() != Phase.UPGRADING
        ? same()
        : row.withOldest(oldest)
            .with(
                version,
                row.spec(),
                resting(row.scaling(), why),
                row.scaling(),
                row.newest(),
                why,
                at);
  }

  private PoolStatus deleting() {
    return row.phase() == Phase.DELETING ? same() : ended(Phase.DELETING, "");
  }

  private PoolStatus ended(Phase next, String why) {
    return row.phase() == Phase.DELETED
        ? same()
        : row.with(version, row.spec(), next, List.of(), row.newest(), why, at);
  }

  private PoolStatus same() {
    return same(row.newest());
  }

  private PoolStatus same(OperationId newest) {
    return row.with(
        version, row.spec(), row.phase(), row.scaling(), newest, row.message(), row.updatedAt());
  }
}
