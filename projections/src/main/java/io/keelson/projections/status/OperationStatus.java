package io.keelson.projections.status;

import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.OperationKind;
import io.keelson.projections.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run of a long process as callers see it. Its steps are known from the start; nothing follows
 * its end.
 *
 * @param version the number of the last event folded into it, from 0
 * @param pool the one pool that it is about, if it is about one
 * @param node the one node that it is about, if it is about one
 * @param reason why it failed or was cancelled
 * @param requestedBy the initiator, as {@link io.keelson.commands.Origin} has it
 * @param parent the run that started this one; null: no run did
 * @param causeSource with {@code causeId}: the direct cause of its start
 * @param roll how far it has replaced nodes
 * @param nodeIds every node that it plans, removes, replaces or makes
 * @param endedAt null: it still runs
 * @param updatedAt when something that callers see changed
 */
public record OperationStatus(
    OperationId id,
    long version,
    OperationKind kind,
    ClusterId cluster,
    @Nullable PoolId pool,
    @Nullable NodeId node,
    State state,
    @Nullable String reason,
    String requestedBy,
    UUID correlation,
    @Nullable OperationId parent,
    String causeSource,
    String causeId,
    List<OperationStep> steps,
    RollProgress roll,
    List<BlockedBy> blockedBy,
    List<NodeId> nodeIds,
    Instant startedAt,
    @Nullable Instant endedAt,
    Instant updatedAt)
    implements Row<OperationId> {

  public OperationStatus {
    steps = List.copyOf(steps);
    blockedBy = List.copyOf(blockedBy);
    nodeIds = List.copyOf(nodeIds);
  }

  /** Spelt in lower case at the API. */
  public enum State {
    RUNNING,
    FINISHED,
    FAILED,
    CANCELLED
  }

  /** How much of it is done, of how much. */
  public record Progress(int done, int total) {}

  /** The replaced nodes of the planned ones; of a run that replaces none, the ended steps. */
  public Progress progress() {
    if (!roll.nodes().isEmpty()) {
      return new Progress(roll.replaced(), roll.nodes().size());
    }
    long ended = steps.stream().filter(OperationStep::ended).count();
    return new Progress((int) ended, steps.size());
  }

  /** How long it has run, or ran. */
  public Duration duration(Instant now) {
    return Duration.between(startedAt, endedAt == null ? now : endedAt);
  }

  /**
   * The remaining time of a run that replaces nodes. Empty while it is unknown: before the first
   * node is replaced, while something blocks the run, and after its end.
   */
  public Optional<RollProgress.Estimate> estimate(Instant now) {
    return state == State.RUNNING && blockedBy.isEmpty() ? roll.estimate(now) : Optional.empty();
  }

  /** What blocks one of its nodes; the first one that was reported, if there are several. */
  public Optional<BlockedBy> blocker(NodeId id) {
    return blockedBy.stream().filter(b -> id.equals(b.node())).findFirst();
  }
}
