package io.keelson.sagas.operation;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.keelson.commands.operation.OperationCommand;
import io.keelson.commands.operation.OperationEvent;
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

  /** Lets the decider decide, and keeps what it says. */
  public void handle(OperationCommand command, OperationDecider decider) {
    decider.decide(command, state).forEach(event -> apply(event));
  }

  @EventSourcingHandler
  void on(OperationEvent event) {
    id = event.stream().toString();
    state = OperationEvolution.evolve(state, event);
  }
}
