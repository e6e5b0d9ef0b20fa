package io.keelson.commands.operation;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Decided;
import io.keelson.commands.Decision;
import io.keelson.commands.OperationId;
import java.util.List;

/** What came of a request: a step is blocked, or ends. */
public sealed interface TargetEvent extends OperationEvent {

  Target target();

  /**
   * What blocks a target has changed.
   *
   * @param blockers empty: nothing blocks it any more
   */
  record TargetBlocked(
      OperationId operation, ClusterId clusterId, Target target, List<Blocker> blockers)
      implements TargetEvent {

    public TargetBlocked {
      blockers = List.copyOf(blockers);
    }
  }

  /**
   * The target has its desired state.
   *
   * @param result the state in one line, for people: {@code 3 of 3 nodes ready}
   */
  record TargetConverged(
      OperationId operation, ClusterId clusterId, String process, Target target, String result)
      implements TargetEvent, Outcome {}

  /** The target will not get its desired state. */
  record TargetFailed(
      OperationId operation, ClusterId clusterId, String process, Target target, String reason)
      implements TargetEvent, Outcome {}

  /** The target is no longer desired: a newer request has superseded it. */
  record TargetWithdrawn(
      OperationId operation, ClusterId clusterId, Target target, String reason, Decision decision)
      implements TargetEvent, Decided {}
}
