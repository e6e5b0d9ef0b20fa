package io.keelson.sagas.upgrade;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.operation.RequestEvent.PoolRequested;
import io.keelson.commands.operation.TargetObservation;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.Result;
import io.keelson.sagas.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A little provider of one pool that moves by one random step at a time, and forgets nothing. */
public final class PoolWorld {

  private final Random random;
  private final int capacity;
  private final List<ObservedNode> nodes = new ArrayList<>();
  private KubernetesVersion version;
  private int size;
  private int maxSize;
  private long generation = 1;
  private int made;

  /** A pool whose nodes are all ready. */
  public PoolWorld(Random random, int size, int capacity, KubernetesVersion version) {
    this.random = random;
    this.capacity = capacity;
    this.size = size;
    this.version = version;
    for (int i = 0; i < size; i++) {
      nodes.add(Runs.node(made++, version, NodePhase.READY));
    }
  }

  public List<NodeId> ids() {
    return nodes.stream().map(ObservedNode::node).toList();
  }

  public int existing() {
    return nodes.size();
  }

  public int ready() {
    return (int) nodes.stream().filter(n -> n.phase() == NodePhase.READY).count();
  }

  public List<ObservedNode> all() {
    return List.copyOf(nodes);
  }

  public void fail(int number) {
    nodes.set(number, in(nodes.get(number), NodePhase.NOT_READY));
  }

  /** A node that comes although no document of the roll has asked for it. */
  public void add(KubernetesVersion its) {
    nodes.add(Runs.node(made++, its, NodePhase.READY));
  }

  public Result apply(PoolRequested next) {
    if (next.generation() <= generation) {
      return new Result.Accepted("uid", generation);
    }
    if (next.maxSize() > capacity) {
      return new Result.Refused(Result.Code.CAPACITY, "node_type", "out of stock");
    }
    generation = next.generation();
    size = next.size();
    maxSize = next.maxSize();
    version = Runs.VERSION;
    nodes.replaceAll(n -> next.nodesToRemove().contains(n.node()) ? in(n, NodePhase.DELETING) : n);
    return new Result.Accepted("uid", next.generation());
  }

  /** One node comes, gets ready, or leaves; false: nothing is left to do. */
  public boolean step() {
    List<Runnable> possible = new ArrayList<>();
    for (ObservedNode node : nodes) {
      if (node.phase() == NodePhase.DELETING) {
        possible.add(() -> nodes.remove(node));
      }
      if (node.phase() == NodePhase.CREATING) {
        possible.add(() -> nodes.set(nodes.indexOf(node), in(node, NodePhase.READY)));
      }
    }
    long staying = nodes.stream().filter(n -> n.phase() != NodePhase.DELETING).count();
    boolean room = maxSize == 0 || nodes.size() < maxSize;
    if (staying < size && room) {
      possible.add(() -> nodes.add(Runs.node(made++, version, NodePhase.CREATING)));
    }
    if (possible.isEmpty()) {
      return false;
    }
    possible.get(random.nextInt(possible.size())).run();
    return true;
  }

  /** A node that is being deleted is counted until it is drained. */
  public TargetObservation observe() {
    List<ObservedNode> counted =
        nodes.stream()
            .filter(n -> n.phase() != NodePhase.DELETING || random.nextBoolean())
            .toList();
    return Runs.nodes(generation, size, counted, nodes);
  }

  private static ObservedNode in(ObservedNode node, NodePhase phase) {
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
