package io.keelson.aggregates.cluster;

import io.keelson.aggregates.cluster.ClusterState.Running;
import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.cluster.ClusterCommand.FailClusterChange;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterChange;
import io.keelson.commands.cluster.ClusterCommand.SetClusterType;
import io.keelson.commands.cluster.ClusterCommand.UpdateCluster;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterEvent.ClusterTypeChangeFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterTypeChangeFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterTypeChangeStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpdateFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpdateFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpdateStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpgradeFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpgradeFinished;
import io.keelson.commands.cluster.ClusterSpec;
import io.keelson.commands.cluster.ClusterType;
import io.keelson.commands.operation.OperationKind;
import java.util.List;

/**
 * What may be done to a cluster as a whole, one thing at a time, and how it ends. What begins an
 * upgrade is decided elsewhere.
 */
final class WorkDecider {

  private WorkDecider() {}

  /**
   * The cluster, if nothing is being done to it as a whole.
   *
   * @throws CommandRejected otherwise
   */
  static Running idle(ClusterId cluster, ClusterState state) {
    Running running = Refusals.running(cluster, state);
    if (running.work() != null) {
      throw Refusals.clusterBusy(cluster, running.work().text());
    }
    return running;
  }

  /** Also where nothing differs: what is there already is brought into force once more. */
  static List<ClusterEvent> update(UpdateCluster c, ClusterState state) {
    Facts facts = idle(c.clusterId(), state).facts();
    ClusterSpec before = facts.spec();
    return List.of(
        new ClusterUpdateStarted(
            c.clusterId(),
            c.operation(),
            facts.created().project(),
            facts.created().region(),
            facts.controlPlane().generation() + 1,
            before,
            before.with(c.change())));
  }

  /** A cluster stays as it is where it has the type already, unless its last change failed. */
  static List<ClusterEvent> setType(SetClusterType c, ClusterState state) {
    Facts facts = idle(c.clusterId(), state).facts();
    ClusterSpec before = facts.spec();
    if (c.type() == before.type()
        && !facts.controlPlane().failed().contains(OperationKind.SET_TYPE)) {
      return List.of();
    }
    checkType(c.type(), facts);
    return List.of(
        new ClusterTypeChangeStarted(
            c.clusterId(),
            c.operation(),
            facts.created().region(),
            facts.controlPlane().generation() + 1,
            before,
            before.of(c.type())));
  }

  /** A way down is open too: whether its time has come is known to who asks. */
  private static void checkType(ClusterType type, Facts facts) {
    ClusterType before = facts.spec().type();
    if (type.multicloud() != before.multicloud()) {
      throw Refusals.invalid("type", before + " cannot become " + type + ": another family");
    }
    PoolRules.checkNodes(type, facts);
  }

  static List<ClusterEvent> finish(FinishClusterChange c, ClusterState state) {
    if (!(state instanceof Running running)
        || running.work() == null
        || !running.work().operation().equals(c.operation())) {
      return List.of();
    }
    return switch (running.work()) {
      case Work.Updating _ -> List.of(new ClusterUpdateFinished(c.clusterId(), c.operation()));
      case Work.ChangingType _ ->
          List.of(new ClusterTypeChangeFinished(c.clusterId(), c.operation()));
      case Work.Upgrading upgrading when !upgrading.controlPlaneDone() -> List.of(); // not yet
      case Work.Upgrading _ -> List.of(new ClusterUpgradeFinished(c.clusterId(), c.operation()));
    };
  }

  static List<ClusterEvent> fail(FailClusterChange c, ClusterState state) {
    if (!(state instanceof Running running)
        || running.work() == null
        || !running.work().operation().equals(c.operation())) {
      return List.of();
    }
    return switch (running.work()) {
      case Work.Updating _ ->
          List.of(new ClusterUpdateFailed(c.clusterId(), c.operation(), c.reason()));
      case Work.ChangingType _ ->
          List.of(new ClusterTypeChangeFailed(c.clusterId(), c.operation(), c.reason()));
      case Work.Upgrading _ ->
          List.of(new ClusterUpgradeFailed(c.clusterId(), c.operation(), c.reason()));
    };
  }
}
