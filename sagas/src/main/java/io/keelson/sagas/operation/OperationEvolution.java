package io.keelson.sagas.operation;

import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.DecisionMade;
import io.keelson.commands.operation.OperationEvent.End;
import io.keelson.commands.operation.OperationEvent.NodesChosen;
import io.keelson.commands.operation.OperationEvent.NodesPlanned;
import io.keelson.commands.operation.OperationEvent.OperationStarted;
import io.keelson.commands.operation.OperationEvent.PoolRequested;
import io.keelson.commands.operation.OperationEvent.RunAwaited;
import io.keelson.commands.operation.OperationEvent.StepFinished;
import io.keelson.commands.operation.OperationEvent.StepStarted;
import io.keelson.commands.operation.OperationEvent.TargetBlocked;
import io.keelson.commands.operation.OperationEvent.TargetConverged;
import io.keelson.commands.operation.OperationEvent.TargetFailed;
import io.keelson.commands.operation.OperationEvent.TargetProgressed;
import io.keelson.commands.operation.OperationEvent.TargetWithdrawn;
import io.keelson.commands.operation.OperationEvent.TimerSet;
import io.keelson.commands.operation.OperationEvent.Verdict;
import io.keelson.commands.operation.OperationEvent.Wish;
import io.keelson.commands.operation.OperationEvent.WishAnswered;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.Answer;
import io.keelson.sagas.operation.OperationState.Ended;
import io.keelson.sagas.operation.OperationState.Phase;
import io.keelson.sagas.operation.OperationState.Rolling;
import io.keelson.sagas.operation.OperationState.Running;
import io.keelson.sagas.operation.OperationState.Wanted;
import io.keelson.sagas.operation.OperationState.Watch;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** How events become state: total and silent, for whatever a stream holds. */
public final class OperationEvolution {

  private OperationEvolution() {}

  static Running begin(Plan plan) {
    return new Running(plan, 0, Map.of(), 0, new Watch(0, 0, 0), RollProcess.begin(plan));
  }

  public static OperationState evolve(OperationState state, OperationEvent event) {
    return switch (event) {
      case OperationStarted e -> begin(e.plan());
      case End _ -> new Ended();
      case OperationEvent e when state instanceof Running run -> evolve(run, e);
      case OperationEvent _ -> state;
    };
  }

  private static Running evolve(Running run, OperationEvent event) {
    return switch (event) {
      case OperationStarted _ -> run;
      case End _ -> run;
      case StepStarted _ -> run;
      case StepFinished _ -> run.inStep(run.step() + 1);
      case RunAwaited e ->
          run.withTarget(e.target(), new Wanted(Phase.AWAITED, 1, false, "", List.of()));
      case PoolRequested e ->
          rolling(asked(run, e), r -> r.asked(e.document(), RollProcess.size(run)));
      case Wish e -> asked(run, e);
      case NodesPlanned e -> rolling(run, r -> r.planning(e.nodes()));
      case NodesChosen e -> rolling(run, r -> r.choosing(e.nodes()));
      case WishAnswered e -> answered(run, e);
      case TargetProgressed e -> change(run, e.target(), w -> w.seen(e.summary())).moved();
      case TargetBlocked e -> change(run, e.target(), w -> w.blockedBy(e.reasons()));
      case TargetConverged e -> change(run, e.target(), w -> w.in(Phase.CONVERGED)).moved();
      case TargetFailed e -> change(run, e.target(), w -> w.in(Phase.FAILED, e.reason()));
      case TargetWithdrawn e -> change(run, e.target(), w -> w.in(Phase.WITHDRAWN, e.reason()));
      case TimerSet e when e.timer().equals(Draft.PROGRESS_TIMER) ->
          run.watching(new Watch(e.number(), run.moves(), run.watch().holds()));
      case TimerSet _ -> run;
      case DecisionMade e when e.verdict() == Verdict.HELD ->
          run.watching(
              new Watch(run.watch().number(), run.watch().movesAtStart(), run.watch().holds() + 1));
      case DecisionMade _ -> run;
    };
  }

  private static Running asked(Running run, Wish wish) {
    Wanted before = run.targets().get(wish.target());
    return run.withTarget(
        wish.target(),
        before == null
            ? new Wanted(Phase.ASKED, wish.attempt(), false, "", List.of())
            : new Wanted(Phase.ASKED, wish.attempt(), false, before.summary(), before.blocked()));
  }

  private static Running answered(Running run, WishAnswered e) {
    return switch (e.answer()) {
      case Answer.Accepted _ -> change(run, e.target(), w -> w.in(Phase.ACCEPTED)).moved();
      case Answer.Refused _ -> run;
      case Answer.Unavailable _ ->
          change(
              run,
              e.target(),
              w -> new Wanted(w.phase(), w.attempt(), true, w.summary(), w.blocked()));
    };
  }

  /** A run that rolls nothing wishes for documents of pools all the same. */
  private static Running rolling(Running run, UnaryOperator<Rolling> change) {
    Rolling rolling = run.rolling();
    return rolling == null ? run : run.rolled(change.apply(rolling));
  }

  private static Running change(Running run, Target target, UnaryOperator<Wanted> change) {
    Wanted wanted = run.targets().get(target);
    return wanted == null ? run : run.withTarget(target, change.apply(wanted));
  }
}
