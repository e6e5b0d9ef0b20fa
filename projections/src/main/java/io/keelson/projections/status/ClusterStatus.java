package io.keelson.projections.status;

import io.keelson.commands.AclRule;
import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
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
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeStarted;
import io.keelson.commands.cluster.ClusterSpec;
import io.keelson.commands.cluster.ClusterType;
import io.keelson.projections.Delivery;
import io.keelson.projections.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One cluster as callers see it: it is created, settles in service (waiting for a first pool where
 * its type needs one), is updated whenever its control plane should be otherwise, and is deleted;
 * locked is what could not be brought to its end.
 *
 * @param version the number of the last event in it, from 0
 * @param spec as it is asked to be, whether or not that is in force yet
 * @param pools how many it has
 * @param acl who is asked to reach its API server
 * @param commitmentEndsAt until when its type is booked; null: its type is booked for no time
 * @param upgrading whether an upgrade of it still runs, that of its pools included
 * @param message what failed last, empty once something is begun after it
 * @param operation that holds the cluster as a whole
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
    List<AclRule> acl,
    @Nullable Instant commitmentEndsAt,
    boolean upgrading,
    String message,
    @Nullable OperationId operation,
    Instant createdAt,
    Instant updatedAt)
    implements Row<ClusterId> {

  public ClusterStatus {
    acl = List.copyOf(acl);
  }

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

  /** A cluster that has just been asked for. */
  public static ClusterStatus created(
      ClusterId id,
      long version,
      OrganizationId organization,
      ProjectId project,
      String region,
      ClusterSpec spec,
      int pools,
      OperationId creation,
      Instant at) {
    return new ClusterStatus(
        id,
        version,
        organization,
        project,
        region,
        spec,
        Phase.CREATING,
        pools,
        List.of(AclRule.initial(id)),
        commitment(spec.type(), null, at),
        false,
        "",
        creation,
        at,
        at);
  }

  /** The same, as it is asked to be from now on. */
  public ClusterStatus asked(ClusterSpec wanted, Phase next, Instant at) {
    boolean booked = wanted.type() != spec.type();
    return new ClusterStatus(
        id,
        version,
        organization,
        project,
        region,
        wanted,
        next,
        pools,
        acl,
        booked ? commitment(wanted.type(), commitmentEndsAt, at) : commitmentEndsAt,
        upgrading,
        message,
        operation,
        createdAt,
        at);
  }

  /** A type that is booked for a time never shortens what is booked already. */
  private static @Nullable Instant commitment(
      ClusterType type, @Nullable Instant before, Instant at) {
    if (type.commitment().isZero()) {
      return null;
    }
    Instant end = at.plus(type.commitment());
    return before != null && before.isAfter(end) ? before : end;
  }

  /** The row that an event begins. */
  static Optional<ClusterStatus> first(Delivery<? extends ClusterEvent> d) {
    return d.event() instanceof ClusterCreationStarted e
        ? Optional.of(
            created(
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

  ClusterStatus after(Delivery<? extends ClusterEvent> d) {
    if (d.version() <= version) {
      return this;
    }
    if (phase == Phase.DELETED) {
      return at(d.version());
    }
    return switch (d.event()) {
      case ClusterCreationFinished _ when phase == Phase.CREATING ->
          moved(d, settled(pools), message);
      case ClusterCreationFailed e when phase == Phase.CREATING ->
          moved(d, Phase.LOCKED, e.reason());
      case ClusterUpdateStarted e -> changing(d, e.operation(), e.after(), false);
      case ClusterTypeChangeStarted e -> changing(d, e.operation(), e.after(), false);
      case ClusterUpgradeStarted e -> changing(d, e.operation(), e.after(), true);
      // Its pools may follow: the upgrade holds it on, but no more than that.
      case ControlPlaneUpgraded _ when phase == Phase.UPDATING ->
          with(d.version(), settled(pools), pools, upgrading, message, operation, d.at());
      case ClusterUpdateFinished e -> changed(d, e.operation(), message);
      case ClusterTypeChangeFinished e -> changed(d, e.operation(), message);
      case ClusterUpgradeFinished e -> changed(d, e.operation(), message);
      case ClusterUpdateFailed e -> changed(d, e.operation(), e.reason());
      case ClusterTypeChangeFailed e -> changed(d, e.operation(), e.reason());
      case ClusterUpgradeFailed e -> changed(d, e.operation(), e.reason());
      case AclChangeStarted e -> open() ? ruled(d, e.after()) : at(d.version());
      case AdminTokenResetStarted _ -> told(d, "");
      case AclChangeFailed e -> told(d, e.reason());
      case AdminTokenResetFailed e -> told(d, e.reason());
      case ClusterDeletionStarted e ->
          with(d.version(), Phase.DELETING, pools, false, "", e.operation(), d.at());
      case ClusterDeletionFailed e when phase == Phase.DELETING ->
          moved(d, Phase.LOCKED, e.reason());
      case ClusterDeletionFinished _ ->
          with(d.version(), Phase.DELETED, 0, false, "", null, d.at());
      case PoolCreationStarted _ ->
          with(d.version(), phase, pools + 1, upgrading, message, operation, updatedAt);
      case PoolCreationFinished _, PoolCreationFailed _ -> settledAgain(d, pools);
      case PoolDeletionFinished _ -> settledAgain(d, Math.max(0, pools - 1));
      case ClusterCreationStarted _,
          ClusterCreationFinished _,
          ClusterCreationFailed _,
          ControlPlaneUpgraded _,
          ClusterDeletionFailed _,
          AclChangeFinished _,
          AdminTokenResetFinished _,
          PoolUpdateStarted _,
          PoolUpdateFinished _,
          PoolUpdateFailed _,
          PoolUpgradeStarted _,
          PoolUpgradeFinished _,
          PoolUpgradeFailed _,
          NodeReplacementStarted _,
          NodeReplacementFinished _,
          NodeReplacementFailed _,
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

  private boolean inService() {
    return phase == Phase.READY || phase == Phase.POOL_REQUIRED || phase == Phase.UPDATING;
  }

  private boolean open() {
    return phase == Phase.CREATING || inService();
  }

  private ClusterStatus settledAgain(Delivery<?> d, int count) {
    Phase next = phase == Phase.READY || phase == Phase.POOL_REQUIRED ? settled(count) : phase;
    Instant changed = next == phase ? updatedAt : d.at();
    return with(d.version(), next, count, upgrading, message, operation, changed);
  }

  private ClusterStatus changing(
      Delivery<?> d, OperationId by, ClusterSpec wanted, boolean upgrade) {
    return inService()
        ? asked(wanted, Phase.UPDATING, d.at())
            .with(d.version(), Phase.UPDATING, pools, upgrade, "", by, d.at())
        : at(d.version());
  }

  private ClusterStatus changed(Delivery<?> d, OperationId by, String why) {
    if (!inService() || !by.equals(operation)) {
      return at(d.version());
    }
    Phase next = settled(pools);
    Instant changed = next == phase && why.equals(message) ? updatedAt : d.at();
    return with(d.version(), next, pools, false, why, null, changed);
  }

  private ClusterStatus ruled(Delivery<?> d, List<AclRule> rules) {
    return new ClusterStatus(
        id,
        d.version(),
        organization,
        project,
        region,
        spec,
        phase,
        pools,
        rules,
        commitmentEndsAt,
        upgrading,
        "",
        operation,
        createdAt,
        d.at());
  }

  /** What is beside the life of the cluster, and moves it nowhere. */
  private ClusterStatus told(Delivery<?> d, String why) {
    return open() && !why.equals(message)
        ? with(d.version(), phase, pools, upgrading, why, operation, d.at())
        : at(d.version());
  }

  private ClusterStatus moved(Delivery<?> d, Phase next, String why) {
    return with(d.version(), next, pools, false, why, null, d.at());
  }

  private ClusterStatus at(long seen) {
    return with(seen, phase, pools, upgrading, message, operation, updatedAt);
  }

  private ClusterStatus with(
      long seen,
      Phase next,
      int count,
      boolean upgrade,
      String why,
      @Nullable OperationId held,
      Instant changed) {
    return new ClusterStatus(
        id,
        seen,
        organization,
        project,
        region,
        spec,
        next,
        count,
        acl,
        commitmentEndsAt,
        upgrade,
        why,
        held,
        createdAt,
        changed);
  }
}
