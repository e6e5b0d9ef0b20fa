package io.keelson.aggregates.cluster;

import io.keelson.aggregates.cluster.ClusterState.Running;
import io.keelson.aggregates.pool.PoolRules;
import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterCommand.FailClusterChange;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterChange;
import io.keelson.commands.cluster.ClusterCommand.SetClusterType;
import io.keelson.commands.cluster.ClusterCommand.UpdateCluster;
import io.keelson.commands.cluster.ControlPlaneEvent;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterTypeChangeFailed;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterTypeChangeFinished;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterTypeChangeStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpdateFailed;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpdateFinished;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpdateStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpgradeFailed;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpgradeFinished;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.spec.ClusterSpec;
import io.keelson.commands.spec.ClusterType;
import java.util.List;
import java.util.Optional;

/**
 * Which changes of a cluster as a whole may start, one at a time, and how they end. The start of an
 * upgrade is decided elsewhere.
 */
final class ControlPlaneDecider {

  private ControlPlaneDecider() {}

  /**
   * The cluster, if no change of it as a whole is in progress.
   *
   * @throws CommandRejected otherwise
   */
  static Running idle(ClusterId cluster, ClusterState state) {
    Running running = ClusterRejections.running(cluster, state);
    if (running.work() != null) {
      throw running.work().holder().rejection(cluster);
    }
    return running;
  }

  /** Also without a difference: then the same document is applied once more. */
  static List<ControlPlaneEvent> update(UpdateCluster c, ClusterState state) {
    ClusterFacts facts = idle(c.clusterId(), state).facts();
    ClusterSpec before = facts.spec();
    ClusterSpec after = before.with(c.change());
    return List.of(
        new ClusterUpdateStarted(
            c.clusterId(),
            c.operation(),
            facts.created().project(),
            facts.controlPlane().target(after),
            after.changeTo(before),
            before.changeTo(after)));
  }

  /** A cluster that has the type already stays as it is, unless its last type change failed. */
  static List<ControlPlaneEvent> setType(SetClusterType c, ClusterState state) {
    ClusterFacts facts = idle(c.clusterId(), state).facts();
    ClusterType before = facts.spec().type();
    if (c.type() == before && !facts.controlPlane().failed().contains(OperationKind.SET_TYPE)) {
      return List.of();
    }
    checkType(c.type(), facts);
    return List.of(
        new ClusterTypeChangeStarted(
            c.clusterId(),
            c.operation(),
            facts.controlPlane().target(facts.spec().of(c.type())),
            before,
            c.type()));
  }

  /** A smaller type is valid too: when a commitment ends is known to the caller. */
  private static void checkType(ClusterType type, ClusterFacts facts) {
    ClusterType before = facts.spec().type();
    if (type.multicloud() != before.multicloud()) {
      throw ClusterRejections.invalid(
          "type", before + " cannot become " + type + ": another family");
    }
    PoolRules.checkNodes(type, facts.created().project(), facts.pools());
  }

  static List<ControlPlaneEvent> finish(FinishClusterChange c, ClusterState state) {
    return work(c.operation(), state)
        .flatMap(work -> finished(c, work))
        .map(List::of)
        .orElse(List.of());
  }

  private static Optional<ControlPlaneEvent> finished(FinishClusterChange c, Work work) {
    return switch (work) {
      case Work.Updating _ -> Optional.of(new ClusterUpdateFinished(c.clusterId(), c.operation()));
      case Work.ChangingType _ ->
          Optional.of(new ClusterTypeChangeFinished(c.clusterId(), c.operation()));
      case Work.Upgrading upgrading when !upgrading.controlPlaneDone() -> Optional.empty();
      case Work.Upgrading _ ->
          Optional.of(new ClusterUpgradeFinished(c.clusterId(), c.operation()));
    };
  }

  static List<ControlPlaneEvent> fail(FailClusterChange c, ClusterState state) {
    return work(c.operation(), state).map(work -> failed(c, work)).map(List::of).orElse(List.of());
  }

  private static ControlPlaneEvent failed(FailClusterChange c, Work work) {
    return switch (work) {
      case Work.Updating _ -> new ClusterUpdateFailed(c.clusterId(), c.operation(), c.reason());
      case Work.ChangingType _ ->
          new ClusterTypeChangeFailed(c.clusterId(), c.operation(), c.reason());
      case Work.Upgrading _ -> new ClusterUpgradeFailed(c.clusterId(), c.operation(), c.reason());
    };
  }

  /** The change that the run makes; empty: the run does not hold the cluster, or no longer. */
  private static Optional<Work> work(OperationId operation, ClusterState state) {
    return state instanceof Running running
        ? Optional.ofNullable(running.work()).filter(work -> work.operation().equals(operation))
        : Optional.empty();
  }
}
