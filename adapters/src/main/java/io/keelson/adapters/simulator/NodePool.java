package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.Pace.Step;
import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import io.keelson.commands.provisioning.Condition;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedNode.Phase;
import io.keelson.commands.provisioning.ObservedPool;
import io.keelson.commands.provisioning.PoolDocument;
import io.keelson.commands.provisioning.Replicas;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A simulated node pool. It grows by new machines, and shrinks by those that do not serve, the
 * newest first, then by the newest that do; machines that it has keep their version (a pool is
 * rolled node by node, by who asks for it). A removed one stays as a tombstone.
 *
 * @param held null: it was removed before it was ever applied
 * @param made how many machines it has ever had: the next one's serial number
 * @param inhabitedSince when it got its first machine
 */
record NodePool(
    PoolId id,
    @Nullable Held<PoolDocument> held,
    List<Machine> machines,
    int made,
    @Nullable Instant inhabitedSince,
    @Nullable Instant removedAt) {

  NodePool {
    machines = List.copyOf(machines);
  }

  static NodePool absent(PoolId id) {
    return new NodePool(id, null, List.of(), 0, null, null);
  }

  /**
   * With a new document.
   *
   * @param controlPlaneAt when machines can first get ready; null: not yet
   */
  NodePool with(PoolDocument document, Instant now, @Nullable Instant controlPlaneAt, Laws laws) {
    List<Machine> staying = machines.stream().filter(m -> m.removedAt() == null).toList();
    int excess = staying.size() - document.size();
    Set<NodeId> leaving =
        IntStream.range(0, staying.size())
            .mapToObj(i -> staying.get(staying.size() - 1 - i)) // the newest first
            .sorted(Comparator.comparing(m -> serves(m, document, now, controlPlaneAt, laws)))
            .limit(Math.max(0, excess))
            .map(Machine::id)
            .collect(Collectors.toSet());
    List<Machine> after = new ArrayList<>();
    machines.stream()
        .filter(m -> !m.goneBy(now, laws))
        .map(m -> leaving.contains(m.id()) ? m.removed(now) : m)
        .forEach(after::add);
    int next = made;
    for (; excess < 0; excess++) {
      NodeId node = new NodeId(Id.derived("node", id.toString(), Integer.toString(next++)));
      after.add(new Machine(node, document.version(), now, null));
    }
    return new NodePool(
        id,
        held == null ? Held.first(document, now) : held.then(document, now),
        after,
        next,
        inhabitedSince == null && next > 0 ? now : inhabitedSince,
        null);
  }

  private static boolean serves(
      Machine machine,
      PoolDocument document,
      Instant now,
      @Nullable Instant controlPlaneAt,
      Laws laws) {
    return machine.phaseAt(now, controlPlaneAt, document.zone(), laws) == Phase.READY;
  }

  NodePool removed(Instant now) {
    return removedAt != null
        ? this
        : new NodePool(
            id,
            held,
            machines.stream().map(m -> m.removed(now)).toList(),
            made,
            inhabitedSince,
            now);
  }

  /** When nothing is left of it; null while it stays. */
  @Nullable Instant goneAt(Laws laws) {
    if (removedAt == null) {
      return null;
    }
    Instant last = removedAt.plus(laws.takes(Step.NODE_DRAINING, id));
    for (Machine machine : machines) {
      Instant gone = machine.goneAt(laws);
      last = gone != null && gone.isAfter(last) ? gone : last;
    }
    return last;
  }

  boolean presentAt(Instant at, Laws laws) {
    Instant gone = goneAt(laws);
    return held != null && (gone == null || gone.isAfter(at));
  }

  Stream<Instant> instants(Instant controlPlaneAt, Laws laws) {
    return Stream.concat(
        Instants.known(held == null ? null : held.since(), removedAt, goneAt(laws)),
        machines.stream().flatMap(m -> m.instants(controlPlaneAt, laws)));
  }

  List<ObservedNode> nodesAt(Instant at, @Nullable Instant controlPlaneAt, Laws laws) {
    PoolDocument shown = held == null ? null : held.current();
    return shown == null
        ? List.of()
        : machines.stream()
            .filter(m -> !m.createdAt().isAfter(at) && !m.goneBy(at, laws))
            .map(m -> m.at(at, controlPlaneAt, shown, laws))
            .toList();
  }

  ObservedPool at(Instant at, @Nullable Instant controlPlaneAt, Laws laws) {
    PoolDocument shown = held == null ? null : held.at(at);
    if (shown == null) {
      return new ObservedPool(id, 0, Replicas.NONE, List.of(), List.of());
    }
    boolean deleting = removedAt != null && !removedAt.isAfter(at);
    int desired = deleting ? 0 : shown.size();
    List<Machine> counted = machines.stream().filter(m -> m.countsAt(at, laws)).toList();
    List<ObservedNode> nodes =
        counted.stream().map(m -> m.at(at, controlPlaneAt, shown, laws)).toList();
    int ready = (int) nodes.stream().filter(n -> n.phase() == Phase.READY).count();
    int upToDate = (int) nodes.stream().filter(n -> n.version().equals(shown.version())).count();
    boolean flaps = laws.struck(Fault.FLAPPING, Step.FLAP, at, id);
    List<Condition> conditions = new ArrayList<>();
    conditions.add(Conditions.of("Available", (ready > 0 || desired == 0) && !flaps));
    conditions.add(Conditions.of("RollingOut", upToDate < counted.size()));
    conditions.add(Conditions.of("ScalingUp", ready < desired));
    conditions.add(Conditions.of("ScalingDown", counted.size() > desired));
    if (deleting) {
      conditions.add(Conditions.of("Deleting", true));
    }
    return new ObservedPool(
        id,
        shown.generation(),
        new Replicas(desired, counted.size(), ready, flaps ? 0 : ready, upToDate, versions(nodes)),
        conditions,
        nodes.stream()
            .filter(n -> !n.message().isEmpty())
            .map(n -> n.name() + ": " + n.message())
            .toList());
  }

  private static Map<KubernetesVersion, Integer> versions(List<ObservedNode> nodes) {
    return nodes.stream()
        .collect(Collectors.toMap(ObservedNode::version, n -> 1, Integer::sum, TreeMap::new));
  }
}
