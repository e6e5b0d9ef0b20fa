package io.keelson.aggregates.node;

import static io.keelson.commands.CommandRejected.Reason.BUSY;
import static io.keelson.commands.CommandRejected.Reason.NOT_FOUND;

import io.keelson.aggregates.node.NodeState.Absent;
import io.keelson.aggregates.node.NodeState.Alive;
import io.keelson.aggregates.node.NodeState.Deleted;
import io.keelson.aggregates.node.NodeState.Reboot;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Awaited;
import io.keelson.commands.NodeId;
import io.keelson.commands.node.NodeCommand.FailNodeReboot;
import io.keelson.commands.node.NodeCommand.FinishNodeReboot;
import io.keelson.commands.node.NodeCommand.RebootNode;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.node.NodeEvent.NodeRebootFailed;
import io.keelson.commands.node.NodeEvent.NodeRebootFinished;
import io.keelson.commands.node.NodeEvent.NodeRebootStarted;
import java.util.List;
import java.util.Locale;

/**
 * Whether a node may boot again. Whether it has booted is decided by the process that observes it.
 */
final class RebootDecider {

  private static final String ABSENT = "the node no longer exists";
  private static final String NODE = "node_id";

  private RebootDecider() {}

  /** A reboot that is in progress serves a second request too. */
  static List<NodeEvent> reboot(RebootNode c, NodeState state) {
    return switch (state) {
      case Alive alive when alive.reboot() != null || c.operation().equals(alive.rebooted()) ->
          List.of();
      case Alive alive -> {
        checkUp(c.nodeId(), alive);
        yield List.of(
            new NodeRebootStarted(
                c.nodeId(),
                alive.cluster(),
                alive.pool(),
                c.operation(),
                alive.attributes().bootId()));
      }
      case Absent _, Deleted _ ->
          throw new CommandRejected(NOT_FOUND, "there is no node " + c.nodeId(), NODE);
    };
  }

  private static void checkUp(NodeId node, Alive alive) {
    if (alive.cordoned()) {
      throw new CommandRejected(BUSY, "node " + node + " is being removed", NODE);
    }
    String phase = alive.attributes().phase().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String detail = "node " + node + " is " + phase;
    switch (alive.attributes().phase()) {
      case READY, NOT_READY -> {}
      case CREATING, STARTING, REGISTERING, REBOOTING ->
          throw new CommandRejected(
              detail, NODE, List.of(new Awaited("node/" + node, phase, null)));
      case CREATION_FAILED, DELETING -> throw new CommandRejected(BUSY, detail, NODE);
    }
  }

  static List<NodeEvent> finish(FinishNodeReboot c, NodeState state) {
    return state instanceof Alive alive && alive.reboots(c.operation())
        ? List.of(
            new NodeRebootFinished(
                c.nodeId(),
                alive.cluster(),
                alive.pool(),
                c.operation(),
                alive.attributes().bootId()))
        : List.of();
  }

  static List<NodeEvent> fail(FailNodeReboot c, NodeState state) {
    return state instanceof Alive alive && alive.reboots(c.operation())
        ? failed(c.nodeId(), alive, c.reason())
        : List.of();
  }

  static List<NodeEvent> absent(NodeId node, Alive alive) {
    return failed(node, alive, ABSENT);
  }

  private static List<NodeEvent> failed(NodeId node, Alive alive, String reason) {
    Reboot reboot = alive.reboot();
    return reboot == null
        ? List.of()
        : List.of(
            new NodeRebootFailed(node, alive.cluster(), alive.pool(), reboot.operation(), reason));
  }
}
