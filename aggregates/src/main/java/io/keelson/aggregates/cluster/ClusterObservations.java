package io.keelson.aggregates.cluster;

import io.keelson.aggregates.cluster.ClusterState.Present;
import io.keelson.aggregates.pool.PoolsOfCluster;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterAbsent;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterObserved;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterObservationEvent;
import io.keelson.commands.cluster.ClusterObservationEvent.AdditionalResourcesObserved;
import io.keelson.commands.cluster.ClusterObservationEvent.ClusterAbsenceObserved;
import io.keelson.commands.cluster.ClusterObservationEvent.ComponentsObserved;
import io.keelson.commands.cluster.ClusterObservationEvent.ControlPlaneObserved;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an observation shows that differs from what was recorded: only that becomes an event. */
final class ClusterObservations {

  private ClusterObservations() {}

  static List<ClusterEvent> decide(ClusterCommand.Observation command, Present state) {
    return switch (command) {
      case RecordClusterObserved c -> observed(c, state.facts());
      case RecordClusterAbsent c -> absent(c, state.facts());
    };
  }

  private static List<ClusterEvent> observed(RecordClusterObserved c, ClusterFacts facts) {
    ClusterHealth before = facts.health();
    List<ClusterEvent> events = new ArrayList<>();
    if (before.changesTo(c.controlPlane())) {
      events.add(new ControlPlaneObserved(c.clusterId(), before.controlPlane(), c.controlPlane()));
    }
    if (before.componentsChangeTo(c.componentsNotReady())) {
      events.add(
          new ComponentsObserved(
              c.clusterId(), before.componentsNotReady(), c.componentsNotReady()));
    }
    events.addAll(PoolsOfCluster.observed(c.clusterId(), c.pools(), facts.pools()));
    if (!c.additionalResources().equals(before.additionalResources())) {
      events.add(
          new AdditionalResourcesObserved(
              c.clusterId(),
              ClusterHealth.without(c.additionalResources(), before.additionalResources()),
              ClusterHealth.without(before.additionalResources(), c.additionalResources())));
    }
    return events;
  }

  /** Before the first event, the absence of the cluster is what is expected. */
  private static List<ClusterEvent> absent(RecordClusterAbsent c, ClusterFacts facts) {
    List<ClusterEvent> events = new ArrayList<>();
    events.addAll(PoolsOfCluster.observed(c.clusterId(), Map.of(), facts.pools()));
    if (!events.isEmpty() || facts.health().present()) {
      events.add(new ClusterAbsenceObserved(c.clusterId()));
    }
    return events;
  }

  static ClusterHealth evolve(ClusterHealth health, ClusterObservationEvent event) {
    return switch (event) {
      case ControlPlaneObserved e -> health.with(e.after());
      case ComponentsObserved e -> health.withComponents(e.after());
      case AdditionalResourcesObserved e -> health.with(e);
      case ClusterAbsenceObserved _ -> health.absent();
    };
  }
}
