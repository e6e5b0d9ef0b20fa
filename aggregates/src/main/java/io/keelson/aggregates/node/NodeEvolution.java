package io.keelson.aggregates.node;

import io.keelson.aggregates.node.NodeState.Absent;
import io.keelson.aggregates.node.NodeState.Alive;
import io.keelson.aggregates.node.NodeState.Deleted;
import io.keelson.aggregates.node.NodeState.Reboot;
import io.keelson.aggregates.node.NodeState.Reported;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.node.NodeEvent.NodeChanged;
import io.keelson.commands.node.NodeEvent.NodeConditionReported;
import io.keelson.commands.node.NodeEvent.NodeConditionReportedLate;
import io.keelson.commands.node.NodeEvent.NodeCordoned;
import io.keelson.commands.node.NodeEvent.NodeCreated;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.commands.node.NodeEvent.NodePhaseChanged;
import io.keelson.commands.node.NodeEvent.NodeRebootFailed;
import io.keelson.commands.node.NodeEvent.NodeRebootFinished;
import io.keelson.commands.node.NodeEvent.NodeRebootStarted;

/** How the events of a node become state: total and silent, for whatever a stream holds. */
public final class NodeEvolution {

  private NodeEvolution() {}

  public static NodeState evolve(NodeState state, NodeEvent event) {
    return switch (state) {
      case Absent _ ->
          event instanceof NodeCreated e
              ? new Alive(e.clusterId(), e.pool(), e.attributes())
              : state;
      case Alive alive -> evolve(alive, event);
      case Deleted _ -> state;
    };
  }

  private static NodeState evolve(Alive alive, NodeEvent event) {
    return switch (event) {
      case NodeCreated _ -> alive;
      case NodeChanged e -> alive.observed(alive.attributes().with(e.before(), e.after()));
      case NodePhaseChanged e -> alive.observed(alive.attributes().with(e.before(), e.after()));
      case NodeConditionReported e -> alive.reported(new Reported(e.condition(), e.report()));
      case NodeConditionReportedLate _ -> alive;
      case NodeRebootStarted e -> alive.rebooting(new Reboot(e.operation(), e.bootId()));
      case NodeRebootFinished e -> alive.rebootEnded(e.operation());
      case NodeRebootFailed e -> alive.rebootEnded(e.operation());
      case NodeCordoned _ -> alive.withCordon();
      case NodeDeleted _ -> new Deleted();
    };
  }
}
