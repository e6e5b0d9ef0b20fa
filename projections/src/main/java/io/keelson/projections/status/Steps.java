package io.keelson.projections.status;

import io.keelson.commands.OperationId;
import io.keelson.commands.operation.Target;
import io.keelson.projections.status.OperationStatus.State;
import io.keelson.projections.status.OperationStatus.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What becomes of a run's list of steps. The list that is given is never changed. */
final class Steps {

  private Steps() {}

  /** A step that is begun again runs again, and keeps the count of its attempts. */
  static List<Step> begun(List<Step> steps, String name, Instant at) {
    if (steps.stream().anyMatch(s -> s.name().equals(name))) {
      return changed(steps, named(name), s -> with(s, State.RUNNING, null, s.detail()));
    }
    List<Step> more = new ArrayList<>(steps);
    more.add(new Step(name, State.RUNNING, 0, at, null, null, null));
    return more;
  }

  static List<Step> finished(List<Step> steps, String name, Instant at) {
    return changed(steps, running().and(named(name)), s -> with(s, State.FINISHED, at, s.detail()));
  }

  /** The end of the run is the end of what still runs in it. */
  static List<Step> ended(List<Step> steps, State end, Instant at) {
    return changed(steps, running(), s -> with(s, end, at, s.detail()));
  }

  /** A part that another run does is a step of its own, which bears the target's name. */
  static List<Step> awaited(List<Step> steps, Target target, OperationId run, Instant at) {
    return changed(
        begun(steps, target.name(), at),
        named(target.name()),
        s ->
            new Step(
                s.name(),
                s.state(),
                s.attempts() + 1,
                s.startedAt(),
                null,
                "waits for operation " + run,
                run));
  }

  /** The end of another run is the end of the step that waits for it; other steps say their own. */
  static List<Step> over(
      List<Step> steps, Target target, State end, @Nullable String why, Instant at) {
    return changed(
        steps,
        running().and(named(target.name())).and(s -> s.run() != null),
        s -> with(s, end, at, why == null ? s.detail() : why));
  }

  static List<Step> asked(List<Step> steps, Target target) {
    return changed(
        steps,
        concerned(steps, target),
        s ->
            new Step(
                s.name(),
                s.state(),
                s.attempts() + 1,
                s.startedAt(),
                s.finishedAt(),
                s.detail(),
                s.run()));
  }

  static List<Step> seen(List<Step> steps, Target target, String summary) {
    return changed(
        steps, concerned(steps, target), s -> with(s, s.state(), s.finishedAt(), summary));
  }

  /** The running step that bears the target's name, else the one that was begun last. */
  private static Predicate<Step> concerned(List<Step> steps, Target target) {
    List<Step> open = steps.stream().filter(running()).toList();
    return open.stream()
        .map(Step::name)
        .filter(target.name()::equals)
        .findFirst()
        .map(Steps::named)
        .orElseGet(() -> open.isEmpty() ? _ -> false : named(open.getLast().name()));
  }

  private static Predicate<Step> running() {
    return s -> s.state() == State.RUNNING;
  }

  private static Predicate<Step> named(String name) {
    return s -> s.name().equals(name);
  }

  private static List<Step> changed(
      List<Step> steps, Predicate<Step> which, UnaryOperator<Step> change) {
    return steps.stream().map(s -> which.test(s) ? change.apply(s) : s).toList();
  }

  private static Step with(
      Step s, State state, @Nullable Instant finishedAt, @Nullable String detail) {
    return new Step(s.name(), state, s.attempts(), s.startedAt(), finishedAt, detail, s.run());
  }
}
