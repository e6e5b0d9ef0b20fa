package io.keelson.commands.cluster;

import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterEvent.OfOperation;

/** What happens to the administrator's credential. The credential itself is in no event. */
public sealed interface CredentialEvent extends ClusterEvent, OfOperation {

  /** The credential is being replaced; the old one becomes void. */
  record AdminTokenResetStarted(ClusterId clusterId, OperationId operation)
      implements CredentialEvent {}

  /** There is a new credential; the old one is void. */
  record AdminTokenResetFinished(ClusterId clusterId, OperationId operation)
      implements CredentialEvent {}

  /** The credential could not be replaced. */
  record AdminTokenResetFailed(ClusterId clusterId, OperationId operation, String reason)
      implements CredentialEvent {}
}
