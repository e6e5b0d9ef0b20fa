package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.Pace.Step;
import io.keelson.commands.Id;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.PoolId;
import io.keelson.commands.provisioning.ObservedNode;
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
 * A simulated node pool. A new document first removes the nodes that it names. Then the pool grows
 * by new machines, or shrinks: it removes machines that are not ready before ready ones, and newer
 * before older ones. Existing machines keep their version; the caller rolls a pool node by node. A
 * removed pool stays as a tombstone.
 *
 * @param held null: the pool was removed before it was ever applied
 * @param machines in the order of their creation; the last ones may still wait for room
 * @param made how many machines the pool has ever had: the serial number of the next one
 * @param inhabitedSince when the pool got its first machine; null: it never had one
 * @param removedAt null: no removal was requested
 */
record NodePool(
    PoolId id,
    @Nullable AppliedDocument<PoolDocument> held,
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

  /** Applies a new document. */
  NodePool with(
      PoolDocument document, Instant now, @Nullable ControlPlane controlPlane, Laws laws) {
    Instant available = controlPlane == null ? null : controlPlane.availableAt();
    Set<NodeId> leaving = leaving(document, now, available, laws);
    List<Machine> after =
        machines.stream()
            .map(m -> leaving.contains(m.id()) ? m.removed(now, available, laws) : m)
            .toList();
    AppliedDocument<PoolDocument> holds =
        held == null ? AppliedDocument.first(document, now) : held.then(document, now);
    return new NodePool(id, holds, after, made, inhabitedSince, null)
        .filled(now, controlPlane, laws);
  }

  private Set<NodeId> leaving(
      PoolDocument document, Instant now, @Nullable Instant available, Laws laws) {
    Set<NodeId> leaving = new HashSet<>(document.nodesToRemove());
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
    return machine.phaseAt(now, available, document.machine().zone(), laws) == NodePhase.READY;
  }

  /**
   * Plans the missing machines. Each is created as soon as there is room for it and no API server
   * is older than it. Machines that still wait are planned again.
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
        after.add(Machine.requested(node, document, from));
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

  /** When there will be room for each missing machine, as far as is known. */
  private static List<Instant> rooms(
      PoolDocument document, List<Machine> there, Instant now, Laws laws) {
    int missing = document.size() - (int) there.stream().filter(Machine::stays).count();
    int free = document.maxSize() == 0 ? missing : document.maxSize() - there.size();
    List<Instant> departures =
        there.stream().map(m -> m.deletedAt(laws)).flatMap(Stream::ofNullable).sorted().toList();
    return IntStream.range(0, Math.max(0, missing))
        .map(i -> i - free)
        .filter(i -> i < departures.size())
        .mapToObj(i -> i < 0 ? now : departures.get(i))
        .toList();
  }

  /** The highest number of machines that the pool has at one time from now on. */
  int maxAtOnce(Instant now, Laws laws) {
    if (held == null || removedAt != null) {
      return existing(now, laws).size();
    }
    PoolDocument document = held.current();
    List<Machine> there = existing(now, laws);
    int staying = (int) there.stream().filter(Machine::stays).count();
    int desired = there.size() + Math.max(0, document.size() - staying);
    return document.maxSize() == 0
        ? desired
        : Math.max(there.size(), Math.min(document.maxSize(), desired));
  }

  List<Machine> existing(Instant now, Laws laws) {
    return machines.stream().filter(m -> m.existsAt(now, laws)).toList();
  }

  /** The serial number of the next machine; machines that do not exist yet do not count. */
  private int serial(Instant now) {
    return made - (int) machines.stream().filter(m -> m.createdAt().isAfter(now)).count();
  }

  /** Changes the machines of the pool. */
  NodePool with(UnaryOperator<Machine> change) {
    return new NodePool(
        id, held, machines.stream().map(change).toList(), made, inhabitedSince, removedAt);
  }

  /** Requests the removal of the pool; its nodes are drained. */
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

  /** Requests the removal together with the cluster; no budget delays it. */
  NodePool forced(Instant now, Laws laws) {
    return removed(now, null, laws).with(m -> m.forced(now));
  }

  /** When the pool and its nodes are deleted; null: no end is known. */
  @Nullable Instant deletedAt(Laws laws) {
    if (removedAt == null) {
      return null;
    }
    Instant last = removedAt.plus(laws.takes(Step.NODE_DRAINING, id));
    for (Machine machine : machines) {
      Instant deleted = machine.deletedAt(laws);
      if (deleted == null) {
        return null;
      }
      last = deleted.isAfter(last) ? deleted : last;
    }
    return last;
  }

  boolean presentAt(Instant at, Laws laws) {
    Instant deleted = deletedAt(laws);
    return held != null && (deleted == null || deleted.isAfter(at));
  }

  Stream<Instant> instants(Instant controlPlaneAt, Laws laws) {
    return Stream.concat(
        Instants.known(held == null ? null : held.since(), removedAt, deletedAt(laws)),
        machines.stream().flatMap(m -> m.instants(controlPlaneAt, laws)));
  }

  List<ObservedNode> nodesAt(Instant at, @Nullable Instant controlPlaneAt, Laws laws) {
    PoolDocument shown = held == null ? null : held.current();
    return shown == null
        ? List.of()
        : existing(at, laws).stream().map(m -> m.at(at, controlPlaneAt, shown, laws)).toList();
  }
}
