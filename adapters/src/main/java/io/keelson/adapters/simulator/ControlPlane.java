package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.Pace.Step;
import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.ObservedControlPlane;
import io.keelson.commands.provisioning.Replicas;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A simulated control plane. Applying a document plans the life of each replica. Replicas start one
 * after the other. A document that changes how they are started replaces them one by one: a new
 * replica is ready before an old one leaves.
 *
 * @param availableAt when the first replica could serve; a roll does not change it
 */
record ControlPlane(
    AppliedDocument<ClusterDocument> held, List<Replica> replicas, Instant availableAt) {

  /**
   * One API server with its etcd member.
   *
   * @param start identifies all start options except the version; null: unknown
   * @param leavesAt null: the replica stays
   */
  record Replica(
      KubernetesVersion version,
      @Nullable UUID start,
      Instant startsAt,
      Instant readyAt,
      @Nullable Instant leavesAt) {

    boolean isAs(ClusterDocument document) {
      return version.equals(document.version())
          && (start == null || start.equals(startOf(document)));
    }

    boolean runsAt(Instant at) {
      return !startsAt.isAfter(at) && !leftBy(at);
    }

    boolean leftBy(Instant at) {
      return leavesAt != null && !leavesAt.isAfter(at);
    }

    boolean readyBy(Instant at) {
      return !readyAt.isAfter(at);
    }

    Replica leaving(@Nullable Instant at) {
      return new Replica(version, start, startsAt, readyAt, at);
    }
  }

  ControlPlane {
    replicas = List.copyOf(replicas);
    // A world of an earlier release does not store it.
    availableAt = availableAt == null ? firstReady(replicas) : availableAt;
  }

  static ControlPlane created(ClusterDocument document, Instant now, Laws laws) {
    List<Replica> replicas = laidOut(List.of(), document, now, laws, Step.CONTROL_PLANE);
    return new ControlPlane(AppliedDocument.first(document, now), replicas, firstReady(replicas));
  }

  ControlPlane with(ClusterDocument document, Instant now, Laws laws) {
    List<Replica> after = laidOut(replicas, document, now, laws, Step.REPLICA);
    return new ControlPlane(
        held.then(document, now),
        after,
        availableAt.isAfter(now) ? firstReady(after) : availableAt);
  }

  /**
   * When the last API server older than a version leaves, at the earliest now; null: one of them
   * stays.
   */
  @Nullable Instant acceptsFrom(KubernetesVersion kubelet, Instant now) {
    Instant from = now;
    for (Replica replica : replicas) {
      if (replica.version().compareTo(kubelet) >= 0 || replica.leftBy(from)) {
        continue;
      }
      if (replica.leavesAt() == null) {
        return null;
      }
      from = replica.leavesAt();
    }
    return from;
  }

  /** The oldest version of the running API servers. */
  Optional<KubernetesVersion> oldestAt(Instant at) {
    return replicas.stream()
        .filter(r -> r.runsAt(at))
        .map(Replica::version)
        .min(Comparator.naturalOrder());
  }

  Stream<Instant> instants() {
    return Stream.concat(
        Stream.of(held.since()),
        replicas.stream().flatMap(r -> Instants.known(r.startsAt(), r.readyAt(), r.leavesAt())));
  }

  ObservedControlPlane at(Instant at, Laws laws) {
    ClusterDocument shown = held.at(at);
    if (shown == null) {
      return new ObservedControlPlane(0, Replicas.NONE, List.of());
    }
    List<Replica> running = replicas.stream().filter(r -> r.runsAt(at)).toList();
    int desired = shown.controlPlaneReplicas();
    int ready = (int) running.stream().filter(r -> r.readyBy(at)).count();
    int upToDate = (int) running.stream().filter(r -> r.isAs(shown)).count();
    boolean flaps = laws.struck(Fault.FLAPPING, Step.FLAP, at, shown.cluster());
    return new ObservedControlPlane(
        shown.generation(),
        new Replicas(
            desired, running.size(), ready, flaps ? 0 : ready, upToDate, versions(running)),
        List.of(
            Conditions.of("Available", ready > 0 && !flaps),
            Conditions.of("RollingOut", upToDate < running.size()),
            Conditions.of("ScalingUp", ready < desired || running.size() < desired),
            Conditions.of("ScalingDown", running.size() > desired)));
  }

  private static Instant firstReady(List<Replica> replicas) {
    return replicas.stream().map(Replica::readyAt).min(Comparator.naturalOrder()).orElseThrow();
  }

  /** Identifies all start options of an API server except its version. */
  private static UUID startOf(ClusterDocument document) {
    return Id.derived(
        document.type(),
        sorted(document.apiServer().featureGates()),
        sorted(document.apiServer().admissionPlugins()),
        document.apiServer().openIdConnect().toString(),
        sorted(document.apiServer().certSans()));
  }

  private static String sorted(List<String> names) {
    return names.stream().sorted().toList().toString();
  }

  private static Map<KubernetesVersion, Integer> versions(List<Replica> running) {
    return running.stream()
        .collect(Collectors.toMap(Replica::version, r -> 1, Integer::sum, TreeMap::new));
  }

  private static List<Replica> laidOut(
      List<Replica> before, ClusterDocument document, Instant now, Laws laws, Step firstStep) {
    List<Replica> staying = new ArrayList<>();
    List<Replica> outdated = new ArrayList<>();
    for (Replica replica : before) {
      if (replica.runsAt(now) && replica.isAs(document)) {
        staying.add(replica.leaving(null));
      } else if (replica.runsAt(now) && replica.readyBy(now)) {
        outdated.add(replica);
      }
      // Dropped: a replica that has left, and an outdated one that is not ready yet.
    }
    List<Replica> leaving = new ArrayList<>();
    Instant next = now;
    Step step = firstStep;
    while (staying.size() < document.controlPlaneReplicas()) {
      Instant ready = next.plus(laws.takes(step, document.cluster(), staying.size(), now));
      staying.add(new Replica(document.version(), startOf(document), next, ready, null));
      if (!outdated.isEmpty()) {
        leaving.add(outdated.removeFirst().leaving(ready));
      }
      next = ready;
      step = Step.REPLICA;
    }
    while (staying.size() > document.controlPlaneReplicas()) {
      outdated.add(staying.removeLast());
    }
    for (Replica replica : outdated) {
      next = next.plus(laws.takes(Step.REPLICA, document.cluster(), now));
      leaving.add(replica.leaving(next));
    }
    leaving.addAll(staying);
    return leaving;
  }
}
