package io.keelson.adapters.rest.operation;

import io.keelson.commands.NodeId;
import io.keelson.commands.operation.ProgressReports;
import io.keelson.commands.operation.RequestProgress;
import io.keelson.commands.operation.Target;
import io.keelson.projections.log.History.Span;
import io.keelson.projections.status.NodeStatus;
import io.keelson.projections.status.OperationStatus;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What responses about operations show in addition to the rows of operations.
 *
 * @param spans log positions by the id of the operation
 * @param nodes the rows of the nodes that operations replace
 * @param reports the levels of the open requests of running operations
 */
record OperationContext(
    Map<UUID, Span> spans, Map<NodeId, NodeStatus> nodes, ProgressReports reports, Instant now) {
  OperationContext {
    spans = Map.copyOf(spans);
    nodes = Map.copyOf(nodes);
  }

  @Nullable Span span(OperationStatus operation) {
    return spans.get(operation.id().value());
  }

  @Nullable NodeStatus node(NodeId id) {
    return nodes.get(id);
  }

  /** Of each open request; an operation that has ended has none. */
  Map<Target, RequestProgress> levels(OperationStatus operation) {
    return operation.state() == OperationStatus.State.RUNNING
        ? reports.of(operation.id())
        : Map.of();
  }
}
