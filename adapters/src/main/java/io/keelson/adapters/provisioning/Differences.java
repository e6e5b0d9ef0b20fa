package io.keelson.adapters.provisioning;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Command;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterAbsent;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterObserved;
import io.keelson.commands.node.NodeAttributes;
import io.keelson.commands.node.NodeCommand.RecordNodeAbsent;
import io.keelson.commands.node.NodeCommand.RecordNodeObserved;
import io.keelson.commands.provisioning.ObservedCluster;
import io.keelson.commands.provisioning.ObservedNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The significant differences between what is known and an observation, as commands. Pure. */
final class Differences {

  private Differences() {}

  /**
   * Nodes that are ready come first, so that at no moment fewer nodes are recorded as ready than
   * there were before or are after. The cluster comes after its nodes.
   */
  static List<Command> present(KnownCluster known, ObservedCluster observed) {
    List<Command> commands = new ArrayList<>();
    observed.nodes().stream()
        .sorted(Comparator.comparing(node -> node.phase() != NodePhase.READY))
        .filter(node -> differs(known, node))
        .forEach(node -> commands.add(record(known.cluster(), node)));
    Set<NodeId> present =
        observed.nodes().stream().map(ObservedNode::node).collect(Collectors.toSet());
    absentNodes(known, present).forEach(commands::add);
    RecordClusterObserved cluster = ObservedHealth.of(observed);
    if (known.uncertain() || !cluster.equals(known.recorded())) {
      commands.add(cluster);
    }
    return commands;
  }

  /** The cluster comes after its nodes, so that none of them is left over. */
  static List<Command> absent(KnownCluster known) {
    List<Command> commands = new ArrayList<>(absentNodes(known, Set.of()).toList());
    if (known.uncertain() || known.recorded() != null) {
      commands.add(new RecordClusterAbsent(known.cluster()));
    }
    return commands;
  }

  private static boolean differs(KnownCluster known, ObservedNode node) {
    NodeAttributes before = known.nodes().get(node.node());
    return known.uncertain() || before == null || before.differsFrom(ObservedHealth.of(node));
  }

  private static Command record(ClusterId cluster, ObservedNode node) {
    return new RecordNodeObserved(node.node(), cluster, node.pool(), ObservedHealth.of(node));
  }

  private static Stream<Command> absentNodes(KnownCluster known, Set<NodeId> present) {
    return known.nodes().keySet().stream()
        .filter(node -> !present.contains(node))
        .map(node -> new RecordNodeAbsent(node, known.cluster()));
  }
}
