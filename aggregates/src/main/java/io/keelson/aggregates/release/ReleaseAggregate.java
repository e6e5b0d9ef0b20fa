package io.keelson.aggregates.release;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.keelson.commands.release.ReleaseCommand;
import io.keelson.commands.release.ReleaseEvent;
import java.util.List;
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

  /** Lets the decider decide, keeps what it says, and answers with that. */
  public List<? extends ReleaseEvent> handle(ReleaseCommand command) {
    List<? extends ReleaseEvent> events = ReleaseDecider.decide(command, state);
    events.forEach(event -> apply(event));
    return events;
  }

  @EventSourcingHandler
  void on(ReleaseEvent event) {
    id = event.stream().toString();
    state = ReleaseDecider.evolve(state, event);
  }
}
