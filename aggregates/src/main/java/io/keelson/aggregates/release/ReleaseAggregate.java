package io.keelson.aggregates.release;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.keelson.commands.release.ReleaseCommand;
import io.keelson.commands.release.ReleaseEvent;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.jspecify.annotations.Nullable;

/** Hosts the {@link ReleaseDecider}; it decides nothing itself. */
@AggregateRoot(type = "release")
public final class ReleaseAggregate {

  @SuppressWarnings("UnusedVariable") // Axon reads it
  @AggregateIdentifier
  private @Nullable String id;

  private ReleaseState state = new ReleaseState.Absent();

  /** Lets the decider decide, and keeps what it says. */
  public void handle(ReleaseCommand command) {
    ReleaseDecider.decide(command, state).forEach(event -> apply(event));
  }

  @EventSourcingHandler
  void on(ReleaseEvent event) {
    id = event.stream().toString();
    state = ReleaseDecider.evolve(state, event);
  }
}
