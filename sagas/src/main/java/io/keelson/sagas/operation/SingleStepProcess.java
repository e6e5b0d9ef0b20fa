package io.keelson.sagas.operation;

import io.keelson.commands.Command;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.Outcome;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.operation.TargetEvent.TargetFailed;
import java.util.List;

/** A process that makes one request and waits for what it was for. */
public interface SingleStepProcess<P extends Plan> extends LongProcess<P, SingleStep> {

  Target target(P plan);

  /** The only request, and what precedes it. */
  List<OperationEvent> request(ProcessRun<P> run);

  /** Tells the subject that its target has converged. */
  Command finish(TargetConverged event);

  /** Tells the subject that its target has failed. */
  Command fail(TargetFailed event);

  @Override
  default Class<SingleStep> state() {
    return SingleStep.class;
  }

  @Override
  default SingleStep begin(P plan) {
    return new SingleStep(false);
  }

  @Override
  default List<Target> steps(P plan) {
    return List.of(target(plan));
  }

  @Override
  default SingleStep evolve(SingleStep state, OperationEvent event) {
    return Waits.ended(event).isPresent() ? new SingleStep(true) : state;
  }

  @Override
  default List<OperationEvent> requests(SingleStep state, ProcessRun<P> run) {
    return state.ended() ? List.of() : request(run);
  }

  @Override
  default List<Command> conclude(Outcome outcome) {
    return switch (outcome) {
      case TargetConverged e -> List.of(finish(e));
      case TargetFailed e -> List.of(fail(e));
      default -> List.of();
    };
  }
}
