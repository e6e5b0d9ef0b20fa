package io.keelson.aggregates.node;

import io.keelson.aggregates.node.NodeState.Absent;
import io.keelson.aggregates.node.NodeState.Alive;
import io.keelson.aggregates.node.NodeState.Gone;
import io.keelson.commands.node.NodeCommand;
import io.keelson.commands.node.NodeCommand.RecordNodeGone;
import io.keelson.commands.node.NodeCommand.RecordNodeObserved;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.node.NodeEvent.NodeChanged;
import io.keelson.commands.node.NodeEvent.NodeCreated;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.commands.node.NodeEvent.NodePhaseChanged;
import io.keelson.commands.provisioning.ObservedNode;
import java.util.List;

/**
 * What may happen to a node. What was seen before, and what comes after its end, changes nothing.
 */
public final class NodeDecider {

  private NodeDecider() {}

  public static List<NodeEvent> decide(NodeCommand command, NodeState state) {
    return switch (command) {
      case RecordNodeObserved c -> observed(c, state);
      case RecordNodeGone c ->
          state instanceof Alive alive
              ? List.of(new NodeDeleted(c.nodeId(), alive.cluster(), alive.observed().pool()))
              : List.of();
    };
  }

  private static List<NodeEvent> observed(RecordNodeObserved c, NodeState state) {
    ObservedNode now = c.observed();
    return switch (state) {
      case Absent _ -> List.of(new NodeCreated(now.node(), c.clusterId(), now.pool(), now));
      case Alive alive when alive.observed().equals(now) -> List.of();
      case Alive alive when alive.observed().phase() == now.phase() ->
          List.of(new NodeChanged(now.node(), alive.cluster(), now.pool(), alive.observed(), now));
      case Alive alive ->
          List.of(
              new NodePhaseChanged(now.node(), alive.cluster(), now.pool(), alive.observed(), now));
      case Gone _ -> List.of();
    };
  }

  public static NodeState evolve(NodeState state, NodeEvent event) {
    return switch (event) {
      case NodeCreated e -> new Alive(e.clusterId(), e.observed());
      case NodeChanged e -> new Alive(e.clusterId(), e.after());
      case NodePhaseChanged e -> new Alive(e.clusterId(), e.after());
      case NodeDeleted _ -> new Gone();
    };
  }
}
