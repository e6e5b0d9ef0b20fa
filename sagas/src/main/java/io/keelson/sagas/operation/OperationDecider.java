package io.keelson.sagas.operation;

import static io.keelson.commands.CommandRejected.Reason.NOT_FOUND;

import io.keelson.commands.CommandRejected;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand;
import io.keelson.commands.operation.OperationCommand.AdvanceOperation;
import io.keelson.commands.operation.OperationCommand.StartOperation;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.OperationStarted;
import io.keelson.sagas.operation.OperationState.Absent;
import io.keelson.sagas.operation.OperationState.Ended;
import io.keelson.sagas.operation.OperationState.Running;
import java.util.List;

/** What may happen to a run. After its end nothing does. */
public final class OperationDecider {

  private final OperationRules rules;

  public OperationDecider(OperationRules rules) {
    this.rules = rules;
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
            case Running running -> advance(c.input(), new Draft(c.operation(), running, rules));
            case Ended _ -> List.of(); // too late
          };
    };
  }

  private List<OperationEvent> start(StartOperation c) {
    OperationStarted started = new OperationStarted(c.operation(), c.plan().cluster(), c.plan());
    Draft draft = new Draft(c.operation(), OperationEvolution.begin(c.plan()), rules);
    draft.add(started);
    draft.beginStep(0);
    return draft.events();
  }

  private static List<OperationEvent> advance(Input input, Draft draft) {
    switch (input) {
      case Input.Answered i -> draft.answered(i);
      case Input.Seen i -> draft.seen(i);
      case Input.TimerFired i -> draft.timerFired(i);
      case Input.CommandRefused i ->
          draft.fail(i.command() + " was refused: " + i.reason() + ", " + i.detail());
      case Input.RunEnded i -> draft.runEnded(i);
      case Input.Withdrawn i -> draft.withdrawn(i);
      case Input.CancelAsked i -> draft.cancel(i.reason());
    }
    return draft.events();
  }
}
