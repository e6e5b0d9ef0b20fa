package io.keelson.infra.benchmarks;

import io.keelson.commands.NodeId;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.node.NodeEvent.NodeCreated;
import io.keelson.commands.node.NodeEvent.NodePhaseChanged;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.projections.Rows;
import io.keelson.projections.status.NodeStatus;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;

/** A usual projection: one upsert for each event. */
final class StockProjection {

  private final Rows<NodeId, NodeStatus> rows;

  StockProjection(Rows<NodeId, NodeStatus> rows) {
    this.rows = rows;
  }

  @EventHandler
  void on(NodeCreated event, DomainEventMessage<?> message) {
    save(event, event.observed(), message);
  }

  @EventHandler
  void on(NodePhaseChanged event, DomainEventMessage<?> message) {
    save(event, event.after(), message);
  }

  private void save(NodeEvent event, ObservedNode now, DomainEventMessage<?> message) {
    rows.save(
        List.of(
            new NodeStatus(
                event.nodeId(),
                message.getSequenceNumber(),
                event.clusterId(),
                now,
                false,
                message.getTimestamp(),
                message.getTimestamp())));
  }
}
