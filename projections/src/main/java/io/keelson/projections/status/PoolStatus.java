package io.keelson.projections.status;

import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterEvent.AclChangeFailed;
import io.keelson.commands.cluster.ClusterEvent.AclChangeFinished;
import io.keelson.commands.cluster.ClusterEvent.AclChangeStarted;
import io.keelson.commands.cluster.ClusterEvent.AdminTokenResetFailed;
import io.keelson.commands.cluster.ClusterEvent.AdminTokenResetFinished;
import io.keelson.commands.cluster.ClusterEvent.AdminTokenResetStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterTypeChangeFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterTypeChangeFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterTypeChangeStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpdateFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpdateFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpdateStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpgradeFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpgradeFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpgradeStarted;
import io.keelson.commands.cluster.ClusterEvent.ControlPlaneUpgraded;
import io.keelson.commands.cluster.ClusterEvent.NodeReplacementFailed;
import io.keelson.commands.cluster.ClusterEvent.NodeReplacementFinished;
import io.keelson.commands.cluster.ClusterEvent.NodeReplacementStarted;
import io.keelson.commands.cluster.ClusterEvent.Observed;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolEvent;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeStarted;
import io.keelson.commands.cluster.PoolSpec;
import io.keelson.commands.operation.OperationKind;
import io.keelson.projections.Delivery;
import io.keelson.projections.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One pool as callers see it: it scales to its first size, is in service (with a warning while it
 * is not as was asked), scales again whenever another size is asked for, is upgraded by having all
 * of its nodes replaced, and is deleted, at the latest with its cluster; locked is what could not
 * be deleted.
 *
 * @param version the number of the last event of its cluster in it, from 0
 * @param spec as it is asked to be, whether or not that is in force yet
 * @param oldest the oldest version that any of its nodes may have
 * @param scaling the operations at whose end it has another number of nodes
 * @param newest the operation that asked last: its end alone says whether all is as was asked
 * @param message why it is not as was asked, else empty
 * @param updatedAt when something that callers see became different
 */
