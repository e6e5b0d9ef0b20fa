package io.keelson.sagas.operation;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.keelson.commands.operation.OperationCommand;
import io.keelson.commands.operation.OperationEvent;
import java.util.List;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.jspecify.annotations.Nullable;

/** Hosts the {@link OperationDecider}, and with it every process; it decides nothing itself. */
@AggregateRoot(type = "operation")
public final class OperationAggregate {

  @SuppressWarnings("UnusedVariable") // Axon reads it
  @AggregateIdentifier
  private @Nullable String id;

  private OperationState state = new OperationState.Absent();

  /** Lets the decider decide, keeps what it says, and answers with that. */
  public List<OperationEvent> handle(OperationCommand command, OperationDecider decider) {
    List<OperationEvent> events = decider.decide(command, state);
    events.forEach(event -> apply(event));
    return events;
  }

  @EventSourcingHandler
  void on(OperationEvent event) {
    id = event.stream().toString();
    state = OperationEvolution.evolve(state, event);
  }
}
