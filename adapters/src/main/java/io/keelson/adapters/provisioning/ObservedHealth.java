package io.keelson.adapters.provisioning;

import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.AttachedResource;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterObserved;
import io.keelson.commands.cluster.ControlPlaneHealth;
import io.keelson.commands.cluster.PoolHealth;
import io.keelson.commands.node.NodeAttributes;
import io.keelson.commands.provisioning.Condition;
import io.keelson.commands.provisioning.ObservedCluster;
import io.keelson.commands.provisioning.ObservedControlPlane;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedPool;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The significant part of an observation. Counts, generations and messages are no part. Pure. */
final class ObservedHealth {

  private static final String AVAILABLE = "Available";

  /** Whatever status these have, nothing is wrong. */
  private static final Set<String> PROGRESS =
      Set.of(
          AVAILABLE, "Deleting", "Paused", "Remediating", "RollingOut", "ScalingDown", "ScalingUp");

  private ObservedHealth() {}

  static RecordClusterObserved of(ObservedCluster observed) {
    return new RecordClusterObserved(
        observed.cluster(),
        of(observed.controlPlane()),
        observed.components().ready().entrySet().stream()
            .filter(component -> !component.getValue())
            .map(Map.Entry::getKey)
            .toList(),
        pools(observed.pools()),
        observed.additionalResources().stream()
            .map(r -> new AttachedResource(r.id(), r.type(), r.name()))
            .toList());
  }

  static ControlPlaneHealth of(ObservedControlPlane observed) {
    return new ControlPlaneHealth(
        observed.conditions().stream().anyMatch(c -> c.type().equals(AVAILABLE) && c.isTrue()),
        observed.replicas().versions().entrySet().stream()
            .filter(count -> count.getValue() > 0)
            .map(Map.Entry::getKey)
            .toList(),
        troubles(observed.conditions()).toList());
  }

  static PoolHealth of(ObservedPool observed) {
    return new PoolHealth(
        true,
        Stream.concat(observed.blockedReasons().stream(), troubles(observed.conditions()))
            .toList());
  }

  static NodeAttributes of(ObservedNode observed) {
    return new NodeAttributes(
        observed.name(),
        observed.version(),
        observed.phase(),
        observed.providerId(),
        observed.conditions(),
        observed.message(),
        observed.bootId());
  }

  private static Map<PoolId, PoolHealth> pools(List<ObservedPool> observed) {
    return observed.stream().collect(Collectors.toMap(ObservedPool::pool, ObservedHealth::of));
  }

  /** An unknown status is trouble of the connection, and none of what it is about. */
  private static Stream<String> troubles(List<Condition> conditions) {
    return conditions.stream()
        .filter(c -> !PROGRESS.contains(c.type()) && c.status().equals("False"))
        .map(c -> c.type() + "=" + c.status());
  }
}
