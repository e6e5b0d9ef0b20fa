package io.keelson.infra.benchmarks;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.keelson.aggregates.node.NodeDecider;
import io.keelson.aggregates.node.NodeEvolution;
import io.keelson.aggregates.node.NodeState;
import io.keelson.commands.node.NodeCommand;
import io.keelson.commands.node.NodeEvent;
import java.util.List;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.jspecify.annotations.Nullable;

/** The same decider in an aggregate of Axon. */
@AggregateRoot
final class StockNode {

  @SuppressWarnings("UnusedVariable") // Axon reads it
  @AggregateIdentifier
  private @Nullable String id;

  private NodeState state = new NodeState.Absent();

  List<NodeEvent> handle(NodeCommand command) {
    List<NodeEvent> events = NodeDecider.decide(command, state);
    events.forEach(event -> apply(event));
    return events;
  }

  @EventSourcingHandler
  void on(NodeEvent event) {
    id = event.stream().toString();
    state = NodeEvolution.evolve(state, event);
  }
}
