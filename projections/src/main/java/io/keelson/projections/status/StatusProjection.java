package io.keelson.projections.status;

import io.keelson.commands.ClusterId;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.projections.Delivery;
import io.keelson.projections.EventBatches;
import java.util.List;
import java.util.Map;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/**
 * Keeps the rows of clusters, pools, nodes and operations. All events of one cluster, whatever
 * their stream, must come in one segment. It never sends a command and can always be rebuilt.
 */
@ProcessingGroup("status")
public final class StatusProjection {

  private final StatusTables tables;
  private final EventBatches<DomainEvent> batches = new EventBatches<>("status", this::write);

  public StatusProjection(StatusTables tables) {
    this.tables = tables;
  }

  @EventHandler
  public void on(ClusterEvent event, DomainEventMessage<?> message) {
    batches.add(event, message);
  }

  @EventHandler
  public void on(NodeEvent event, DomainEventMessage<?> message) {
    batches.add(event, message);
  }

  @EventHandler
  public void on(OperationEvent event, DomainEventMessage<?> message) {
    batches.add(event, message);
  }

  @ResetHandler
  public void reset() {
    tables.truncate();
  }

  private void write(List<Delivery<DomainEvent>> batch) {
    List<Delivery<ClusterEvent>> ofClusters = Delivery.only(ClusterEvent.class, batch);
    Map<ClusterId, ClusterStatus> clusters =
        tables.clusters.rows.fold(
            ofClusters, ClusterEvent::clusterId, ClusterFold::first, ClusterFold::after);
    tables.pools.fold(ofClusters, clusters);
    tables.nodes.rows.fold(
        Delivery.only(NodeEvent.class, batch), NodeEvent::nodeId, NodeFold::first, NodeFold::after);
    tables.operations.rows.fold(
        Delivery.only(OperationEvent.class, batch),
        OperationEvent::operation,
        OperationFold::first,
        OperationFold::after);
  }
}
