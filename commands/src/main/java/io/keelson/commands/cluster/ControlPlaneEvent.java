package io.keelson.commands.cluster;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Decided;
import io.keelson.commands.Decision;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.cluster.ClusterEvent.OfOperation;
import io.keelson.commands.operation.ControlPlaneTarget;
import io.keelson.commands.operation.PoolRun;
import io.keelson.commands.spec.ClusterChange;
import io.keelson.commands.spec.ClusterType;
import java.util.List;

/** What is changed of a cluster as a whole: one change at a time. */
public sealed interface ControlPlaneEvent extends ClusterEvent, OfOperation {

  /** A change of the cluster as a whole has started: its control plane gets a newer document. */
  sealed interface Started extends ControlPlaneEvent {
    ControlPlaneTarget target();
  }

  /** A change of the cluster as a whole has ended as desired. */
  sealed interface Finished extends ControlPlaneEvent {}

  /** A change of the cluster as a whole has failed. */
  sealed interface Failed extends ControlPlaneEvent {
    String reason();
  }

  /**
   * Settings of the cluster are being changed, its type and version excluded.
   *
   * @param before the old values of what changes
   * @param after the new values of what changes; without any member, the same document is applied
   *     once more
   */
  record ClusterUpdateStarted(
      ClusterId clusterId,
      OperationId operation,
      ProjectId project,
      ControlPlaneTarget target,
      ClusterChange before,
      ClusterChange after)
      implements Started {}

  record ClusterUpdateFinished(ClusterId clusterId, OperationId operation) implements Finished {}

  record ClusterUpdateFailed(ClusterId clusterId, OperationId operation, String reason)
      implements Failed {}

  /** The cluster is moved to another type. */
  record ClusterTypeChangeStarted(
      ClusterId clusterId,
      OperationId operation,
      ControlPlaneTarget target,
      ClusterType before,
      ClusterType after)
      implements Started {}

  record ClusterTypeChangeFinished(ClusterId clusterId, OperationId operation)
      implements Finished {}

  record ClusterTypeChangeFailed(ClusterId clusterId, OperationId operation, String reason)
      implements Failed {}

  /**
   * The cluster is moved to another version.
   *
   * @param target what the control plane is to converge to; its version is the new one
   * @param before the version that the control plane runs
   * @param cni the network plugin, which is a system component too
   * @param pools that follow the control plane, each with the run that will roll it
   * @param decision by the version skew policy of Kubernetes
   */
  record ClusterUpgradeStarted(
      ClusterId clusterId,
      OperationId operation,
      ControlPlaneTarget target,
      KubernetesVersion before,
      String cni,
      List<PoolRun> pools,
      Decision decision)
      implements Started, Decided {

    public ClusterUpgradeStarted {
      pools = List.copyOf(pools);
    }
  }

  /** A pool does not follow the upgrade of its cluster. */
  record PoolLeftOut(ClusterId clusterId, OperationId operation, PoolId pool, Decision decision)
      implements ControlPlaneEvent, Decided {}

  /**
   * Every API server and the system components have the new version; pools may follow.
   *
   * @param left planned pools that do not follow: they have been deleted meanwhile
   */
  record ControlPlaneUpgraded(
      ClusterId clusterId,
      OperationId operation,
      KubernetesVersion before,
      KubernetesVersion after,
      List<PoolId> left)
      implements ControlPlaneEvent {

    public ControlPlaneUpgraded {
      left = List.copyOf(left);
    }
  }

  /** The upgrade is done, that of its pools included. */
  record ClusterUpgradeFinished(ClusterId clusterId, OperationId operation) implements Finished {}

  /** The upgrade has failed; what has the new version keeps it. */
  record ClusterUpgradeFailed(ClusterId clusterId, OperationId operation, String reason)
      implements Failed {}
}
