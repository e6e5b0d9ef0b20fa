package io.keelson.adapters.provisioning;

import io.keelson.adapters.provisioning.Desired.OfAcl;
import io.keelson.adapters.provisioning.Desired.OfControlPlane;
import io.keelson.adapters.provisioning.Desired.OfPool;
import io.keelson.commands.cluster.AccessRulesEvent;
import io.keelson.commands.cluster.AccessRulesEvent.AclChangeFailed;
import io.keelson.commands.cluster.AccessRulesEvent.AclChangeFinished;
import io.keelson.commands.cluster.AccessRulesEvent.AclChangeStarted;
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
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterTypeChangeStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpdateStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpgradeStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ControlPlaneUpgraded;
import io.keelson.commands.cluster.ControlPlaneEvent.PoolLeftOut;
import io.keelson.commands.operation.Target;
import io.keelson.commands.pool.PoolEvent;
import io.keelson.commands.spec.ClusterSpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the events of a cluster make of the desired state of its targets. Pure, total, silent. */
final class DesiredFold {

  private DesiredFold() {}

  /** The target whose desired state an event may change; empty: none. */
  static Optional<Target> target(ClusterEvent event) {
    return switch (event) {
      case ClusterLifeEvent _, ControlPlaneEvent _ -> Optional.of(Target.CONTROL_PLANE);
      case AccessRulesEvent _ -> Optional.of(Target.ACL);
      case ClusterEvent.OfPool e ->
          e instanceof PoolEvent.OfRun run
              ? Optional.of(Target.pool(run.pool()))
              : Optional.empty();
      case ActionEvent _, ClusterObservationEvent _ -> Optional.empty();
    };
  }

  /**
   * The desired state of the event's target after the event.
   *
   * @param before null: there is none
   */
  static @Nullable Desired after(@Nullable Desired before, ClusterEvent event) {
    return switch (event) {
      case ClusterLifeEvent e -> life((OfControlPlane) before, e);
      case ControlPlaneEvent e -> before == null ? null : changed((OfControlPlane) before, e);
      case AccessRulesEvent e -> rules((OfAcl) before, e);
      case ClusterEvent.OfPool e ->
          e instanceof PoolEvent.OfRun run ? DesiredPoolFold.after((OfPool) before, run) : before;
      case ActionEvent _, ClusterObservationEvent _ -> before;
    };
  }

  private static @Nullable OfControlPlane life(
      @Nullable OfControlPlane before, ClusterLifeEvent event) {
    if (event instanceof ClusterCreationStarted e) {
      return new OfControlPlane(e.region(), e.spec(), Runs.NONE.started(e.operation()));
    }
    if (before == null) {
      return null;
    }
    return switch (event) {
      case ClusterCreationStarted _, ClusterDeletionFailed _ -> before;
      case ClusterCreationFinished e -> before.with(before.runs().ended(e.operation()));
      case ClusterCreationFailed e -> before.with(before.runs().ended(e.operation()));
      case ClusterDeletionStarted e -> before.with(before.runs().ended(e.superseded()));
      case ClusterDeletionFinished _ -> null;
    };
  }

  private static OfControlPlane changed(OfControlPlane before, ControlPlaneEvent event) {
    return switch (event) {
      case ControlPlaneEvent.Started e ->
          before.with(spec(before.spec(), e)).with(before.runs().started(e.operation()));
      case ControlPlaneEvent.Finished e -> before.with(before.runs().ended(e.operation()));
      case ControlPlaneEvent.Failed e -> before.with(before.runs().ended(e.operation()));
      case PoolLeftOut _, ControlPlaneUpgraded _ -> before;
    };
  }

  private static ClusterSpec spec(ClusterSpec before, ControlPlaneEvent.Started event) {
    return switch (event) {
      case ClusterUpdateStarted e -> before.with(e.after());
      case ClusterTypeChangeStarted e -> before.of(e.after());
      case ClusterUpgradeStarted e -> before.at(e.target().version());
    };
  }

  private static @Nullable OfAcl rules(@Nullable OfAcl before, AccessRulesEvent event) {
    Runs runs = before == null ? Runs.NONE : before.runs();
    return switch (event) {
      case AclChangeStarted e ->
          new OfAcl(e.after(), runs.ended(e.superseded()).started(e.operation()));
      case AclChangeFinished e -> before == null ? null : before.with(runs.ended(e.operation()));
      case AclChangeFailed e -> before == null ? null : before.with(runs.ended(e.operation()));
    };
  }
}
