package io.keelson.commands.node;

import io.keelson.commands.ClusterId;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.provisioning.ObservedNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What has happened to one node. */
public sealed interface NodeEvent extends DomainEvent {

  NodeId nodeId();

  ClusterId clusterId();

  @Override
  default NodeId stream() {
    return nodeId();
  }

  @Override
  default ClusterId cluster() {
    return clusterId();
  }

  /** It was seen for the first time. */
  record NodeCreated(NodeId nodeId, ClusterId clusterId, PoolId pool, ObservedNode observed)
      implements NodeEvent {}

  /** It looks otherwise than before, in the same phase. */
  record NodeChanged(
      NodeId nodeId, ClusterId clusterId, PoolId pool, ObservedNode before, ObservedNode after)
      implements NodeEvent {}

  /** It came into another phase of its life. */
  record NodePhaseChanged(
      NodeId nodeId, ClusterId clusterId, PoolId pool, ObservedNode before, ObservedNode after)
      implements NodeEvent {}

  /** It is gone. */
  record NodeDeleted(NodeId nodeId, ClusterId clusterId, PoolId pool) implements NodeEvent {}

  /** Something that happens to it on behalf of an operation. */
  sealed interface OfOperation extends NodeEvent {
    OperationId operation();

    @Override
    default OperationId operationId() {
      return operation();
    }
  }

  /**
   * Its machine is to boot again.
   *
   * @param bootId of the boot before: with another one, it has booted
   */
  record NodeRebootStarted(
      NodeId nodeId, ClusterId clusterId, PoolId pool, OperationId operation, String bootId)
      implements OfOperation {}

  /** It has booted, and is ready. */
  record NodeRebootFinished(
      NodeId nodeId, ClusterId clusterId, PoolId pool, OperationId operation, String bootId)
      implements OfOperation {}

  /** It has not come back. */
  record NodeRebootFailed(
      NodeId nodeId, ClusterId clusterId, PoolId pool, OperationId operation, String reason)
      implements OfOperation {}

  /** It is to go, on behalf of the operation: nothing new comes to it. */
  record NodeCordoned(NodeId nodeId, ClusterId clusterId, PoolId pool, OperationId operation)
      implements OfOperation {}

  /** Another service has said something of one of its conditions, and nothing newer is known. */
  record NodeConditionReported(
      NodeId nodeId,
      ClusterId clusterId,
      PoolId pool,
      String condition,
      ConditionStatus status,
      @Nullable Instant since,
      String message,
      Report report)
      implements NodeEvent {}

  /**
   * Another service has said something after it had said something newer: kept, and no more than
   * that. Not the same event with a mark on it, which a reader could overlook.
   */
  record NodeConditionReportedLate(
      NodeId nodeId,
      ClusterId clusterId,
      PoolId pool,
      String condition,
      ConditionStatus status,
      @Nullable Instant since,
      String message,
      Report report)
      implements NodeEvent {}
}
