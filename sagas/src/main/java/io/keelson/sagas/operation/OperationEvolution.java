package io.keelson.sagas.operation;

import io.keelson.commands.Decision;
import io.keelson.commands.Lineage;
import io.keelson.commands.Verdict;
import io.keelson.commands.operation.Blocker;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.RequestEvent;
import io.keelson.commands.operation.RequestEvent.PoolObservationAwaited;
import io.keelson.commands.operation.RequestEvent.ProviderRequest;
import io.keelson.commands.operation.RequestEvent.RunAwaited;
import io.keelson.commands.operation.RunEvent;
import io.keelson.commands.operation.RunEvent.DeadlineExtended;
import io.keelson.commands.operation.RunEvent.DecisionMade;
import io.keelson.commands.operation.RunEvent.OperationStarted;
import io.keelson.commands.operation.TargetEvent;
import io.keelson.commands.operation.Timer;
import io.keelson.sagas.operation.OperationState.DeadlineSetting;
import io.keelson.sagas.operation.OperationState.Ended;
import io.keelson.sagas.operation.OperationState.Phase;
import io.keelson.sagas.operation.OperationState.Running;
import io.keelson.sagas.operation.OperationState.TargetRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How events become state: total and silent, for whatever a stream holds. */
public final class OperationEvolution {

  /** The first setting of the progress deadline. */
  static final Timer.ProgressDeadline FIRST_DEADLINE = new Timer.ProgressDeadline(1);

  private final Processes processes;

  public OperationEvolution(Processes processes) {
    this.processes = processes;
  }

  public OperationState evolve(OperationState state, OperationEvent event) {
    return switch (event) {
      case OperationStarted e -> begin(e.plan(), e.lineage(), e.deadline());
      case OperationEvent e when state instanceof Running run -> evolve(run, e);
      case OperationEvent _ -> state;
    };
  }

  Running begin(Plan plan, Lineage lineage, Duration deadline) {
    return new Running(
        plan,
        lineage,
        Map.of(),
        new DeadlineSetting(FIRST_DEADLINE.setting(), deadline),
        Map.of(),
        processes.of(plan).begin(plan));
  }

  private OperationState evolve(Running run, OperationEvent event) {
    Running next =
        switch (event) {
          case RunEvent.End _ -> null;
          case RunEvent e -> life(run, e);
          case RequestEvent e -> run.with(e.target(), request(e, blockers(run, e)));
          case TargetEvent e -> target(run, e);
          case OperationEvent.ProcessEvent _ -> run.notHeld();
        };
    return next == null
        ? new Ended(run.lineage())
        : next.in(processes.of(run.plan()).evolve(run.process(), event));
  }

  private static Running life(Running run, RunEvent event) {
    return switch (event) {
      case DeadlineExtended e ->
          decided(run, e.decision()).at(new DeadlineSetting(e.timer().setting(), e.after()));
      case DecisionMade e -> decided(run, e.decision());
      case OperationStarted _ -> run;
      case RunEvent.End _ -> run;
    };
  }

  private static Running decided(Running run, Decision decision) {
    return decision.verdict() == Verdict.HELD ? run.held(decision.rule()) : run;
  }

  private static TargetRequest request(RequestEvent event, List<Blocker> blockers) {
    return switch (event) {
      case ProviderRequest e ->
          new TargetRequest(Phase.REQUESTED, e.idempotencyKey(), blockers, "");
      case PoolObservationAwaited _ ->
          new TargetRequest(Phase.OBSERVATION_AWAITED, "", blockers, "");
      case RunAwaited e -> new TargetRequest(Phase.RUN_AWAITED, e.run().toString(), blockers, "");
    };
  }

  /** A newer document does not unblock the nodes that an earlier one drains. */
  private static List<Blocker> blockers(Running run, RequestEvent event) {
    TargetRequest before = run.requests().get(event.target());
    return before == null ? List.of() : before.blockers();
  }

  private static Running target(Running run, TargetEvent event) {
    return switch (event) {
      case TargetEvent.TargetBlocked e -> run.change(e.target(), r -> r.blockedBy(e.blockers()));
      case TargetEvent.TargetConverged e ->
          run.change(e.target(), r -> r.ended(Phase.CONVERGED, ""));
      case TargetEvent.TargetFailed e ->
          run.change(e.target(), r -> r.ended(Phase.FAILED, e.reason()));
      case TargetEvent.TargetWithdrawn e ->
          run.change(e.target(), r -> r.ended(Phase.WITHDRAWN, e.reason()));
    };
  }
}
