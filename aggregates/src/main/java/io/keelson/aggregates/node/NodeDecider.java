package io.keelson.aggregates.node;

import static io.keelson.commands.CommandRejected.Reason.INVALID;
import static io.keelson.commands.CommandRejected.Reason.NOT_FOUND;

import io.keelson.aggregates.node.NodeState.Absent;
import io.keelson.aggregates.node.NodeState.Alive;
import io.keelson.aggregates.node.NodeState.Gone;
import io.keelson.aggregates.node.NodeState.Reboot;
import io.keelson.aggregates.node.NodeState.Told;
import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.PoolId;
import io.keelson.commands.node.NodeCommand;
import io.keelson.commands.node.NodeCommand.CordonNode;
import io.keelson.commands.node.NodeCommand.FailNodeReboot;
import io.keelson.commands.node.NodeCommand.RebootNode;
import io.keelson.commands.node.NodeCommand.RecordNodeCondition;
import io.keelson.commands.node.NodeCommand.RecordNodeGone;
import io.keelson.commands.node.NodeCommand.RecordNodeObserved;
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
import io.keelson.commands.provisioning.ObservedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What may happen to a node. What was seen before, and what comes after its end, changes nothing.
 */
public final class NodeDecider {

  /** A limit on what one node's state can grow to, far above what is sensible. */
  static final int MOST_TELLERS = 100;

  private NodeDecider() {}

  public static List<NodeEvent> decide(NodeCommand command, NodeState state) {
    return switch (command) {
      case RecordNodeObserved c -> observed(c, state);
      case RecordNodeGone c -> state instanceof Alive alive ? gone(c, alive) : List.of();
      case RebootNode c -> RebootDecider.reboot(c, state);
      case FailNodeReboot c -> RebootDecider.fail(c, state);
      case CordonNode c -> cordon(c, state);
      case RecordNodeCondition c -> reported(c, state);
    };
  }

  private static List<NodeEvent> observed(RecordNodeObserved c, NodeState state) {
    ObservedNode now = c.observed();
    return switch (state) {
      case Absent _ -> List.of(new NodeCreated(now.node(), c.clusterId(), now.pool(), now));
      case Alive alive when alive.observed().equals(now) -> List.of();
      case Alive alive -> {
        List<NodeEvent> events = new ArrayList<>();
        events.add(changed(alive, now));
        events.addAll(RebootDecider.seen(now, alive));
        yield events;
      }
      case Gone _ -> List.of();
    };
  }

  private static NodeEvent changed(Alive alive, ObservedNode now) {
    ObservedNode before = alive.observed();
    return before.phase() == now.phase()
        ? new NodeChanged(now.node(), alive.cluster(), now.pool(), before, now)
        : new NodePhaseChanged(now.node(), alive.cluster(), now.pool(), before, now);
  }

  /** Nobody waits for what is gone. */
  private static List<NodeEvent> gone(RecordNodeGone c, Alive alive) {
    List<NodeEvent> events = new ArrayList<>(RebootDecider.gone(c.nodeId(), alive));
    events.add(new NodeDeleted(c.nodeId(), alive.cluster(), alive.observed().pool()));
    return events;
  }

  /** Once is enough, and whoever is gone already, or was never seen here, needs none. */
  private static List<NodeEvent> cordon(CordonNode c, NodeState state) {
    return state instanceof Alive alive && !alive.cordoned()
        ? List.of(
            new NodeCordoned(c.nodeId(), alive.cluster(), alive.observed().pool(), c.operation()))
        : List.of();
  }

  private static List<NodeEvent> reported(RecordNodeCondition c, NodeState state) {
    return switch (state) {
      case Absent _ -> throw new CommandRejected(NOT_FOUND, "there is no node " + c.nodeId());
      case Alive alive -> reported(c, alive, new Told(c.condition(), c.report()));
      case Gone _ -> List.of();
    };
  }

  private static List<NodeEvent> reported(RecordNodeCondition c, Alive alive, Told told) {
    Optional<Told> known = alive.before(told);
    if (known.isEmpty() && alive.told().size() >= MOST_TELLERS) {
      throw new CommandRejected(
          INVALID,
          "more than %d conditions and subjects are told of node %s"
              .formatted(MOST_TELLERS, c.nodeId()));
    }
    PoolId pool = alive.observed().pool();
    return List.of(
        known.filter(k -> ReportOrder.isOlder(c.report(), k.report())).isPresent()
            ? new NodeConditionReportedLate(
                c.nodeId(),
                alive.cluster(),
                pool,
                c.condition(),
                c.status(),
                c.since(),
                c.message(),
                c.report())
            : new NodeConditionReported(
                c.nodeId(),
                alive.cluster(),
                pool,
                c.condition(),
                c.status(),
                c.since(),
                c.message(),
                c.report()));
  }

  public static NodeState evolve(NodeState state, NodeEvent event) {
    return switch (event) {
      case NodeCreated e -> new Alive(e.clusterId(), e.observed());
      case NodeChanged e -> seen(state, e.clusterId(), e.after());
      case NodePhaseChanged e -> seen(state, e.clusterId(), e.after());
      case NodeConditionReported e ->
          state instanceof Alive alive ? alive.told(new Told(e.condition(), e.report())) : state;
      case NodeConditionReportedLate _ -> state;
      case NodeRebootStarted e ->
          state instanceof Alive alive
              ? alive.rebooting(new Reboot(e.operation(), e.bootId()))
              : state;
      case NodeRebootFinished e ->
          state instanceof Alive alive ? alive.rebootEnded(e.operation()) : state;
      case NodeRebootFailed e ->
          state instanceof Alive alive ? alive.rebootEnded(e.operation()) : state;
      case NodeCordoned _ -> state instanceof Alive alive ? alive.going() : state;
      case NodeDeleted _ -> new Gone();
    };
  }

  private static Alive seen(NodeState state, ClusterId cluster, ObservedNode now) {
    return state instanceof Alive alive ? alive.seen(now) : new Alive(cluster, now);
  }
}
