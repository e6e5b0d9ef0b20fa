package io.keelson.sagas.operation;

import io.keelson.commands.operation.ComponentsTarget;
import io.keelson.commands.operation.ControlPlaneTarget;
import io.keelson.commands.operation.Convergence;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.ObservationSummary;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.operation.TargetEvent.TargetWithdrawn;
import io.keelson.commands.operation.TargetObservation;
import io.keelson.commands.provisioning.Result;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a request waits for, said once for all processes. */
public final class Waits {

  private Waits() {}

  public static List<OperationEvent> forControlPlane(
      ControlPlaneTarget desired, Input input, ProcessRun<?> run) {
    return until(
        input,
        run,
        observed ->
            observed instanceof TargetObservation.OfControlPlane(var controlPlane)
                && Convergence.converged(desired, controlPlane));
  }

  public static List<OperationEvent> forComponents(
      ComponentsTarget desired, Input input, ProcessRun<?> run) {
    return until(
        input,
        run,
        observed ->
            observed instanceof TargetObservation.OfComponents(var components)
                && Convergence.converged(desired, components));
  }

  /** A run may have several pools: an observation of another one is of no interest. */
  public static List<OperationEvent> forPool(PoolTarget desired, Input input, ProcessRun<?> run) {
    Target target = Target.pool(desired.pool());
    return input instanceof Input.Observed(var observed, _) && observed.equals(target)
        ? until(input, run, observation -> isConverged(desired, observation))
        : List.of();
  }

  private static boolean isConverged(PoolTarget desired, TargetObservation observation) {
    return observation instanceof TargetObservation.OfPool(var pool, _)
        && pool != null
        && Convergence.converged(desired, pool);
  }

  /**
   * For the end of what is removed. Observations arrive only after the provider has accepted the
   * removal, so absence proves it.
   */
  public static List<OperationEvent> forAbsence(Input input, ProcessRun<?> run) {
    return until(
        input,
        run,
        observed ->
            switch (observed) {
              case TargetObservation.OfPool(var pool, _) -> pool == null;
              case TargetObservation.OfAdditionalResources(int left) -> left == 0;
              case TargetObservation.OfCluster(boolean absent) -> absent;
              case TargetObservation.OfControlPlane _,
                  TargetObservation.OfComponents _,
                  TargetObservation.OfNode _ ->
                  false;
            });
  }

  /** For what is effective once the provider has accepted it. */
  public static List<OperationEvent> forAcceptance(Input input, ProcessRun<?> run) {
    return input instanceof Input.Responded(var target, _, var result)
            && result instanceof Result.Accepted
        ? List.of(run.converged(target, "accepted by the provider"))
        : List.of();
  }

  public static List<OperationEvent> until(
      Input input, ProcessRun<?> run, Predicate<TargetObservation> reached) {
    return input instanceof Input.Observed(var target, var observation) && reached.test(observation)
        ? List.of(run.converged(target, ObservationSummary.of(observation)))
        : List.of();
  }

  /** The target that needs no more work from this event on; empty: none, or it has failed. */
  public static Optional<Target> ended(OperationEvent event) {
    return switch (event) {
      case TargetConverged e -> Optional.of(e.target());
      case TargetWithdrawn e -> Optional.of(e.target());
      case OperationEvent _ -> Optional.empty();
    };
  }
}
