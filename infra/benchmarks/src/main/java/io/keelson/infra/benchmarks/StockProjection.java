package io.keelson.infra.benchmarks;

import io.keelson.commands.NodeId;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.node.NodeEvent.NodeCreated;
import io.keelson.commands.node.NodeEvent.NodePhaseChanged;
import io.keelson.projections.Rows;
import io.keelson.projections.status.NodeStatus;
import java.util.List;
import java.util.Objects;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;

/** A usual projection: for each event it loads the row, changes it and saves it. */
final class StockProjection {

  private final Rows<NodeId, NodeStatus> rows;

  StockProjection(Rows<NodeId, NodeStatus> rows) {
    this.rows = rows;
  }

  @EventHandler
  void on(NodeCreated event, DomainEventMessage<?> message) {
    save(
        NodeStatus.created(
            event.nodeId(),
            message.getSequenceNumber(),
            event.clusterId(),
            event.pool(),
            event.attributes(),
            message.getTimestamp()));
  }

  @EventHandler
  void on(NodePhaseChanged event, DomainEventMessage<?> message) {
    NodeStatus before = load(event);
    save(
        NodeStatus.created(
            before.id(),
            message.getSequenceNumber(),
            before.cluster(),
            before.pool(),
            before.attributes().with(event.before(), event.after()),
            message.getTimestamp()));
  }

  private NodeStatus load(NodeEvent event) {
    return Objects.requireNonNull(rows.load(List.of(event.nodeId())).get(event.nodeId()));
  }

  private void save(NodeStatus row) {
    rows.save(List.of(row));
  }
}
