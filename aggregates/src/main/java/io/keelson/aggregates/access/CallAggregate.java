package io.keelson.aggregates.access;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.keelson.commands.access.CallCommand;
import io.keelson.commands.access.CallEvent;
import java.util.List;
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

  /** Lets the decider decide, keeps what it says, and answers with that. */
  public List<? extends CallEvent> handle(CallCommand command) {
    List<? extends CallEvent> events = CallDecider.decide(command, state);
    events.forEach(event -> apply(event));
    return events;
  }

  @EventSourcingHandler
  void on(CallEvent event) {
    id = event.stream().toString();
    state = CallDecider.evolve(state, event);
  }
}
