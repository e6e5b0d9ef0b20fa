package io.keelson.adapters.rest.node;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.pool.PoolWrites;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.request.ReadTimeout;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.write.CommandSender;
import io.keelson.adapters.rest.write.Subject;
import io.keelson.commands.Command;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.OperationId;
import io.keelson.commands.node.NodeCommand.RebootNode;
import io.keelson.commands.pool.PoolCommand.RemoveNode;
import io.keelson.commands.pool.PoolCommand.ReplaceNode;
import io.keelson.projections.status.NodeStatus;
import io.keelson.projections.status.Statuses;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Sends the commands of callers about single nodes. A node is deleted by a change of its pool,
 * which its row shows a moment later. No command is sent about a node that is being deleted.
 */
@Component
public class NodeWrites {
  private final Statuses statuses;
  private final CommandSender sender;
  private final PoolWrites pools;

  public NodeWrites(Statuses statuses, CommandSender sender, PoolWrites pools) {
    this.statuses = statuses;
    this.sender = sender;
    this.pools = pools;
  }

  /**
   * The node, if the caller may see it.
   *
   * @throws Refused when no such node exists for this caller
   */
  public NodeStatus find(Caller caller, Region region, NodeId node) {
    return read(caller, region, node)
        .orElseThrow(() -> new Refused(Problem.notFound("node", node.toString())));
  }

  /** Reboots a node and returns its current row. */
  NodeStatus reboot(NodeStatus node, OperationId operation, Region region, Caller caller) {
    if (isStarted(operation, caller)) {
      return node;
    }
    return send(
        new RebootNode(node.id(), operation),
        operation,
        node,
        region,
        caller,
        () -> read(caller, region, node.id()));
  }

  /** Replaces a node by a new one; the old node may stay until the new one is ready. */
  NodeStatus replace(NodeStatus node, OperationId operation, Region region, Caller caller) {
    if (isDeleting(node) || isStarted(operation, caller)) {
      return node;
    }
    ReplaceNode command = new ReplaceNode(node.cluster(), node.pool(), node.id(), operation);
    return send(command, operation, node, region, caller, () -> read(caller, region, node.id()));
  }

  /**
   * Deletes a node and reduces its pool's size by one. Returns once the row shows the deletion, or
   * after a timeout.
   */
  public NodeStatus remove(NodeStatus node, Region region, Caller caller) {
    if (isDeleting(node)) {
      return node;
    }
    OperationId operation = new OperationId(UUID.randomUUID());
    RemoveNode command = new RemoveNode(node.cluster(), node.pool(), node.id(), operation);
    return send(
        command,
        operation,
        node,
        region,
        caller,
        () ->
            new ReadTimeout()
                .read(
                    () -> read(caller, region, node.id()),
                    seen -> seen.map(NodeWrites::isDeleting).orElse(true)));
  }

  private NodeStatus send(
      Command command,
      OperationId operation,
      NodeStatus node,
      Region region,
      Caller caller,
      Supplier<Optional<NodeStatus>> read) {
    Subject subject =
        new Subject(
            "node",
            node.id(),
            () ->
                read(caller, region, node.id())
                    .map(NodeStatus::phase)
                    .map(NodeStatus::spelt)
                    .orElse("unknown"),
            pools.subject(node.cluster(), node.pool(), region.name(), caller));
    return sender.send(command, operation, subject, caller, read).orElse(node);
  }

  private Optional<NodeStatus> read(Caller caller, Region region, NodeId node) {
    return statuses.node(caller.scope(), region.name(), node);
  }

  /** Whether an earlier call with the same key has started the operation. */
  private boolean isStarted(OperationId operation, Caller caller) {
    return statuses.operation(caller.scope(), operation).isPresent();
  }

  private static boolean isDeleting(NodeStatus node) {
    return node.phase() == NodePhase.DELETING;
  }
}
