package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.Pace.Step;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.ObservedControlPlane;
import io.keelson.commands.provisioning.Replicas;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A simulated control plane: its replicas, each with the instants of its life, laid out when a
 * document is applied. They come one after the other, and are rolled one by one, the new one first.
 */
record ControlPlane(Held<ClusterDocument> held, List<Replica> replicas) {

  /**
   * One API server with its etcd member.
   *
   * @param leavesAt null: it stays
   */
  record Replica(
      KubernetesVersion version, Instant startsAt, Instant readyAt, @Nullable Instant leavesAt) {

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
      return new Replica(version, startsAt, readyAt, at);
    }
  }

  ControlPlane {
    replicas = List.copyOf(replicas);
  }

  static ControlPlane created(ClusterDocument document, Instant now, Laws laws) {
    return new ControlPlane(
        Held.first(document, now), laidOut(List.of(), document, now, laws, Step.CONTROL_PLANE));
  }

  ControlPlane with(ClusterDocument document, Instant now, Laws laws) {
    return new ControlPlane(
        held.then(document, now), laidOut(replicas, document, now, laws, Step.REPLICA));
  }

  /** When the first replica can serve. */
  Instant availableAt() {
    return replicas.stream().map(Replica::readyAt).min(Comparator.naturalOrder()).orElseThrow();
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
    int upToDate = (int) running.stream().filter(r -> r.version().equals(shown.version())).count();
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

  private static Map<KubernetesVersion, Integer> versions(List<Replica> running) {
    return running.stream()
        .collect(Collectors.toMap(Replica::version, r -> 1, Integer::sum, TreeMap::new));
  }

  private static List<Replica> laidOut(
      List<Replica> before, ClusterDocument document, Instant now, Laws laws, Step firstStep) {
    List<Replica> staying = new ArrayList<>();
    List<Replica> outdated = new ArrayList<>();
    for (Replica replica : before) {
      if (replica.runsAt(now) && replica.version().equals(document.version())) {
        staying.add(replica.leaving(null));
      } else if (replica.runsAt(now) && replica.readyBy(now)) {
        outdated.add(replica);
      }
      // What has left, or has not come yet and would be the wrong version, is forgotten.
    }
    List<Replica> leaving = new ArrayList<>();
    Instant next = now;
    Step step = firstStep;
    while (staying.size() < document.controlPlaneReplicas()) {
      Instant ready = next.plus(laws.takes(step, document.cluster(), staying.size(), now));
      staying.add(new Replica(document.version(), next, ready, null));
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
