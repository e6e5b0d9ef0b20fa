package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.Pace.Step;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodePhase;
import io.keelson.commands.provisioning.Condition;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedPool;
import io.keelson.commands.provisioning.PoolDocument;
import io.keelson.commands.provisioning.Replicas;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Computes the observed status of a pool at an instant. A node that is being deleted is counted,
 * but never as ready.
 */
final class PoolView {

  private PoolView() {}

  static ObservedPool at(Instant at, NodePool pool, ControlPlane controlPlane, Laws laws) {
    PoolDocument shown = pool.held() == null ? null : pool.held().at(at);
    if (shown == null) {
      return new ObservedPool(pool.id(), 0, Replicas.NONE, List.of(), List.of());
    }
    boolean deleting = pool.removedAt() != null && !pool.removedAt().isAfter(at);
    int desired = deleting ? 0 : shown.size();
    List<ObservedNode> nodes =
        pool.machines().stream()
            .filter(m -> m.countsAt(at, laws))
            .map(m -> m.at(at, controlPlane.availableAt(), shown, laws))
            .toList();
    int ready = count(NodePhase.READY, nodes);
    int leaving = count(NodePhase.DELETING, nodes);
    int upToDate = (int) nodes.stream().filter(n -> n.version().equals(shown.version())).count();
    boolean flaps = laws.struck(Fault.FLAPPING, Step.FLAP, at, pool.id());
    List<Condition> conditions = new ArrayList<>();
    conditions.add(Conditions.of("Available", (ready > 0 || desired == 0) && !flaps));
    conditions.add(Conditions.of("RollingOut", upToDate < nodes.size()));
    conditions.add(Conditions.of("ScalingUp", ready < desired));
    conditions.add(Conditions.of("ScalingDown", nodes.size() > desired || leaving > 0));
    if (deleting) {
      conditions.add(Conditions.of("Deleting", true));
    }
    boolean lacking = nodes.size() - leaving < desired;
    return new ObservedPool(
        pool.id(),
        shown.generation(),
        new Replicas(desired, nodes.size(), ready, flaps ? 0 : ready, upToDate, versions(nodes)),
        conditions,
        (lacking ? skew(shown.version(), at, controlPlane) : Stream.<String>empty()).toList());
  }

  private static int count(NodePhase phase, List<ObservedNode> nodes) {
    return (int) nodes.stream().filter(n -> n.phase() == phase).count();
  }

  private static Stream<String> skew(
      KubernetesVersion version, Instant at, ControlPlane controlPlane) {
    return controlPlane
        .oldestAt(at)
        .filter(oldest -> oldest.compareTo(version) < 0)
        .map(
            oldest ->
                "KubernetesVersionSkew: new nodes of %s wait for an API server of %s"
                    .formatted(version, oldest))
        .stream();
  }

  private static Map<KubernetesVersion, Integer> versions(List<ObservedNode> nodes) {
    return nodes.stream()
        .collect(Collectors.toMap(ObservedNode::version, n -> 1, Integer::sum, TreeMap::new));
  }
}
