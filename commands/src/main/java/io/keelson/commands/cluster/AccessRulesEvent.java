package io.keelson.commands.cluster;

import io.keelson.commands.AclRule;
import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterEvent.OfOperation;
import java.util.List;

/** What is changed of the rules of the access to the API server. */
public sealed interface AccessRulesEvent extends ClusterEvent, OfOperation {

  /**
   * The rules are being changed.
   *
   * @param superseded the runs that it ends: what they were for is no longer desired
   */
  record AclChangeStarted(
      ClusterId clusterId,
      OperationId operation,
      long generation,
      List<AclRule> before,
      List<AclRule> after,
      List<OperationId> superseded)
      implements AccessRulesEvent {

    public AclChangeStarted {
      before = List.copyOf(before);
      after = List.copyOf(after);
      superseded = List.copyOf(superseded);
    }
  }

  /** The rules are effective. */
  record AclChangeFinished(ClusterId clusterId, OperationId operation)
      implements AccessRulesEvent {}

  /** The rules could not be made effective. */
  record AclChangeFailed(ClusterId clusterId, OperationId operation, String reason)
      implements AccessRulesEvent {}
}
