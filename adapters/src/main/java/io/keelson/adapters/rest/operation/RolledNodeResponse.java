package io.keelson.adapters.rest.operation;

import io.keelson.adapters.rest.response.ApiFormat;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.projections.status.BlockedBy;
import io.keelson.projections.status.NodeStatus;
import io.keelson.projections.status.OperationStatus;
import io.keelson.projections.status.RolledNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One node that an operation replaces.
 *
 * @param name null: its row is not visible yet
 * @param from the version that it has
 * @param to the version of its successor
 * @param state {@code planned}, {@code draining}, {@code deleting}, {@code deleted} (its successor
 *     is awaited) or {@code replaced}
 * @param since when it came into its state
 * @param successor null: it is not replaced yet
 * @param blockedBy what blocks it; null: nothing is known to
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record RolledNodeResponse(
    NodeId id,
    @Nullable String name,
    String from,
    String to,
    String state,
    String since,
    @Nullable NodeId successor,
    @Nullable String blockedBy,
    @Nullable String blockedSince) {

  /** How far a node is, and since when. */
  private record Stage(String state, Instant since) {}

  static List<RolledNodeResponse> all(OperationStatus operation, OperationContext context) {
    return operation.roll().nodes().stream()
        .map(node -> of(node, context.node(node.id()), operation.blocker(node.id()).orElse(null)))
        .toList();
  }

  private static RolledNodeResponse of(
      RolledNode node, @Nullable NodeStatus row, @Nullable BlockedBy blocker) {
    Stage stage = stage(node, row);
    return new RolledNodeResponse(
        node.id(),
        row == null ? null : row.attributes().name(),
        node.from().toString(),
        node.to().toString(),
        stage.state(),
        ApiFormat.instant(stage.since()),
        node.successor(),
        blocker == null ? null : blocker.detail(),
        blocker == null ? null : ApiFormat.instant(blocker.since()));
  }

  /** Between the selection and the replacement, the row of the node knows more. */
  private static Stage stage(RolledNode node, @Nullable NodeStatus row) {
    return switch (node.state()) {
      case PLANNED -> new Stage("planned", node.since());
      case REPLACED -> new Stage("replaced", node.since());
      case SELECTED -> row == null ? new Stage("draining", node.since()) : leaving(node, row);
    };
  }

  private static Stage leaving(RolledNode node, NodeStatus row) {
    if (row.deletedAt() != null) {
      return new Stage("deleted", row.deletedAt());
    }
    return row.attributes().phase() == NodePhase.DELETING
        ? new Stage("deleting", row.updatedAt())
        : new Stage("draining", node.since());
  }
}
