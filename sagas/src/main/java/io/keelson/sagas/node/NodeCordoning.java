package io.keelson.sagas.node;

import io.keelson.commands.Command;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.node.NodeCommand.CordonNode;
import io.keelson.commands.upgrade.RollEvent.NodesSelected;
import io.keelson.sagas.operation.Reaction;
import java.util.List;

/** Cordons nodes that a run has selected for removal, whatever its process. */
public final class NodeCordoning implements Reaction {

  @Override
  public List<Command> effects(DomainEvent event) {
    return event instanceof NodesSelected e
        ? e.nodes().stream().<Command>map(node -> new CordonNode(node, e.operation())).toList()
        : List.of();
  }
}
