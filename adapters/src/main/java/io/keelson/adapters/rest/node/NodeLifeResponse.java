package io.keelson.adapters.rest.node;

import io.keelson.adapters.rest.response.ApiFormat;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.projections.status.NodeLife;
import io.keelson.projections.status.NodeStatus;
import io.keelson.projections.status.OperationStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A node and what was done to it, as a member of its organization sees it.
 *
 * @param version of its kubelet
 * @param phase of the node; {@code deleted} after its deletion
 * @param providerId empty: it has no machine yet
 * @param message what is wrong; null: nothing
 * @param predecessor the node that it replaced; null: it replaced none
 * @param successor the node that replaced it; null: none did
 * @param operations that were about it, newest first
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record NodeLifeResponse(
    NodeId id,
    ClusterId clusterId,
    PoolId poolId,
    String name,
    String version,
    String phase,
    String providerId,
    Map<String, String> conditions,
    @Nullable String message,
    @Nullable NodeId predecessor,
    @Nullable NodeId successor,
    List<Run> operations,
    String createdAt,
    String updatedAt,
    @Nullable String deletedAt) {
  private static final String DELETED = "deleted";

  /**
   * An operation in short.
   *
   * @param endedAt null: it still runs
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Run(
      OperationId id,
      String kind,
      String state,
      String requestedBy,
      String startedAt,
      @Nullable String endedAt) {
    static Run of(OperationStatus operation) {
      return new Run(
          operation.id(),
          operation.kind().toString(),
          ApiFormat.lowerCase(operation.state()),
          operation.requestedBy(),
          ApiFormat.instant(operation.startedAt()),
          operation.endedAt() == null ? null : ApiFormat.instant(operation.endedAt()));
    }
  }

  static NodeLifeResponse of(NodeLife life) {
    NodeStatus node = life.node();
    return new NodeLifeResponse(
        node.id(),
        node.cluster(),
        node.pool(),
        node.attributes().name(),
        node.attributes().version().toString(),
        node.deleted() ? DELETED : NodeStatus.spelt(node.phase()),
        node.attributes().providerId(),
        node.conditions(),
        node.message().isEmpty() ? null : node.message(),
        life.predecessor(),
        life.successor(),
        life.operations().stream().map(Run::of).toList(),
        ApiFormat.instant(node.createdAt()),
        ApiFormat.instant(node.updatedAt()),
        node.deletedAt() == null ? null : ApiFormat.instant(node.deletedAt()));
  }
}
