package io.keelson.projections.status;

import io.keelson.commands.NodeId;
import io.keelson.commands.Origin;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.ProcessEvent;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.RequestEvent;
import io.keelson.commands.operation.RequestEvent.PoolObservationAwaited;
import io.keelson.commands.operation.RequestEvent.PoolRequested;
import io.keelson.commands.operation.RequestEvent.ProviderRequest;
import io.keelson.commands.operation.RequestEvent.RunAwaited;
import io.keelson.commands.operation.RunEvent;
import io.keelson.commands.operation.RunEvent.DeadlineExtended;
import io.keelson.commands.operation.RunEvent.DecisionMade;
import io.keelson.commands.operation.RunEvent.OperationCancelled;
import io.keelson.commands.operation.RunEvent.OperationFailed;
import io.keelson.commands.operation.RunEvent.OperationFinished;
import io.keelson.commands.operation.RunEvent.OperationStarted;
import io.keelson.commands.operation.TargetEvent;
import io.keelson.commands.operation.TargetEvent.TargetBlocked;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.operation.TargetEvent.TargetFailed;
import io.keelson.commands.operation.TargetEvent.TargetWithdrawn;
import io.keelson.commands.upgrade.RollEvent;
import io.keelson.commands.upgrade.RollEvent.NodeReplaced;
import io.keelson.commands.upgrade.RollEvent.NodesPlanned;
import io.keelson.commands.upgrade.RollEvent.NodesSelected;
import io.keelson.commands.upgrade.RollEvent.PlannedNode;
import io.keelson.commands.upgrade.UpgradePlan;
import io.keelson.projections.Delivery;
import io.keelson.projections.status.OperationStatus.State;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Folds the events of a run into its row. It is pure, and total over all events. */
final class OperationFold {

  private OperationFold() {}

  /** The row that an event creates. */
  static Optional<OperationStatus> first(Delivery<? extends OperationEvent> d) {
    if (!(d.event() instanceof OperationStarted e)) {
      return Optional.empty();
    }
    Origin.Cause cause = Origin.of(d.metadata()).cause();
    NodeId node = e.plan().node();
    return Optional.of(
        new OperationStatus(
            e.operation(),
            d.version(),
            e.plan().kind(),
            e.clusterId(),
            e.plan().pool(),
            node,
            State.RUNNING,
            null,
            e.lineage().initiator(),
            e.lineage().correlationId(),
            e.lineage().parent(),
            cause.source(),
            cause.id(),
            Steps.planned(e.steps()),
            roll(e.plan()),
            List.of(),
            node == null ? List.of() : List.of(node),
            d.at(),
            null,
            d.at()));
  }

  private static RollProgress roll(Plan plan) {
    return plan instanceof UpgradePlan.Roll roll
        ? new RollProgress(
            Math.max(1, roll.policy().maxSurge() + roll.policy().maxUnavailable()), List.of())
        : RollProgress.NONE;
  }

  static OperationStatus after(OperationStatus row, Delivery<? extends OperationEvent> d) {
    if (d.version() <= row.version()) {
      return row;
    }
    OperationDraft draft = new OperationDraft(row);
    if (row.state() == State.RUNNING) {
      switch (d.event()) {
        case RunEvent e -> run(draft, e, d);
        case RequestEvent e -> request(draft, e, d);
        case TargetEvent e -> target(draft, e, d);
        // Each process has its own family; a roll's is the only one with more to show than steps.
        case ProcessEvent e -> {
          if (e instanceof RollEvent roll) {
            roll(draft, roll, d);
          }
        }
      }
    }
    return draft.after(d);
  }

  private static void run(OperationDraft draft, RunEvent event, Delivery<?> d) {
    switch (event) {
      case OperationFinished _ -> end(draft, State.FINISHED, null, d);
      case OperationFailed e -> end(draft, State.FAILED, e.reason(), d);
      case OperationCancelled e -> end(draft, State.CANCELLED, e.reason(), d);
      // Decisions are read from the log.
      case OperationStarted _, DecisionMade _, DeadlineExtended _ -> {}
    }
  }

  private static void end(OperationDraft draft, State end, @Nullable String reason, Delivery<?> d) {
    draft.state = end;
    draft.reason = reason;
    draft.endedAt = d.at();
    draft.blockedBy = List.of();
    draft.steps =
        Steps.closed(draft.steps, OperationStep.State.valueOf(end.name()), reason, d.at());
  }

  private static void request(OperationDraft draft, RequestEvent event, Delivery<?> d) {
    switch (event) {
      case RunAwaited e -> draft.steps = Steps.started(draft.steps, e.target(), e.run(), d.at());
      case PoolRequested e -> {
        draft.steps = Steps.started(draft.steps, e.target(), null, d.at());
        draft.involve(e.nodesToRemove());
      }
      case ProviderRequest e -> draft.steps = Steps.started(draft.steps, e.target(), null, d.at());
      case PoolObservationAwaited e ->
          draft.steps = Steps.started(draft.steps, e.target(), null, d.at());
    }
  }

  private static void target(OperationDraft draft, TargetEvent event, Delivery<?> d) {
    switch (event) {
      case TargetBlocked e -> {
        var run = Steps.find(draft.steps, e.target()).map(OperationStep::run).orElse(null);
        draft.blockedBy =
            BlockedBy.replaced(draft.blockedBy, e.target(), run, e.blockers(), d.at());
      }
      case TargetConverged e -> ended(draft, e, OperationStep.State.FINISHED, e.result(), d);
      case TargetFailed e -> ended(draft, e, OperationStep.State.FAILED, e.reason(), d);
      case TargetWithdrawn e -> ended(draft, e, OperationStep.State.CANCELLED, e.reason(), d);
    }
  }

  private static void ended(
      OperationDraft draft, TargetEvent event, OperationStep.State end, String how, Delivery<?> d) {
    draft.steps = Steps.ended(draft.steps, event.target(), end, how, d.at());
    draft.blockedBy = BlockedBy.without(draft.blockedBy, event.target());
  }

  private static void roll(OperationDraft draft, RollEvent event, Delivery<?> d) {
    switch (event) {
      case NodesPlanned e -> {
        Collection<NodeId> nodes = e.nodes().stream().map(PlannedNode::node).toList();
        draft.involve(nodes);
        draft.roll = Rolls.planned(draft.roll, e, d.at());
      }
      case NodesSelected e -> draft.roll = Rolls.selected(draft.roll, e, d.at());
      case NodeReplaced e -> {
        draft.involve(List.of(e.node(), e.successor()));
        draft.roll = Rolls.replaced(draft.roll, e, d.at());
      }
    }
  }
}
