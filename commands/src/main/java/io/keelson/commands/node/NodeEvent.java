package io.keelson.commands.node;

import io.keelson.commands.ClusterId;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
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

  /** It was observed for the first time. */
  record NodeCreated(NodeId nodeId, ClusterId clusterId, PoolId pool, NodeAttributes attributes)
      implements NodeEvent {}

  /** Attributes of it have changed, its phase excluded. */
  record NodeChanged(
      NodeId nodeId,
      ClusterId clusterId,
      PoolId pool,
      NodeAttributes.Change before,
      NodeAttributes.Change after)
      implements NodeEvent {}

  /** Its phase has changed, and other attributes with it. */
  record NodePhaseChanged(
      NodeId nodeId,
      ClusterId clusterId,
      PoolId pool,
      NodeAttributes.Change before,
      NodeAttributes.Change after)
      implements NodeEvent {}

  /** The provider no longer has it. */
  record NodeDeleted(NodeId nodeId, ClusterId clusterId, PoolId pool) implements NodeEvent {}

  /** An event of a run. */
  sealed interface OfOperation extends NodeEvent {
    OperationId operation();

    @Override
    default OperationId operationId() {
      return operation();
    }
  }

  /**
   * Its machine is being booted again.
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

  /** No new pods are scheduled on it: the run will remove it. */
  record NodeCordoned(NodeId nodeId, ClusterId clusterId, PoolId pool, OperationId operation)
      implements OfOperation {}

  /** Another service has reported one of its conditions, and nothing newer is known. */
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
   * Another service has reported a condition after it had reported something newer. The report is
   * kept and has no effect. It is an event of its own, because a reader could overlook a mark.
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
