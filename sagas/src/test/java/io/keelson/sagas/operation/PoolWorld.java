package io.keelson.sagas.operation;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.provisioning.Answer;
import io.keelson.commands.provisioning.Condition;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedNode.Phase;
import io.keelson.commands.provisioning.ObservedPool;
import io.keelson.commands.provisioning.PoolDocument;
import io.keelson.commands.provisioning.Replicas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A little provider of one pool that moves by one random step at a time, and forgets nothing. */
final class PoolWorld {

  private final Random random;
  private final int capacity;
  private final List<ObservedNode> nodes = new ArrayList<>();
  private PoolDocument document;
  private int made;

  PoolWorld(Random random, PoolDocument document, int capacity, KubernetesVersion version) {
    this.random = random;
    this.document = document;
    this.capacity = capacity;
    for (int i = 0; i < document.size(); i++) {
      nodes.add(Runs.node(made++, version, Phase.READY));
    }
  }

  List<NodeId> nodes() {
    return nodes.stream().map(ObservedNode::node).toList();
  }

  int existing() {
    return nodes.size();
  }

  int ready() {
    return (int) nodes.stream().filter(n -> n.phase() == Phase.READY).count();
  }

  List<ObservedNode> all() {
    return List.copyOf(nodes);
  }

  void fail(int number) {
    nodes.set(number, in(nodes.get(number), Phase.NOT_READY));
  }

  Answer apply(PoolDocument next) {
    if (next.generation() <= document.generation()) {
      return new Answer.Accepted("uid", document.generation());
    }
    if (next.most() > capacity) {
      return new Answer.Refused(Answer.Code.CAPACITY, "node_type", "out of stock");
    }
    document = next;
    nodes.replaceAll(n -> next.unwanted().contains(n.node()) ? in(n, Phase.DELETING) : n);
    return new Answer.Accepted("uid", next.generation());
  }

  /** One node comes, gets ready, or leaves; false: nothing is left to do. */
  boolean step() {
    List<Runnable> possible = new ArrayList<>();
    for (ObservedNode node : nodes) {
      if (node.phase() == Phase.DELETING) {
        possible.add(() -> nodes.remove(node));
      }
      if (node.phase() == Phase.CREATING) {
        possible.add(() -> nodes.set(nodes.indexOf(node), in(node, Phase.READY)));
      }
    }
    long staying = nodes.stream().filter(n -> n.phase() != Phase.DELETING).count();
    boolean room = document.most() == 0 || nodes.size() < document.most();
    if (staying < document.size() && room) {
      possible.add(() -> nodes.add(Runs.node(made++, document.version(), Phase.CREATING)));
    }
    if (possible.isEmpty()) {
      return false;
    }
    possible.get(random.nextInt(possible.size())).run();
    return true;
  }

  Sight sight(boolean withNodes) {
    int ready = ready();
    Map<KubernetesVersion, Integer> versions = new TreeMap<>();
    nodes.forEach(n -> versions.merge(n.version(), 1, Integer::sum));
    int upToDate = versions.getOrDefault(document.version(), 0);
    ObservedPool pool =
        new ObservedPool(
            Runs.ONE,
            document.generation(),
            new Replicas(document.size(), nodes.size(), ready, ready, upToDate, versions),
            List.of(new Condition("Available", "True", "", "")),
            List.of());
    return withNodes ? new Sight.OfPool(pool, all()) : new Sight.OfPool(pool);
  }

  private static ObservedNode in(ObservedNode node, Phase phase) {
    return new ObservedNode(
        node.node(),
        node.pool(),
        node.name(),
        node.version(),
        phase,
        node.providerId(),
        node.conditions(),
        node.message(),
        node.bootId());
  }
}
