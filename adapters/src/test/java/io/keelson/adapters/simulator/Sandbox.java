package io.keelson.adapters.simulator;

import io.keelson.adapters.provisioning.Documents;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.PoolId;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.ObservedCluster;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedPool;
import io.keelson.commands.provisioning.PoolDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A simulated cluster of one pool, written and observed at seconds of its simulated time. */
final class Sandbox {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  /** Long after everything that was requested at the start is there. */
  static final int SETTLED = 10_000;

  final ClusterId cluster = Documents.newCluster();
  final PoolId pool = Documents.newPool();
  final Laws laws;
  World world = World.EMPTY;

  Sandbox(long seed, Map<Fault, Double> faults) {
    this.laws = new Laws(new Pace(1, seed), new Faults(seed, faults));
  }

  /** With a control plane and a pool of that size, both settled. */
  static Sandbox settled(int nodes, Map<Fault, Double> faults) {
    Sandbox sandbox = new Sandbox(7, faults);
    sandbox.apply(Documents.controlPlane(sandbox.cluster, 1, 1), 0);
    sandbox.apply(Documents.pool(sandbox.cluster, sandbox.pool, 2, nodes), 0);
    return sandbox;
  }

  static Sandbox settled(int nodes) {
    return settled(nodes, Map.of());
  }

  static Instant at(int second) {
    return START.plus(Duration.ofSeconds(second));
  }

  int apply(ClusterDocument document, int second) {
    return made(WorldWrites.apply(world, document, at(second), laws));
  }

  int apply(PoolDocument document, int second) {
    return made(
        WorldWrites.apply(
            world,
            document,
            "generation " + document.generation(),
            at(second),
            laws,
            () -> Integer.MAX_VALUE));
  }

  int reboot(NodeId node, String key, int second) {
    return made(WorldWrites.reboot(world, pool, node, key, at(second), laws));
  }

  int removePool(int second) {
    return made(WorldWrites.removePool(world, pool, at(second), laws));
  }

  int removeCluster(int second) {
    return made(WorldWrites.removeCluster(world, at(second), laws));
  }

  /** How many effects it had. */
  private int made(WorldWrites.Change change) {
    world = change.world();
    return change.effects();
  }

  ObservedCluster shown(int second) {
    return world.shown(cluster, at(second), laws).orElseThrow();
  }

  ObservedPool pool(int second) {
    return shown(second).pools().getFirst();
  }

  List<ObservedNode> nodes(int second) {
    return shown(second).nodes();
  }

  ObservedNode node(NodeId node, int second) {
    return nodes(second).stream().filter(n -> n.node().equals(node)).findFirst().orElseThrow();
  }

  List<NodeId> ids(int second) {
    return nodes(second).stream().map(ObservedNode::node).toList();
  }

  long ready(int second) {
    return nodes(second).stream().filter(n -> n.phase() == NodePhase.READY).count();
  }
}
