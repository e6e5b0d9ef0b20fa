package io.keelson.commands.operation;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Decided;
import io.keelson.commands.Decision;
import io.keelson.commands.Lineage;
import io.keelson.commands.OperationId;
import java.time.Duration;
import java.util.List;

/** The life of a run, and its decisions. */
public sealed interface RunEvent extends OperationEvent {

  /** The end of a run; nothing follows it. */
  sealed interface End extends RunEvent {}

  /**
   * A run has started.
   *
   * @param steps what it will do, in order; each target is one step
   * @param deadline without progress for that long, the run is judged
   */
  record OperationStarted(
      OperationId operation,
      ClusterId clusterId,
      Plan plan,
      Lineage lineage,
      List<Target> steps,
      Duration deadline)
      implements RunEvent {

    public OperationStarted {
      steps = List.copyOf(steps);
    }
  }

  /** A rule was applied. */
  record DecisionMade(OperationId operation, ClusterId clusterId, Decision decision)
      implements RunEvent, Decided {}

  /**
   * The run made no progress, and is given more time.
   *
   * @param timer the new setting of the progress deadline
   * @param after when it fires
   */
  record DeadlineExtended(
      OperationId operation,
      ClusterId clusterId,
      Timer.ProgressDeadline timer,
      Duration after,
      Decision decision)
      implements RunEvent, Decided {}

  record OperationFinished(OperationId operation, ClusterId clusterId, String process)
      implements End, Outcome {}

  record OperationFailed(OperationId operation, ClusterId clusterId, String process, String reason)
      implements End, Outcome {}

  record OperationCancelled(OperationId operation, ClusterId clusterId, String reason)
      implements End {}
}
