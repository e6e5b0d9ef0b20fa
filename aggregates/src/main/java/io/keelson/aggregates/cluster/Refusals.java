package io.keelson.aggregates.cluster;

import static io.keelson.commands.CommandRejected.Reason.BUSY;
import static io.keelson.commands.CommandRejected.Reason.INVALID;
import static io.keelson.commands.CommandRejected.Reason.NOT_FOUND;

import io.keelson.aggregates.cluster.ClusterState.Absent;
import io.keelson.aggregates.cluster.ClusterState.Creating;
import io.keelson.aggregates.cluster.ClusterState.CreationFailed;
import io.keelson.aggregates.cluster.ClusterState.Deleted;
import io.keelson.aggregates.cluster.ClusterState.Deleting;
import io.keelson.aggregates.cluster.ClusterState.DeletionFailed;
import io.keelson.aggregates.cluster.ClusterState.Running;
import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.PoolId;

/** Why nothing can be decided, in the same words everywhere. What is checked belongs elsewhere. */
final class Refusals {

  private static final String CLUSTER = "cluster_id";
  private static final String POOL = "pool_id";

  private Refusals() {}

  /**
   * The cluster, if it is in service.
   *
   * @throws CommandRejected when it is not there, or is not in service
   */
  static Running running(ClusterId cluster, ClusterState state) {
    return switch (state) {
      case Running s -> s;
      case Creating _, CreationFailed _, Deleting _, DeletionFailed _ ->
          throw clusterBusy(cluster, state);
      case Absent _, Deleted _ -> throw clusterNotFound(cluster);
    };
  }

  /**
   * The cluster of a pool, if it is in service.
   *
   * @throws CommandRejected when there is no such pool any more, or its cluster is not in service
   */
  static Running running(ClusterId cluster, PoolId pool, ClusterState state) {
    return switch (state) {
      case Running s -> s;
      case Creating _, CreationFailed _, Deleting _, DeletionFailed _ ->
          throw clusterBusy(cluster, state);
      case Absent _, Deleted _ -> throw poolNotFound(pool);
    };
  }

  static CommandRejected poolNotFound(PoolId pool) {
    return new CommandRejected(NOT_FOUND, "pool " + pool + " does not exist", POOL);
  }

  static CommandRejected clusterNotFound(ClusterId cluster) {
    return new CommandRejected(NOT_FOUND, "cluster " + cluster + " does not exist", CLUSTER);
  }

  static CommandRejected clusterBusy(ClusterId cluster, ClusterState state) {
    return clusterBusy(cluster, "not in service: " + state.getClass().getSimpleName());
  }

  static CommandRejected clusterBusy(ClusterId cluster, String how) {
    return new CommandRejected(BUSY, "cluster " + cluster + " is " + how, CLUSTER);
  }

  static CommandRejected poolBusy(PoolId pool, String how) {
    return new CommandRejected(BUSY, "pool " + pool + " is " + how, POOL);
  }

  static CommandRejected invalid(String argument, String detail) {
    return new CommandRejected(INVALID, detail, argument);
  }
}
