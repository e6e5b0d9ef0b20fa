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
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterCommand.RemoveNode;
import io.keelson.commands.cluster.ClusterCommand.ReplaceNode;
import io.keelson.commands.node.NodeCommand.RebootNode;
import io.keelson.commands.provisioning.ObservedNode.Phase;
import io.keelson.projections.status.NodeStatus;
import io.keelson.projections.status.Statuses;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Sends what callers want of single nodes. That a node goes is a wish about its pool, and shows at
 * the node a moment later; one that is going already is asked for nothing more.
 */
@Component
public class NodeWrites {
  private final Statuses statuses;
  private final CommandSender writes;
  private final PoolWrites pools;

  public NodeWrites(Statuses statuses, CommandSender writes, PoolWrites pools) {
    this.statuses = statuses;
    this.writes = writes;
    this.pools = pools;
  }

  /**
   * The node as its caller may see it.
   *
   * @throws Refused when there is none for this caller
   */
  public NodeStatus find(Caller caller, Region region, NodeId node) {
    return read(caller, region, node)
        .orElseThrow(() -> new Refused(Problem.notFound("node", node.toString())));
  }

  /** Boots a node again, and answers with what is seen of it then. */
  NodeStatus reboot(NodeStatus node, OperationId operation, Region region, Caller caller) {
    if (isKnown(operation, caller)) {
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

  /** Replaces a node by a new one; it may stay until that is ready. */
  NodeStatus replace(NodeStatus node, OperationId operation, Region region, Caller caller) {
    if (isLeaving(node) || isKnown(operation, caller)) {
      return node;
    }
    ReplaceNode command =
        new ReplaceNode(node.cluster(), node.observed().pool(), node.id(), operation);
    return send(command, operation, node, region, caller, () -> read(caller, region, node.id()));
  }

  /** Deletes a node, its pool having one less from then on, and answers once it is seen to go. */
  public NodeStatus remove(NodeStatus node, Region region, Caller caller) {
    if (isLeaving(node)) {
      return node;
    }
    OperationId operation = new OperationId(UUID.randomUUID());
    RemoveNode command =
        new RemoveNode(node.cluster(), node.observed().pool(), node.id(), operation);
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
                    seen -> seen.map(NodeWrites::isLeaving).orElse(true)));
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
            pools.subject(node.cluster(), node.observed().pool(), region.name(), caller));
    return writes.send(command, operation, subject, caller, read).orElse(node);
  }

  private Optional<NodeStatus> read(Caller caller, Region region, NodeId node) {
    return statuses.node(caller.scope(), region.name(), node);
  }

  /** Whether this is what another call with the same key has done already. */
  private boolean isKnown(OperationId operation, Caller caller) {
    return statuses.operation(caller.scope(), operation).isPresent();
  }

  private static boolean isLeaving(NodeStatus node) {
    return node.phase() == Phase.DELETING;
  }
}
