package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.Pace.Step;
import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.PoolDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One simulated node. Its life: requested, created, started, registered, ready, possibly rebooted;
 * then cordoned, drained, its machine deleted, the node deleted. A machine that does not boot stays
 * in that phase until it is removed.
 *
 * @param name null: the name follows from the current document of the pool
 * @param createdAt in the future for a node that waits for room; it does not exist before
 * @param removedAt null: no removal was requested
 * @param yieldsAt since when no disruption budget delays the drain, because the node has no pods or
 *     its cluster is removed; null: budgets apply
 */
record Machine(
    NodeId id,
    @Nullable String name,
    KubernetesVersion version,
    Instant createdAt,
    @Nullable Instant removedAt,
    @Nullable Instant yieldsAt,
    Boots boots) {

  private static final Map<String, String> COMING = Map.of("Creating", "True", "Ready", "False");

  Machine {
    boots =
        Objects.requireNonNullElse(boots, Boots.FIRST); // absent in a world of an earlier release
  }

  static Machine requested(NodeId id, PoolDocument pool, Instant createdAt) {
    return new Machine(id, nameOf(id, pool), pool.version(), createdAt, null, null, Boots.FIRST);
  }

  boolean stays() {
    return removedAt == null;
  }

  /** Requests the removal with a drain. */
  Machine removed(Instant now, @Nullable Instant controlPlaneAt, Laws laws) {
    return removedAt != null
        ? this
        : new Machine(
            id,
            name,
            version,
            createdAt,
            now,
            readyBy(now, controlPlaneAt, laws) ? null : now,
            boots);
  }

  /** Requests the removal, and drains without regard to budgets. */
  Machine forced(Instant now) {
    return new Machine(
        id,
        name,
        version,
        createdAt,
        removedAt == null ? now : removedAt,
        yieldsAt == null ? now : yieldsAt,
        boots);
  }

  /** Requests a reboot, unless the key is that of an earlier request. */
  Machine rebooted(String key, Instant now) {
    return new Machine(id, name, version, createdAt, removedAt, yieldsAt, boots.with(key, now));
  }

  /** A node begins at the earliest when the control plane is available. */
  private Instant beginsAt(Instant controlPlaneAt) {
    return createdAt.isAfter(controlPlaneAt) ? createdAt : controlPlaneAt;
  }

  private Instant startsAt(Instant controlPlaneAt, Laws laws) {
    return beginsAt(controlPlaneAt).plus(laws.takes(Step.NODE_CREATING, id));
  }

  private Instant registersAt(Instant controlPlaneAt, Laws laws) {
    return startsAt(controlPlaneAt, laws).plus(laws.takes(Step.NODE_STARTING, id));
  }

  private Instant readyAt(Instant controlPlaneAt, Laws laws) {
    return registersAt(controlPlaneAt, laws).plus(laws.takes(Step.NODE_REGISTERING, id));
  }

  /** Whether its kubelet has ever been ready. */
  boolean readyBy(Instant at, @Nullable Instant controlPlaneAt, Laws laws) {
    return controlPlaneAt != null
        && !laws.faults().strike(Fault.BOOT_FAILURE, id)
        && !readyAt(controlPlaneAt, laws).isAfter(at);
  }

  /** When a budget begins to delay the drain; null: no budget does. */
  private @Nullable Instant heldFrom(Laws laws) {
    return removedAt == null || !Drain.blocked(id, laws)
        ? null
        : removedAt.plus(laws.takes(Step.NODE_DRAINING, id));
  }

  /** When the drain ends, and the pool no longer counts the node; null: no end is known. */
  @Nullable Instant leavesAt(Laws laws) {
    if (removedAt == null) {
      return null;
    }
    Duration draining = laws.takes(Step.NODE_DRAINING, id);
    Duration held = Drain.held(id, laws);
    Instant drained = held == null ? null : removedAt.plus(draining).plus(held);
    Instant yielded = yieldsAt == null ? null : yieldsAt.plus(draining);
    return Instants.known(drained, yielded).min(Instant::compareTo).orElse(null);
  }

  /** When the node is deleted; null: no end is known. */
  @Nullable Instant deletedAt(Laws laws) {
    Instant left = leavesAt(laws);
    return left == null ? null : left.plus(laws.takes(Step.NODE_DELETING, id));
  }

  boolean deletedBy(Instant at, Laws laws) {
    Instant deleted = deletedAt(laws);
    return deleted != null && !deleted.isAfter(at);
  }

  boolean existsAt(Instant at, Laws laws) {
    return !createdAt.isAfter(at) && !deletedBy(at, laws);
  }

  boolean countsAt(Instant at, Laws laws) {
    Instant left = leavesAt(laws);
    return !createdAt.isAfter(at) && (left == null || left.isAfter(at));
  }

  Stream<Instant> instants(Instant controlPlaneAt, Laws laws) {
    return Stream.concat(
        Instants.known(
            createdAt,
            startsAt(controlPlaneAt, laws),
            registersAt(controlPlaneAt, laws),
            readyAt(controlPlaneAt, laws),
            removedAt,
            heldFrom(laws),
            leavesAt(laws),
            deletedAt(laws)),
        boots.instants(id, laws));
  }

  /** Whether the node has a running machine, which can be rebooted. */
  boolean runsAt(Instant at, @Nullable Instant controlPlaneAt, String zone, Laws laws) {
    return switch (phaseAt(at, controlPlaneAt, zone, laws)) {
      case READY, NOT_READY, REBOOTING -> true;
      case CREATING, STARTING, REGISTERING, CREATION_FAILED, DELETING -> false;
    };
  }

  NodePhase phaseAt(Instant at, @Nullable Instant controlPlaneAt, String zone, Laws laws) {
    if (removedAt != null && !removedAt.isAfter(at)) {
      return NodePhase.DELETING;
    }
    if (controlPlaneAt == null || startsAt(controlPlaneAt, laws).isAfter(at)) {
      return NodePhase.CREATING;
    }
    if (registersAt(controlPlaneAt, laws).isAfter(at)) {
      return NodePhase.STARTING;
    }
    if (laws.faults().strike(Fault.BOOT_FAILURE, id)) {
      return NodePhase.CREATION_FAILED;
    }
    if (readyAt(controlPlaneAt, laws).isAfter(at)) {
      return NodePhase.REGISTERING;
    }
    if (boots.underWayAt(at, id, laws)) {
      return NodePhase.REBOOTING;
    }
    return laws.struck(Fault.ZONE_OUTAGE, Step.SPELL, at, zone)
        ? NodePhase.NOT_READY
        : NodePhase.READY;
  }

  ObservedNode at(Instant at, @Nullable Instant controlPlaneAt, PoolDocument pool, Laws laws) {
    NodePhase phase = phaseAt(at, controlPlaneAt, pool.machine().zone(), laws);
    boolean hasMachine = controlPlaneAt != null && !startsAt(controlPlaneAt, laws).isAfter(at);
    boolean hasBooted =
        controlPlaneAt != null
            && !registersAt(controlPlaneAt, laws).isAfter(at)
            && !laws.faults().strike(Fault.BOOT_FAILURE, id);
    return new ObservedNode(
        id,
        pool.pool(),
        name == null ? nameOf(id, pool) : name,
        version,
        phase,
        hasMachine
            ? "scaleway://instance/"
                + pool.machine().zone()
                + "/"
                + Id.derived("instance", id.toString())
            : "",
        conditions(phase, readyBy(at, controlPlaneAt, laws)),
        message(phase, at, laws),
        hasBooted ? boots.idAt(at, id, laws) : "");
  }

  private String message(NodePhase phase, Instant at, Laws laws) {
    if (phase == NodePhase.CREATION_FAILED) {
      return "the instance did not boot";
    }
    Instant held = heldFrom(laws);
    return held != null && !held.isAfter(at) && countsAt(at, laws) ? Drain.message(id, laws) : "";
  }

  private static String nameOf(NodeId id, PoolDocument pool) {
    return "scw-%s-%s-%s"
        .formatted(first(16, pool.clusterName()), first(16, pool.name()), first(6, id.toString()));
  }

  private static Map<String, String> conditions(NodePhase phase, boolean wasReady) {
    return switch (phase) {
      case CREATING, STARTING, CREATION_FAILED -> COMING;
      case REGISTERING, REBOOTING -> kubelet("False");
      case READY -> kubelet("True");
      case NOT_READY -> kubelet("Unknown");
      case DELETING -> wasReady ? kubelet("True") : COMING;
    };
  }

  private static Map<String, String> kubelet(String ready) {
    return Map.of(
        "DiskPressure", "False", "MemoryPressure", "False", "PIDPressure", "False", "Ready", ready);
  }

  private static String first(int length, String text) {
    int characters = text.codePointCount(0, text.length());
    return text.substring(0, text.offsetByCodePoints(0, Math.min(length, characters)));
  }
}
