package io.keelson.commands.cluster;

import io.keelson.commands.ClusterAction;
import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterEvent.OfOperation;

/** What happens to the actions on a cluster. No event holds what an action makes. */
public sealed interface ActionEvent extends ClusterEvent, OfOperation {

  ClusterAction action();

  /** The action is requested. */
  record ClusterActionStarted(ClusterId clusterId, OperationId operation, ClusterAction action)
      implements ActionEvent {}

  /** The provider has done the action. */
  record ClusterActionFinished(ClusterId clusterId, OperationId operation, ClusterAction action)
      implements ActionEvent {}

  /** The provider has not done the action. */
  record ClusterActionFailed(
      ClusterId clusterId, OperationId operation, ClusterAction action, String reason)
      implements ActionEvent {}
}
