package io.keelson.adapters.rest.autoscaler;

import io.keelson.adapters.rest.response.ApiFormat;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.PoolId;
import io.keelson.projections.status.NodeStatus;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** A node as the autoscaler reads it. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AutoscalerNodeResponse(
    NodeId id,
    PoolId poolId,
    ClusterId clusterId,
    String providerId,
    String name,
    String status,
    String createdAt,
    String updatedAt) {

  /** One page of nodes. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Nodes(List<AutoscalerNodeResponse> nodes, int totalCount) {}

  static AutoscalerNodeResponse of(NodeStatus node) {
    return of(node, node.phase());
  }

  /** The node with a phase that a command has just caused and that its row may not show yet. */
  static AutoscalerNodeResponse of(NodeStatus node, NodePhase phase) {
    return new AutoscalerNodeResponse(
        node.id(),
        node.pool(),
        node.cluster(),
        node.attributes().providerId(),
        node.attributes().name(),
        NodeStatus.spelt(phase),
        ApiFormat.instant(node.createdAt()),
        ApiFormat.instant(node.updatedAt()));
  }
}
