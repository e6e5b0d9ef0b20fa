package io.keelson.adapters.rest.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.keelson.adapters.rest.response.ApiFormat;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.projections.status.BlockedBy;
import io.keelson.projections.status.OperationStatus;
import io.keelson.projections.status.RollProgress;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One operation as a member of its organization sees it.
 *
 * @param parentOperationId the operation that started this one; null: none did
 * @param children the operations that this one has started; absent in a list
 * @param nodeId null: the operation is not about a single node
 * @param requestedBy the initiator: an access key, a producer, or a part of Keelson
 * @param nodes those that the operation replaces, in that order
 * @param blockedBy what blocks the operation
 * @param durationSeconds how long it has run, or ran
 * @param medianNodeSeconds from the drain of a node to its ready successor; null: none is replaced
 * @param etaSeconds the remaining time; null: unknown
 * @param startedPosition the log position of its first event
 * @param position the log position of its last event; both positions are null while the rows of the
 *     log are behind those of operations
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record OperationResponse(
    OperationId id,
    @Nullable OperationId parentOperationId,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<OperationId> children,
    UUID correlationId,
    String kind,
    ClusterId clusterId,
    @Nullable PoolId poolId,
    @Nullable NodeId nodeId,
    String state,
    @Nullable String reason,
    String requestedBy,
    Cause cause,
    List<StepResponse> steps,
    List<RolledNodeResponse> nodes,
    Progress progress,
    List<Block> blockedBy,
    String startedAt,
    @Nullable String endedAt,
    String updatedAt,
    long durationSeconds,
    @Nullable Long medianNodeSeconds,
    @Nullable Estimate etaSeconds,
    @Nullable Long startedPosition,
    @Nullable Long position) {

  /** The direct cause of the operation. */
  public record Cause(String source, String id) {}

  /** The number of replaced nodes; of an operation that replaces none, of ended steps. */
  public record Progress(int done, int total) {}

  /**
   * The remaining time in seconds.
   *
   * @param p50 if each further node takes the median
   * @param p90 if each further node takes the 90th percentile
   */
  public record Estimate(long p50, long p90) {
    static Estimate of(RollProgress.Estimate estimate) {
      return new Estimate(estimate.p50(), estimate.p90());
    }
  }

  /**
   * Something that blocks the operation.
   *
   * @param what the blocked target of the operation, or the blocked node
   * @param who the operation that does the step, or the provider
   */
  public record Block(String what, String who, String since, String detail) {
    static Block of(BlockedBy block) {
      return new Block(
          block.node() == null ? block.target() : "node/" + block.node(),
          block.run() == null ? "provider" : "operation/" + block.run(),
          ApiFormat.instant(block.since()),
          block.detail());
    }
  }

  /**
   * One page.
   *
   * @param nextCursor null: there are no more operations
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Operations(List<OperationResponse> items, @Nullable String nextCursor) {}

  /**
   * The response about an operation.
   *
   * @param children null: not read
   */
  static OperationResponse of(
      OperationStatus operation, @Nullable List<OperationId> children, OperationContext context) {
    var median = operation.roll().medianSeconds();
    var span = context.span(operation);
    return new OperationResponse(
        operation.id(),
        operation.parent(),
        children,
        operation.correlation(),
        operation.kind().toString(),
        operation.cluster(),
        operation.pool(),
        operation.node(),
        ApiFormat.lowerCase(operation.state()),
        operation.reason(),
        operation.requestedBy(),
        new Cause(operation.causeSource(), operation.causeId()),
        StepResponse.all(operation, context),
        RolledNodeResponse.all(operation, context),
        new Progress(operation.progress().done(), operation.progress().total()),
        operation.blockedBy().stream().map(Block::of).toList(),
        ApiFormat.instant(operation.startedAt()),
        operation.endedAt() == null ? null : ApiFormat.instant(operation.endedAt()),
        ApiFormat.instant(operation.updatedAt()),
        operation.duration(context.now()).toSeconds(),
        median.isPresent() ? median.getAsLong() : null,
        operation.estimate(context.now()).map(Estimate::of).orElse(null),
        span == null ? null : span.first(),
        span == null ? null : span.last());
  }
}
