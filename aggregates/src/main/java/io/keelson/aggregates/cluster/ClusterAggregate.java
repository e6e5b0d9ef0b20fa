package io.keelson.aggregates.cluster;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterEvent;
import java.util.List;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.jspecify.annotations.Nullable;

/** Hosts the {@link ClusterDecider}; it decides nothing itself. */
@AggregateRoot(type = "cluster")
public final class ClusterAggregate {

  @SuppressWarnings("UnusedVariable") // Axon reads it
  @AggregateIdentifier
  private @Nullable String id;

  private ClusterState state = new ClusterState.Absent();

  /** Lets the decider decide, keeps what it says, and answers with that. */
  public List<? extends ClusterEvent> handle(ClusterCommand command) {
    List<? extends ClusterEvent> events = ClusterDecider.decide(command, state);
    events.forEach(event -> apply(event));
    return events;
  }

  @EventSourcingHandler
  void on(ClusterEvent event) {
    id = event.stream().toString();
    state = ClusterEvolution.evolve(state, event);
  }
}
