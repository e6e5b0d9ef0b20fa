package io.keelson.sagas.operation;

import static io.keelson.commands.CommandRejected.Reason.NOT_FOUND;

import io.keelson.commands.CommandRejected;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand;
import io.keelson.commands.operation.OperationCommand.AdvanceOperation;
import io.keelson.commands.operation.OperationCommand.StartOperation;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.RunEvent.OperationStarted;
import io.keelson.sagas.operation.OperationState.Absent;
import io.keelson.sagas.operation.OperationState.Ended;
import io.keelson.sagas.operation.OperationState.Running;
import java.util.List;

/** What may happen to a run. After its end nothing does. */
public final class OperationDecider {

  private final Processes processes;
  private final OperationRules rules;
  private final OperationEvolution evolution;

  public OperationDecider(Processes processes, OperationRules rules) {
    this.processes = processes;
    this.rules = rules;
    this.evolution = new OperationEvolution(processes);
  }

  public List<OperationEvent> decide(OperationCommand command, OperationState state) {
    return switch (command) {
      case StartOperation c ->
          switch (state) {
            case Absent _ -> start(c);
            case Running _, Ended _ -> List.of(); // delivered twice
          };
      case AdvanceOperation c ->
          switch (state) {
            case Absent _ ->
                throw new CommandRejected(
                    NOT_FOUND, "operation " + c.operation() + " does not exist");
            case Running run -> advance(c, run);
            case Ended _ -> List.of(); // too late
          };
    };
  }

  private List<OperationEvent> start(StartOperation c) {
    OperationStarted started =
        new OperationStarted(
            c.operation(),
            c.plan().cluster(),
            c.plan(),
            c.lineage(),
            processes.of(c.plan()).steps(c.plan()),
            rules.progressDeadline());
    RunDraft draft =
        draft(
            new ProcessRun<>(c.operation(), c.plan()),
            evolution.begin(c.plan(), c.lineage(), rules.progressDeadline()));
    draft.add(started);
    draft.conclude();
    return draft.events();
  }

  private List<OperationEvent> advance(AdvanceOperation c, Running state) {
    RunDraft draft = draft(new ProcessRun<>(c.operation(), state.plan()), state);
    switch (c.input()) {
      case Input.Responded i -> draft.responded(i);
      case Input.Observed i -> draft.observed(i);
      case Input.TimerFired i -> new DeadlineJudgement(draft, rules, i).judge();
      case Input.CommandRefused i ->
          draft.fail(
              "the command %s was rejected (%s): %s"
                  .formatted(i.command(), i.reason(), i.detail()));
      case Input.RunEnded i -> draft.runEnded(i);
      case Input.Withdrawn i -> draft.withdrawn(i);
      case Input.CancelRequested i -> draft.cancel(i.reason());
    }
    return draft.events();
  }

  private RunDraft draft(ProcessRun<Plan> run, Running state) {
    return new RunDraft(run, state, processes.of(run.plan()), evolution);
  }
}
