package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.Pace.Step;
import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedNode.Phase;
import io.keelson.commands.provisioning.PoolDocument;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One simulated node, from the wish for it to its end: created, started, registered, ready;
 * drained, deleted. A machine that does not boot stays as it is.
 *
 * @param removedAt null: it stays
 */
record Machine(
    NodeId id, KubernetesVersion version, Instant createdAt, @Nullable Instant removedAt) {

  private static final Map<String, String> COMING = Map.of("Creating", "True", "Ready", "False");

  Machine removed(Instant now) {
    return removedAt == null ? new Machine(id, version, createdAt, now) : this;
  }

  /** Nothing happens before there is a control plane. */
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

  /** When it is empty, and its pool does not count it any more; null while it stays. */
  @Nullable Instant leavesAt(Laws laws) {
    return removedAt == null ? null : removedAt.plus(laws.takes(Step.NODE_DRAINING, id));
  }

  /** When nothing is left of it; null while it stays. */
  @Nullable Instant goneAt(Laws laws) {
    Instant left = leavesAt(laws);
    return left == null ? null : left.plus(laws.takes(Step.NODE_DELETING, id));
  }

  boolean goneBy(Instant at, Laws laws) {
    Instant gone = goneAt(laws);
    return gone != null && !gone.isAfter(at);
  }

  boolean countsAt(Instant at, Laws laws) {
    Instant left = leavesAt(laws);
    return !createdAt.isAfter(at) && (left == null || left.isAfter(at));
  }

  Stream<Instant> instants(Instant controlPlaneAt, Laws laws) {
    return Instants.known(
        createdAt,
        startsAt(controlPlaneAt, laws),
        registersAt(controlPlaneAt, laws),
        readyAt(controlPlaneAt, laws),
        removedAt,
        leavesAt(laws),
        goneAt(laws));
  }

  Phase phaseAt(Instant at, @Nullable Instant controlPlaneAt, String zone, Laws laws) {
    if (removedAt != null && !removedAt.isAfter(at)) {
      return Phase.DELETING;
    }
    if (controlPlaneAt == null || startsAt(controlPlaneAt, laws).isAfter(at)) {
      return Phase.CREATING;
    }
    if (registersAt(controlPlaneAt, laws).isAfter(at)) {
      return Phase.STARTING;
    }
    if (laws.faults().strike(Fault.BOOT_FAILURE, id)) {
      return Phase.CREATION_FAILED;
    }
    if (readyAt(controlPlaneAt, laws).isAfter(at)) {
      return Phase.REGISTERING;
    }
    return laws.struck(Fault.ZONE_OUTAGE, Step.SPELL, at, zone) ? Phase.NOT_READY : Phase.READY;
  }

  ObservedNode at(Instant at, @Nullable Instant controlPlaneAt, PoolDocument pool, Laws laws) {
    Phase phase = phaseAt(at, controlPlaneAt, pool.zone(), laws);
    boolean hasMachine = controlPlaneAt != null && !startsAt(controlPlaneAt, laws).isAfter(at);
    boolean wasReady = controlPlaneAt != null && !readyAt(controlPlaneAt, laws).isAfter(at);
    return new ObservedNode(
        id,
        pool.pool(),
        nameIn(pool),
        version,
        phase,
        hasMachine
            ? "scaleway://instance/" + pool.zone() + "/" + Id.derived("instance", id.toString())
            : "",
        conditions(phase, wasReady),
        phase == Phase.CREATION_FAILED ? "the instance did not boot" : "");
  }

  String nameIn(PoolDocument pool) {
    return "scw-%s-%s-%s"
        .formatted(first(16, pool.clusterName()), first(16, pool.name()), first(6, id.toString()));
  }

  private static Map<String, String> conditions(Phase phase, boolean wasReady) {
    return switch (phase) {
      case CREATING, STARTING, CREATION_FAILED -> COMING;
      case REGISTERING -> kubelet("False");
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
