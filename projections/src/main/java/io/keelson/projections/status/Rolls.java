package io.keelson.projections.status;

import io.keelson.commands.upgrade.RollEvent.NodeReplaced;
import io.keelson.commands.upgrade.RollEvent.NodesPlanned;
import io.keelson.commands.upgrade.RollEvent.NodesSelected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Changes of a run's progress with its nodes. A node that is not planned has no place in it. */
final class Rolls {

  private Rolls() {}

  /** Nodes that a later plan adds follow those of the earlier plan. */
  static RollProgress planned(RollProgress roll, NodesPlanned e, Instant at) {
    List<RolledNode> nodes = new ArrayList<>(roll.nodes());
    e.nodes().stream()
        .filter(planned -> nodes.stream().noneMatch(node -> node.id().equals(planned.node())))
        .map(planned -> RolledNode.planned(planned.node(), planned.from(), e.to(), at))
        .forEach(nodes::add);
    return new RollProgress(roll.maxInFlight(), nodes);
  }

  static RollProgress selected(RollProgress roll, NodesSelected e, Instant at) {
    return changed(roll, node -> e.nodes().contains(node.id()), node -> node.selected(at));
  }

  static RollProgress replaced(RollProgress roll, NodeReplaced e, Instant at) {
    return changed(
        roll, node -> node.id().equals(e.node()), node -> node.replaced(e.successor(), at));
  }

  private static RollProgress changed(
      RollProgress roll, Predicate<RolledNode> which, UnaryOperator<RolledNode> change) {
    return new RollProgress(
        roll.maxInFlight(),
        roll.nodes().stream().map(node -> which.test(node) ? change.apply(node) : node).toList());
  }
}
