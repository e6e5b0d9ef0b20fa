package io.keelson.aggregates.node;

import static io.keelson.commands.CommandRejected.Reason.INVALID;
import static io.keelson.commands.CommandRejected.Reason.NOT_FOUND;

import io.keelson.aggregates.node.NodeState.Absent;
import io.keelson.aggregates.node.NodeState.Alive;
import io.keelson.aggregates.node.NodeState.Deleted;
import io.keelson.aggregates.node.NodeState.Reported;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.node.NodeCommand.RecordNodeCondition;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.node.NodeEvent.NodeConditionReported;
import io.keelson.commands.node.NodeEvent.NodeConditionReportedLate;
import java.util.List;
import java.util.Optional;

/** What other services report of a node's conditions; a late report is kept, without an effect. */
final class ReportDecider {

  /** A limit on what the state of one node can grow to, far above what is sensible. */
  static final int MAX_REPORTS = 100;

  private ReportDecider() {}

  static List<NodeEvent> decide(RecordNodeCondition c, NodeState state) {
    return switch (state) {
      case Absent _ -> throw new CommandRejected(NOT_FOUND, "there is no node " + c.nodeId());
      case Alive alive -> List.of(reported(c, alive));
      case Deleted _ -> List.of();
    };
  }

  private static NodeEvent reported(RecordNodeCondition c, Alive alive) {
    Optional<Reported> known = alive.before(new Reported(c.condition(), c.report()));
    if (known.isEmpty() && alive.reports().size() >= MAX_REPORTS) {
      throw new CommandRejected(
          INVALID,
          "more than %d conditions and subjects are reported of node %s"
              .formatted(MAX_REPORTS, c.nodeId()));
    }
    return known.filter(k -> ReportOrder.isOlder(c.report(), k.report())).isPresent()
        ? new NodeConditionReportedLate(
            c.nodeId(),
            alive.cluster(),
            alive.pool(),
            c.condition(),
            c.status(),
            c.since(),
            c.message(),
            c.report())
        : new NodeConditionReported(
            c.nodeId(),
            alive.cluster(),
            alive.pool(),
            c.condition(),
            c.status(),
            c.since(),
            c.message(),
            c.report());
  }
}
