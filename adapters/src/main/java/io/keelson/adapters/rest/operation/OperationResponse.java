package io.keelson.adapters.rest.operation;

import io.keelson.adapters.rest.response.ApiFormat;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.projections.log.History.Span;
import io.keelson.projections.status.OperationStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One operation as a member of its organization sees it.
 *
 * @param nodeId null: the operation is not about a single node
 * @param blockedBy what blocks the operation
 * @param startedPosition the log position of its first event
 * @param position the log position of its last event; both positions are null while the rows of the
 *     log are behind those of operations
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record OperationResponse(
    OperationId id,
    String kind,
    ClusterId clusterId,
    @Nullable PoolId poolId,
    @Nullable NodeId nodeId,
    String state,
    @Nullable String reason,
    String requestedBy,
    Cause cause,
    List<Step> steps,
    Progress progress,
    List<Block> blockedBy,
    String startedAt,
    String updatedAt,
    @Nullable Long startedPosition,
    @Nullable Long position) {

  /** The direct cause of the operation. */
  public record Cause(String source, String id) {}

  /**
   * One step.
   *
   * @param operationId the operation that executes the step; null: this one
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Step(
      String name,
      String state,
      int attempts,
      @Nullable String startedAt,
      @Nullable String finishedAt,
      @Nullable String detail,
      @Nullable OperationId operationId) {

    static Step of(OperationStatus.Step step) {
      Instant end = step.finishedAt();
      return new Step(
          step.name(),
          ApiFormat.lowerCase(step.state()),
          step.attempts(),
          ApiFormat.instant(step.startedAt()),
          end == null ? null : ApiFormat.instant(end),
          step.detail(),
          step.run());
    }
  }

  /** The number of completed steps; of a roll, the number of replaced nodes. */
  public record Progress(int done, int total) {

    static Progress of(OperationStatus.Progress progress) {
      return new Progress(progress.done(), progress.total());
    }
  }

  /**
   * Something that blocks the operation.
   *
   * @param what the blocked target of the operation
   * @param who the source of the report
   */
  public record Block(String what, String who, String since, String detail) {

    static Block of(OperationStatus.Block block) {
      return new Block(
          block.target(), "provider", ApiFormat.instant(block.since()), block.detail());
    }
  }

  /**
   * One page.
   *
   * @param nextCursor null: there are no more operations
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Operations(List<OperationResponse> items, @Nullable String nextCursor) {}

  static OperationResponse of(OperationStatus operation, @Nullable Span span) {
    return new OperationResponse(
        operation.id(),
        ApiFormat.lowerCase(operation.kind()),
        operation.cluster(),
        operation.pool(),
        operation.node(),
        ApiFormat.lowerCase(operation.state()),
        operation.reason(),
        operation.requestedBy(),
        new Cause(operation.causeSource(), operation.causeId()),
        operation.steps().stream().map(Step::of).toList(),
        Progress.of(operation.progress()),
        operation.blockedBy().stream().map(Block::of).toList(),
        ApiFormat.instant(operation.startedAt()),
        ApiFormat.instant(operation.updatedAt()),
        span == null ? null : span.first(),
        span == null ? null : span.last());
  }
}
