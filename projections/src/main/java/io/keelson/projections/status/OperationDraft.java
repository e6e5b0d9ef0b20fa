package io.keelson.projections.status;

import io.keelson.commands.NodeId;
import io.keelson.projections.Delivery;
import io.keelson.projections.status.OperationStatus.State;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** What one event changes of the row of a run. It is used for one event, and never kept. */
final class OperationDraft {

  private final OperationStatus before;
  State state;
  @Nullable String reason;
  List<OperationStep> steps;
  RollProgress roll;
  List<BlockedBy> blockedBy;
  @Nullable Instant endedAt;
  private final SequencedSet<NodeId> nodeIds;

  OperationDraft(OperationStatus before) {
    this.before = before;
    this.state = before.state();
    this.reason = before.reason();
    this.steps = before.steps();
    this.roll = before.roll();
    this.blockedBy = before.blockedBy();
    this.endedAt = before.endedAt();
    this.nodeIds = new LinkedHashSet<>(before.nodeIds());
  }

  /** The run is about these nodes too. */
  void involve(Collection<NodeId> nodes) {
    nodeIds.addAll(nodes);
  }

  OperationStatus after(Delivery<?> d) {
    boolean visible =
        state != before.state()
            || !Objects.equals(reason, before.reason())
            || !steps.equals(before.steps())
            || !roll.equals(before.roll())
            || !blockedBy.equals(before.blockedBy());
    return new OperationStatus(
        before.id(),
        d.version(),
        before.kind(),
        before.cluster(),
        before.pool(),
        before.node(),
        state,
        reason,
        before.requestedBy(),
        before.correlation(),
        before.parent(),
        before.causeSource(),
        before.causeId(),
        steps,
        roll,
        blockedBy,
        List.copyOf(nodeIds),
        before.startedAt(),
        endedAt,
        visible ? d.at() : before.updatedAt());
  }
}
