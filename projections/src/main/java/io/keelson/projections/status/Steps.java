package io.keelson.projections.status;

import io.keelson.commands.OperationId;
import io.keelson.commands.operation.Target;
import io.keelson.projections.status.OperationStep.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes of a run's list of steps. They never change the list that they are given. */
final class Steps {

  private Steps() {}

  static List<OperationStep> planned(List<Target> targets) {
    return targets.stream().map(Steps::planned).toList();
  }

  private static OperationStep planned(Target target) {
    return new OperationStep(target.name(), State.PLANNED, null, null, null, null);
  }

  /**
   * The step of a target runs. A target that no step is about becomes the last step.
   *
   * @param run the other run that does it; null: this run does it itself
   */
  static List<OperationStep> started(
      List<OperationStep> steps, Target target, @Nullable OperationId run, Instant at) {
    if (find(steps, target).isEmpty()) {
      List<OperationStep> more = new ArrayList<>(steps);
      more.add(planned(target).running(at, run));
      return more;
    }
    return changed(steps, target, step -> step.running(at, run));
  }

  /** The step of a target has ended, whether or not it had started; the first end stays. */
  static List<OperationStep> ended(
      List<OperationStep> steps, Target target, State end, String how, Instant at) {
    return changed(steps, target, step -> step.ended() ? step : step.ended(end, how, at));
  }

  /** The end of the run is the end of the steps that still run; the others never start. */
  static List<OperationStep> closed(
      List<OperationStep> steps, State end, @Nullable String why, Instant at) {
    return steps.stream()
        .map(step -> step.state() == State.RUNNING ? step.ended(end, why, at) : step)
        .toList();
  }

  static Optional<OperationStep> find(List<OperationStep> steps, Target target) {
    return steps.stream().filter(step -> step.target().equals(target.name())).findFirst();
  }

  private static List<OperationStep> changed(
      List<OperationStep> steps, Target target, UnaryOperator<OperationStep> change) {
    return steps.stream()
        .map(step -> step.target().equals(target.name()) ? change.apply(step) : step)
        .toList();
  }
}