public record PoolStatus(
    PoolId id,
    long version,
    ClusterId cluster,
    String region,
    PoolSpec spec,
    KubernetesVersion oldest,
    Phase phase,
    List<OperationId> scaling,
    OperationId newest,
    String message,
    Instant createdAt,
    Instant updatedAt)
    implements Row<PoolId> {

  public PoolStatus {
    scaling = List.copyOf(scaling);
  }

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

  /** A pool that has just been asked for. */
  public static PoolStatus created(
      PoolId id,
      long version,
      ClusterId cluster,
      String region,
      PoolSpec spec,
      OperationId creation,
      Instant at) {
    return new PoolStatus(
        id,
        version,
        cluster,
        region,
        spec,
        spec.version(),
        Phase.SCALING,
        List.of(creation),
        creation,
        "",
        at,
        at);
  }

  /** The same, as it is asked to be from now on. */
  public PoolStatus asked(PoolSpec wanted, Phase next, Instant at) {
    return new PoolStatus(
        id, version, cluster, region, wanted, oldest, next, scaling, newest, message, createdAt,
        at);
  }

  /** Whether it may have nodes of another version than it is asked to have. */
  public boolean mixed() {
    return !oldest.equals(spec.version());
  }

  /** The row that an event begins, in the region of its cluster. */
  static Optional<PoolStatus> first(String region, Delivery<? extends ClusterEvent> d) {
    return d.event() instanceof PoolCreationStarted e
        ? Optional.of(
            created(e.pool(), d.version(), e.clusterId(), region, e.spec(), e.operation(), d.at()))
        : Optional.empty();
  }

  /** Any event of its cluster: one that is not about this pool leaves it as it is. */
  PoolStatus after(Delivery<? extends ClusterEvent> d) {
    if (d.version() <= version || (d.event() instanceof PoolEvent e && !e.pool().equals(id))) {
      return this;
    }
    return switch (d.event()) {
      case PoolCreationStarted _ -> this;
      // It has its first size; a change that failed meanwhile stands all the same.
      case PoolCreationFinished e -> settled(d, e.operation(), newest(e) ? "" : message);
      case PoolCreationFailed e -> settled(d, e.operation(), newest(e) ? e.reason() : message);
      case PoolUpdateStarted e -> asked(d, e);
      // In force means that every node is in service, so it also mends what came before.
      case PoolUpdateFinished e -> settled(d, e.operation(), newest(e) ? "" : message);
      case PoolUpdateFailed e -> settled(d, e.operation(), newest(e) ? e.reason() : message);
      case PoolUpgradeStarted e -> upgrading(d, e);
      case PoolUpgradeFinished _ -> upgraded(d, spec.version(), "");
      case PoolUpgradeFailed e -> upgraded(d, oldest, e.reason());
      case NodeReplacementStarted e -> leaving() ? at(d) : at(d, e.operation());
      // It has its size again, all of it in service.
      case NodeReplacementFinished e -> settled(d, e.operation(), newest(e) ? "" : message);
      case NodeReplacementFailed e -> settled(d, e.operation(), newest(e) ? e.reason() : message);
      case PoolDeletionStarted _, ClusterDeletionStarted _ ->
          phase == Phase.DELETING ? at(d) : ended(d, Phase.DELETING, "");
      case PoolDeletionFailed e ->
          phase == Phase.DELETING ? ended(d, Phase.LOCKED, e.reason()) : at(d);
      case PoolDeletionFinished _, ClusterDeletionFinished _ -> ended(d, Phase.DELETED, "");
      // Not an end for its pools: they are still to go.
      case ClusterDeletionFailed _,
          ClusterCreationStarted _,
          ClusterCreationFinished _,
          ClusterCreationFailed _,
          ClusterUpdateStarted _,
          ClusterUpdateFinished _,
          ClusterUpdateFailed _,
          ClusterTypeChangeStarted _,
          ClusterTypeChangeFinished _,
          ClusterTypeChangeFailed _,
          ClusterUpgradeStarted _,
          ControlPlaneUpgraded _,
          ClusterUpgradeFinished _,
          ClusterUpgradeFailed _,
          AclChangeStarted _,
          AclChangeFinished _,
          AclChangeFailed _,
          AdminTokenResetStarted _,
          AdminTokenResetFinished _,
          AdminTokenResetFailed _,
          Observed _ ->
          this;
    };
  }

  private boolean newest(PoolEvent event) {
    return event.operation().equals(newest);
  }

  private boolean leaving() {
    return phase == Phase.DELETING || phase == Phase.DELETED;
  }

  /** One operation less to wait for; the last one leaves the pool as it is from then on. */
  private PoolStatus settled(Delivery<?> d, OperationId ended, String why) {
    if (leaving() || phase == Phase.LOCKED) {
      return at(d);
    }
    List<OperationId> left = scaling.stream().filter(o -> !o.equals(ended)).toList();
    Phase next = phase == Phase.UPGRADING ? phase : still(left, why);
    boolean shown = next != phase || !why.equals(message);
    return with(d, spec, next, left, newest, why, shown ? d.at() : updatedAt);
  }

  private static Phase still(List<OperationId> left, String why) {
    return !left.isEmpty() ? Phase.SCALING : why.isEmpty() ? Phase.READY : Phase.WARNING;
  }

  private PoolStatus upgrading(Delivery<?> d, PoolUpgradeStarted e) {
    if (leaving() || phase == Phase.LOCKED) {
      return at(d);
    }
    List<OperationId> left = scaling.stream().filter(o -> !e.superseded().contains(o)).toList();
    return with(d, e.after(), Phase.UPGRADING, left, e.operation(), "", d.at());
  }

  private PoolStatus upgraded(Delivery<?> d, KubernetesVersion least, String why) {
    if (phase != Phase.UPGRADING) {
      return at(d);
    }
    return new PoolStatus(
        id,
        d.version(),
        cluster,
        region,
        spec,
        least,
        still(scaling, why),
        scaling,
        newest,
        why,
        createdAt,
        d.at());
  }

  private PoolStatus asked(Delivery<?> d, PoolUpdateStarted e) {
    if (leaving()) {
      return at(d);
    }
    List<OperationId> waiting = new ArrayList<>(scaling);
    if (e.kind() != OperationKind.SCALE) {
      if (!scaling.isEmpty()) {
        waiting.add(e.operation()); // it asks for the same size, which is not there yet
      }
      return with(d, e.after(), phase, waiting, e.operation(), message, d.at());
    }
    waiting.removeAll(e.superseded());
    waiting.add(e.operation());
    return with(d, e.after(), Phase.SCALING, waiting, e.operation(), "", d.at());
  }

  private PoolStatus ended(Delivery<?> d, Phase next, String why) {
    return phase == Phase.DELETED ? at(d) : with(d, spec, next, List.of(), newest, why, d.at());
  }

  private PoolStatus at(Delivery<?> d) {
    return at(d, newest);
  }

  private PoolStatus at(Delivery<?> d, OperationId last) {
    return with(d, spec, phase, scaling, last, message, updatedAt);
  }

  private PoolStatus with(
      Delivery<?> d,
      PoolSpec wanted,
      Phase next,
      List<OperationId> waiting,
      OperationId last,
      String why,
      Instant changed) {
    return new PoolStatus(
        id,
        d.version(),
        cluster,
        region,
        wanted,
        oldest,
        next,
        waiting,
        last,
        why,
        createdAt,
        changed);
  }
}
