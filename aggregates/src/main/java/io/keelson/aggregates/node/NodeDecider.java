package io.keelson.aggregates.node;

import io.keelson.aggregates.node.NodeState.Absent;
import io.keelson.aggregates.node.NodeState.Alive;
import io.keelson.aggregates.node.NodeState.Deleted;
import io.keelson.commands.node.NodeAttributes;
import io.keelson.commands.node.NodeAttributes.Change;
import io.keelson.commands.node.NodeCommand;
import io.keelson.commands.node.NodeCommand.CordonNode;
import io.keelson.commands.node.NodeCommand.FailNodeReboot;
import io.keelson.commands.node.NodeCommand.FinishNodeReboot;
import io.keelson.commands.node.NodeCommand.RebootNode;
import io.keelson.commands.node.NodeCommand.RecordNodeAbsent;
import io.keelson.commands.node.NodeCommand.RecordNodeCondition;
import io.keelson.commands.node.NodeCommand.RecordNodeObserved;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.node.NodeEvent.NodeChanged;
import io.keelson.commands.node.NodeEvent.NodeCordoned;
import io.keelson.commands.node.NodeEvent.NodeCreated;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.commands.node.NodeEvent.NodePhaseChanged;
import java.util.ArrayList;
import java.util.List;

/** What may happen to a node. An observation without a difference changes nothing. */
public final class NodeDecider {

  private NodeDecider() {}

  public static List<NodeEvent> decide(NodeCommand command, NodeState state) {
    return switch (command) {
      case RecordNodeObserved c -> observed(c, state);
      case RecordNodeAbsent c -> state instanceof Alive alive ? absent(c, alive) : List.of();
      case RebootNode c -> RebootDecider.reboot(c, state);
      case FinishNodeReboot c -> RebootDecider.finish(c, state);
      case FailNodeReboot c -> RebootDecider.fail(c, state);
      case CordonNode c -> cordon(c, state);
      case RecordNodeCondition c -> ReportDecider.decide(c, state);
    };
  }

  private static List<NodeEvent> observed(RecordNodeObserved c, NodeState state) {
    return switch (state) {
      case Absent _ -> List.of(new NodeCreated(c.nodeId(), c.clusterId(), c.pool(), c.observed()));
      case Alive alive when alive.attributes().differsFrom(c.observed()) ->
          List.of(changed(c, alive));
      case Alive _ -> List.of(); // a message alone is a level
      case Deleted _ -> List.of();
    };
  }

  private static NodeEvent changed(RecordNodeObserved c, Alive alive) {
    NodeAttributes before = alive.attributes();
    NodeAttributes now = c.observed();
    Change old = Change.between(now, before);
    Change changed = Change.between(before, now);
    return before.phase() == now.phase()
        ? new NodeChanged(c.nodeId(), alive.cluster(), alive.pool(), old, changed)
        : new NodePhaseChanged(c.nodeId(), alive.cluster(), alive.pool(), old, changed);
  }

  private static List<NodeEvent> absent(RecordNodeAbsent c, Alive alive) {
    List<NodeEvent> events = new ArrayList<>(RebootDecider.absent(c.nodeId(), alive));
    events.add(new NodeDeleted(c.nodeId(), alive.cluster(), alive.pool()));
    return events;
  }

  /** A node that is cordoned already, deleted, or was never observed needs no second event. */
  private static List<NodeEvent> cordon(CordonNode c, NodeState state) {
    return state instanceof Alive alive && !alive.cordoned()
        ? List.of(new NodeCordoned(c.nodeId(), alive.cluster(), alive.pool(), c.operation()))
        : List.of();
  }
}
