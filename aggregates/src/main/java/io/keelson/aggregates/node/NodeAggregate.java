package io.keelson.aggregates.node;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.keelson.commands.node.NodeCommand;
import io.keelson.commands.node.NodeEvent;
import java.util.List;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.jspecify.annotations.Nullable;

/** Hosts the {@link NodeDecider}; it decides nothing itself. */
@AggregateRoot(type = "node")
public final class NodeAggregate {

  @SuppressWarnings("UnusedVariable") // Axon reads it
  @AggregateIdentifier
  private @Nullable String id;

  private NodeState state = new NodeState.Absent();

  /** Lets the decider decide, keeps what it says, and answers with that. */
  public List<? extends NodeEvent> handle(NodeCommand command) {
    List<? extends NodeEvent> events = NodeDecider.decide(command, state);
    events.forEach(event -> apply(event));
    return events;
  }

  @EventSourcingHandler
  void on(NodeEvent event) {
    id = event.stream().toString();
    state = NodeDecider.evolve(state, event);
  }
}
