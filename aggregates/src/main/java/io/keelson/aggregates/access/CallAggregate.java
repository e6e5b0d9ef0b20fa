package io.keelson.aggregates.access;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.keelson.commands.access.CallCommand;
import io.keelson.commands.access.CallEvent;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.jspecify.annotations.Nullable;

/** Hosts the {@link CallDecider}; it decides nothing itself. */
@AggregateRoot(type = "call")
public final class CallAggregate {

  @SuppressWarnings("UnusedVariable") // Axon reads it
  @AggregateIdentifier
  private @Nullable String id;

  private CallState state = new CallState.Absent();

  /** Lets the decider decide, and keeps what it says. */
  public void handle(CallCommand command) {
    CallDecider.decide(command, state).forEach(event -> apply(event));
  }

  @EventSourcingHandler
  void on(CallEvent event) {
    id = event.stream().toString();
    state = CallDecider.evolve(state, event);
  }
}
