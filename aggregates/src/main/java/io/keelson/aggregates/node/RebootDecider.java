package io.keelson.aggregates.node;

import static io.keelson.commands.CommandRejected.Reason.BUSY;
import static io.keelson.commands.CommandRejected.Reason.NOT_FOUND;

import io.keelson.aggregates.node.NodeState.Absent;
import io.keelson.aggregates.node.NodeState.Alive;
import io.keelson.aggregates.node.NodeState.Gone;
import io.keelson.aggregates.node.NodeState.Reboot;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.NodeId;
import io.keelson.commands.node.NodeCommand.FailNodeReboot;
import io.keelson.commands.node.NodeCommand.RebootNode;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.node.NodeEvent.NodeRebootFailed;
import io.keelson.commands.node.NodeEvent.NodeRebootFinished;
import io.keelson.commands.node.NodeEvent.NodeRebootStarted;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedNode.Phase;
import java.util.List;

/**
 * Whether a node may boot again, and when it has: it is ready, and of another boot than before. A
 * node that has only been away for a moment has not booted.
 */
final class RebootDecider {

  private static final String GONE = "the node is gone";

  private RebootDecider() {}

  /** Who asks while it boots already gets that boot. */
  static List<NodeEvent> reboot(RebootNode c, NodeState state) {
    return switch (state) {
      case Alive alive when alive.reboot() != null || c.operation().equals(alive.rebooted()) ->
          List.of();
      case Alive alive -> {
        checkUp(alive);
        yield List.of(
            new NodeRebootStarted(
                c.nodeId(),
                alive.cluster(),
                alive.observed().pool(),
                c.operation(),
                alive.observed().bootId()));
      }
      case Absent _, Gone _ ->
          throw new CommandRejected(NOT_FOUND, "there is no node " + c.nodeId(), "node_id");
    };
  }

  private static void checkUp(Alive alive) {
    Phase phase = alive.observed().phase();
    boolean up =
        switch (phase) {
          case READY, NOT_READY -> !alive.cordoned();
          case CREATING, STARTING, REGISTERING, REBOOTING, CREATION_FAILED, DELETING -> false;
        };
    if (!up) {
      throw new CommandRejected(
          BUSY,
          "node %s is %s".formatted(alive.observed().node(), alive.cordoned() ? "going" : phase),
          "node_id");
    }
  }

  static List<NodeEvent> fail(FailNodeReboot c, NodeState state) {
    return state instanceof Alive alive && alive.reboots(c.operation())
        ? failed(c.nodeId(), alive, c.reason())
        : List.of();
  }

  static List<NodeEvent> gone(NodeId node, Alive alive) {
    return failed(node, alive, GONE);
  }

  private static List<NodeEvent> failed(NodeId node, Alive alive, String reason) {
    Reboot reboot = alive.reboot();
    return reboot == null
        ? List.of()
        : List.of(
            new NodeRebootFailed(
                node, alive.cluster(), alive.observed().pool(), reboot.operation(), reason));
  }

  static List<NodeEvent> seen(ObservedNode now, Alive alive) {
    Reboot reboot = alive.reboot();
    if (reboot == null || !hasBooted(now, reboot)) {
      return List.of();
    }
    return List.of(
        new NodeRebootFinished(
            now.node(), alive.cluster(), now.pool(), reboot.operation(), now.bootId()));
  }

  private static boolean hasBooted(ObservedNode now, Reboot before) {
    return now.phase() == Phase.READY
        && !now.bootId().isEmpty()
        && !now.bootId().equals(before.bootId());
  }
}
