package io.keelson.adapters.rest.node;

import io.keelson.adapters.rest.response.ApiFormat;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.PoolId;
import io.keelson.commands.node.NodeAttributes;
import io.keelson.projections.status.NodeStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** A node as clients see it; the components are in the order of the wire. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record NodeResponse(
    String region,
    NodeId id,
    PoolId poolId,
    ClusterId clusterId,
    String providerId,
    String name,
    String publicIpV4,
    @Nullable String publicIpV6,
    Map<String, String> conditions,
    String status,
    @Nullable String errorMessage,
    String createdAt,
    String updatedAt) {

  /** The conditions of a node that has not reported any yet. */
  private static final Map<String, String> CREATING =
      new TreeMap<>(Map.of("Creating", "True", "Ready", "False"));

  /** One page of nodes. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Nodes(int totalCount, List<NodeResponse> nodes) {}

  static NodeResponse of(NodeStatus node, String region) {
    return of(node, region, node.phase());
  }

  /** The node with a phase that a command has just caused and that its row may not show yet. */
  static NodeResponse of(NodeStatus node, String region, NodePhase phase) {
    NodeAttributes attributes = node.attributes();
    return new NodeResponse(
        region,
        node.id(),
        node.pool(),
        node.cluster(),
        attributes.providerId(),
        attributes.name(),
        "",
        null,
        node.conditions().isEmpty() && node.phase() == NodePhase.CREATING
            ? CREATING
            : node.conditions(),
        NodeStatus.spelt(phase),
        node.message().isEmpty() ? null : node.message(),
        ApiFormat.instant(node.createdAt()),
        ApiFormat.instant(node.updatedAt()));
  }
}
