package io.keelson.infra.benchmarks;

import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.Origin;
import io.keelson.commands.PoolId;
import io.keelson.commands.node.NodeAttributes;
import io.keelson.commands.node.NodeAttributes.Change;
import io.keelson.commands.node.NodeCommand.RecordNodeObserved;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.node.NodeEvent.NodeCreated;
import io.keelson.commands.node.NodeEvent.NodePhaseChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The nodes of all measures: each command has one event of about 500 bytes. */
final class Nodes {

  static final Origin ORIGIN = Origin.system("benchmarks", Origin.SYSTEM, "benchmarks");
  private static final PoolId POOL = new PoolId(UUID.randomUUID());

  private Nodes() {}

  static List<NodeId> some(int number) {
    List<NodeId> nodes = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      nodes.add(new NodeId(UUID.randomUUID()));
    }
    return nodes;
  }

  /** An observation of a node, different for each number. */
  static RecordNodeObserved command(NodeId node, long number) {
    return new RecordNodeObserved(node, cluster(node), POOL, attributes(node, number));
  }

  /** The first events of a node, as its decider would return them. */
  static List<NodeEvent> life(NodeId node, int events) {
    List<NodeEvent> life = new ArrayList<>();
    life.add(new NodeCreated(node, cluster(node), POOL, attributes(node, 0)));
    for (int i = 1; i < events; i++) {
      life.add(event(node, i));
    }
    return life;
  }

  static NodeEvent event(NodeId node, long number) {
    NodeAttributes before = attributes(node, number - 1);
    NodeAttributes after = attributes(node, number);
    return new NodePhaseChanged(
        node, cluster(node), POOL, Change.between(after, before), Change.between(before, after));
  }

  /** One of 16 clusters. */
  private static ClusterId cluster(NodeId node) {
    return new ClusterId(new UUID(0, node.value().hashCode() & 0xF));
  }

  private static NodeAttributes attributes(NodeId node, long number) {
    return new NodeAttributes(
        "pool-default-" + node.value(),
        new KubernetesVersion(1, 35, 3),
        number % 2 == 0 ? NodePhase.READY : NodePhase.NOT_READY,
        "scaleway://instance/fr-par-1/" + node,
        Map.of("Ready", number % 2 == 0 ? "True" : "False", "DiskPressure", "False"),
        "observation " + number,
        "boot-1");
  }
}
