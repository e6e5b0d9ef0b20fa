package io.keelson.aggregates.access;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.keelson.commands.access.AccessCommand;
import io.keelson.commands.access.AccessEvent;
import java.util.List;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.jspecify.annotations.Nullable;

/** Hosts the {@link AccessDecider}; it decides nothing itself. */
@AggregateRoot(type = "access")
public final class AccessAggregate {

  @SuppressWarnings("UnusedVariable") // Axon reads it
  @AggregateIdentifier
  private @Nullable String id;

  private AccessState state = new AccessState.Absent();

  /** Lets the decider decide, keeps what it says, and answers with that. */
  public List<? extends AccessEvent> handle(AccessCommand command) {
    List<? extends AccessEvent> events = AccessDecider.decide(command, state);
    events.forEach(event -> apply(event));
    return events;
  }

  @EventSourcingHandler
  void on(AccessEvent event) {
    id = event.stream().toString();
    state = AccessDecider.evolve(state, event);
  }
}
