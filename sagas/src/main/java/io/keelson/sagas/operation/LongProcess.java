package io.keelson.sagas.operation;

import io.keelson.commands.Command;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.OperationId;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.Outcome;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Target;
import java.util.List;
import java.util.Optional;

/**
 * A long process, registered once for its plan. It is a pure state machine: it decides on the state
 * that its events lead to, and never reads a clock. Its host keeps stream, open requests, timers,
 * deadlines, withdrawal and outcome.
 *
 * @param <P> its plan
 * @param <S> its state
 */
public interface LongProcess<P extends Plan, S extends ProcessState> extends Reaction {

  Class<P> plan();

  /** A record, or a sealed interface of records; each record has a logical name. */
  Class<S> state();

  /** The plan of the run that an event of a subject starts; empty: it starts none. */
  Optional<P> start(DomainEvent event);

  /** The run whose part a run is that starts with this event; empty: it stands alone. */
  default Optional<OperationId> parent(DomainEvent event) {
    return Optional.empty();
  }

  /** What else follows from an event, of a subject or of a run. */
  @Override
  default List<Command> effects(DomainEvent event) {
    return List.of();
  }

  S begin(P plan);

  /** All that a run of this plan does, in order. */
  List<Target> steps(P plan);

  /** Total and silent: replay calls nothing else. */
  S evolve(S state, OperationEvent event);

  /**
   * What the run requests while no request is open: at its start, and each time that all requests
   * have ended, none of them failed. Empty: the run is done.
   */
  List<OperationEvent> requests(S state, ProcessRun<P> run);

  /**
   * What follows from a result that is no {@code Unavailable}, or from an observation, for an open
   * request. A refusal without a reaction fails its target.
   */
  List<OperationEvent> react(S state, Input input, ProcessRun<P> run);

  /** What an outcome of a run means for its subject, derived from the event alone. */
  List<Command> conclude(Outcome outcome);
}
