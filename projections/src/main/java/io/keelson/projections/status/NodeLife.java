package io.keelson.projections.status;

import io.keelson.commands.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node and what was done to it, also after its deletion.
 *
 * @param predecessor the node that it replaced; null: it replaced none
 * @param successor the node that replaced it; null: none did
 * @param operations the runs that were about it, newest first
 */
public record NodeLife(
    NodeStatus node,
    @Nullable NodeId predecessor,
    @Nullable NodeId successor,
    List<OperationStatus> operations) {

  public NodeLife {
    operations = List.copyOf(operations);
  }

  /** Predecessor and successor are read from the runs that replace nodes. */
  static NodeLife of(NodeStatus node, List<OperationStatus> operations) {
    NodeId predecessor = null;
    NodeId successor = null;
    for (OperationStatus operation : operations) {
      for (RolledNode rolled : operation.roll().nodes()) {
        if (node.id().equals(rolled.successor())) {
          predecessor = rolled.id();
        }
        if (node.id().equals(rolled.id()) && rolled.successor() != null) {
          successor = rolled.successor();
        }
      }
    }
    return new NodeLife(node, predecessor, successor, operations);
  }
}
