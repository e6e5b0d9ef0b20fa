package io.keelson.aggregates.cluster;

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

/** The rejections that several deciders make, in the same words everywhere. */
final class ClusterRejections {

  private ClusterRejections() {}

  /**
   * The cluster, if it is in service.
   *
   * @throws CommandRejected when it does not exist, or is not in service
   */
  static Running running(ClusterId cluster, ClusterState state) {
    return switch (state) {
      case Running s -> s;
      case Creating s -> throw s.holder().rejection(cluster);
      case CreationFailed s -> throw s.holder().rejection(cluster);
      case Deleting s -> throw s.holder().rejection(cluster);
      case DeletionFailed s -> throw s.holder().rejection(cluster);
      case Absent _, Deleted _ -> throw notFound(cluster);
    };
  }

  static CommandRejected notFound(ClusterId cluster) {
    return new CommandRejected(NOT_FOUND, "cluster " + cluster + " does not exist", "cluster_id");
  }

  static CommandRejected invalid(String argument, String detail) {
    return new CommandRejected(INVALID, detail, argument);
  }
}
