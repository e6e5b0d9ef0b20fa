package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.Pace.Step;
import io.keelson.commands.Id;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedNode.Phase;
import io.keelson.commands.provisioning.PoolDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A simulated node pool. What is unwanted goes; then it grows by new machines, or shrinks by those
 * that do not serve, the newest first, then by the newest that do. Machines that it has keep their
 * version (a pool is rolled node by node, by who asks for it). A removed one stays as a tombstone.
 *
 * @param held null: it was removed before it was ever applied
 * @param machines in the order of their coming; those that wait for room are the last
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

  /** With a new document. */
  NodePool with(
      PoolDocument document, Instant now, @Nullable ControlPlane controlPlane, Laws laws) {
    Instant available = controlPlane == null ? null : controlPlane.availableAt();
    Set<NodeId> leaving = leaving(document, now, available, laws);
    List<Machine> after =
        machines.stream()
            .map(m -> leaving.contains(m.id()) ? m.removed(now, available, laws) : m)
            .toList();
    Held<PoolDocument> holds = held == null ? Held.first(document, now) : held.then(document, now);
    return new NodePool(id, holds, after, made, inhabitedSince, null)
        .filled(now, controlPlane, laws);
  }

  private Set<NodeId> leaving(
      PoolDocument document, Instant now, @Nullable Instant available, Laws laws) {
    Set<NodeId> leaving = new HashSet<>(document.unwanted());
    List<Machine> staying =
        machines.stream()
            .filter(m -> m.stays() && m.existsAt(now, laws) && !leaving.contains(m.id()))
            .toList();
    IntStream.range(0, staying.size())
        .mapToObj(i -> staying.get(staying.size() - 1 - i)) // the newest first
        .sorted(Comparator.comparing(m -> serves(m, document, now, available, laws)))
        .limit(Math.max(0, staying.size() - document.size()))
        .forEach(m -> leaving.add(m.id()));
    return leaving;
  }

  private static boolean serves(
      Machine machine, PoolDocument document, Instant now, @Nullable Instant available, Laws laws) {
    return machine.phaseAt(now, available, document.zone(), laws) == Phase.READY;
  }

  /**
   * With the machines that it lacks: each comes as soon as there is room for it, and no API server
   * that is older. Those that still waited are laid out anew.
   */
  NodePool filled(Instant now, @Nullable ControlPlane controlPlane, Laws laws) {
    if (held == null || removedAt != null) {
      return this;
    }
    PoolDocument document = held.current();
    Instant accepted =
        controlPlane == null ? null : controlPlane.acceptsFrom(document.version(), now);
    List<Machine> after = new ArrayList<>(existing(now, laws));
    int next = serial(now);
    if (accepted != null) {
      for (Instant room : rooms(document, List.copyOf(after), now, laws)) {
        NodeId node = new NodeId(Id.derived("node", id.toString(), Integer.toString(next++)));
        Instant from = room.isAfter(accepted) ? room : accepted;
        after.add(Machine.wanted(node, document, from));
      }
    }
    Instant first = inhabitedSince != null && !inhabitedSince.isAfter(now) ? inhabitedSince : null;
    return new NodePool(
        id,
        held,
        after,
        next,
        first != null ? first : after.stream().map(Machine::createdAt).findFirst().orElse(null),
        null);
  }

  /** When there will be room for each machine that is lacking, as far as is known. */
  private static List<Instant> rooms(
      PoolDocument document, List<Machine> there, Instant now, Laws laws) {
    int missing = document.size() - (int) there.stream().filter(Machine::stays).count();
    int free = document.most() == 0 ? missing : document.most() - there.size();
    List<Instant> departures =
        there.stream().map(m -> m.goneAt(laws)).flatMap(Stream::ofNullable).sorted().toList();
    return IntStream.range(0, Math.max(0, missing))
        .map(i -> i - free)
        .filter(i -> i < departures.size())
        .mapToObj(i -> i < 0 ? now : departures.get(i))
        .toList();
  }

  /** How many machines it has at once from now on, if they are to be had. */
  int mostAtOnce(Instant now, Laws laws) {
    if (held == null || removedAt != null) {
      return existing(now, laws).size();
    }
    PoolDocument document = held.current();
    List<Machine> there = existing(now, laws);
    int staying = (int) there.stream().filter(Machine::stays).count();
    int wanted = there.size() + Math.max(0, document.size() - staying);
    return document.most() == 0
        ? wanted
        : Math.max(there.size(), Math.min(document.most(), wanted));
  }

  List<Machine> existing(Instant now, Laws laws) {
    return machines.stream().filter(m -> m.existsAt(now, laws)).toList();
  }

  /** The next machine's serial number, if those that have not come do not count. */
  private int serial(Instant now) {
    return made - (int) machines.stream().filter(m -> m.createdAt().isAfter(now)).count();
  }

  /** With some of its machines changed. */
  NodePool with(UnaryOperator<Machine> change) {
    return new NodePool(
        id, held, machines.stream().map(change).toList(), made, inhabitedSince, removedAt);
  }

  /** It goes, its nodes drained. */
  NodePool removed(Instant now, @Nullable Instant controlPlaneAt, Laws laws) {
    return removedAt != null
        ? this
        : new NodePool(
            id,
            held,
            existing(now, laws).stream().map(m -> m.removed(now, controlPlaneAt, laws)).toList(),
            serial(now),
            inhabitedSince,
            now);
  }

  /** It goes with its cluster, and no budget holds it up. */
  NodePool forced(Instant now, Laws laws) {
    return removed(now, null, laws).with(m -> m.forced(now));
  }

  /** When nothing is left of it; null while it stays. */
  @Nullable Instant goneAt(Laws laws) {
    if (removedAt == null) {
      return null;
    }
    Instant last = removedAt.plus(laws.takes(Step.NODE_DRAINING, id));
    for (Machine machine : machines) {
      Instant gone = machine.goneAt(laws);
      if (gone == null) {
        return null;
      }
      last = gone.isAfter(last) ? gone : last;
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
        : existing(at, laws).stream().map(m -> m.at(at, controlPlaneAt, shown, laws)).toList();
  }
}
