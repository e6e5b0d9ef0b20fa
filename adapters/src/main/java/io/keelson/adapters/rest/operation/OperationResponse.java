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
 * One run as its owner sees it.
 *
 * @param nodeId null: it is not about a single node
 * @param blockedBy what holds it up
 * @param startedPosition where in the log it began
 * @param position where in the log its last event stands; like the other, null while the log's rows
 *     are behind those of runs
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

  /** What made it start. */
  public record Cause(String source, String id) {}

  /**
   * One step.
   *
   * @param operationId the run that does it; null: this one
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

  /** How many of its steps are done; of a roll: how many of its nodes. */
  public record Progress(int done, int total) {

    static Progress of(OperationStatus.Progress progress) {
      return new Progress(progress.done(), progress.total());
    }
  }

  /**
   * Something that holds it up.
   *
   * @param what the part of the run
   * @param who says so
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
   * @param nextCursor null: there is no more
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Operations(List<OperationResponse> items, @Nullable String nextCursor) {}

  static OperationResponse of(OperationStatus operation, @Nullable Span places) {
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
        places == null ? null : places.first(),
        places == null ? null : places.last());
  }
}
