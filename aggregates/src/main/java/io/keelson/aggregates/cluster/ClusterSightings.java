package io.keelson.aggregates.cluster;

import io.keelson.aggregates.cluster.ClusterState.Creating;
import io.keelson.aggregates.cluster.ClusterState.CreationFailed;
import io.keelson.aggregates.cluster.ClusterState.Deleting;
import io.keelson.aggregates.cluster.ClusterState.DeletionFailed;
import io.keelson.aggregates.cluster.ClusterState.Present;
import io.keelson.aggregates.cluster.ClusterState.Running;
import io.keelson.aggregates.cluster.Facts.Sights;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterGone;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterObserved;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterEvent.AdditionalResourcesObserved;
import io.keelson.commands.cluster.ClusterEvent.ClusterGoneObserved;
import io.keelson.commands.cluster.ClusterEvent.ComponentsObserved;
import io.keelson.commands.cluster.ClusterEvent.ControlPlaneObserved;
import io.keelson.commands.cluster.ClusterEvent.PoolObserved;
import io.keelson.commands.provisioning.ObservedCluster;
import io.keelson.commands.provisioning.ObservedPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is new in what the provider shows: only differences from the last sight become events. */
final class ClusterSightings {

  private ClusterSightings() {}

  static List<ClusterEvent> seen(RecordClusterObserved c, Present state) {
    ObservedCluster now = c.observed();
    Sights before = state.facts().sights();
    List<OperationId> concerns = concerns(state);
    List<OperationId> controlPlane = controlPlaneConcerns(state);
    List<ClusterEvent> events = new ArrayList<>();
    if (!now.controlPlane().equals(before.controlPlane())) {
      events.add(new ControlPlaneObserved(c.clusterId(), controlPlane, now.controlPlane()));
    }
    if (!now.components().equals(before.components())) {
      events.add(new ComponentsObserved(c.clusterId(), controlPlane, now.components()));
    }
    Map<PoolId, ObservedPool> pools = byId(now.pools());
    pools.forEach(
        (id, pool) -> {
          if (!pool.equals(before.pools().get(id))) {
            events.add(new PoolObserved(c.clusterId(), id, concerns(state, id), pool));
          }
        });
    events.addAll(vanished(c, state, pools));
    if (!now.additionalResources().stream()
        .sorted()
        .toList()
        .equals(before.additionalResources())) {
      events.add(
          new AdditionalResourcesObserved(
              c.clusterId(), concerns, now.additionalResources().stream().sorted().toList()));
    }
    return events;
  }

  private static List<ClusterEvent> vanished(
      RecordClusterObserved c, Present state, Map<PoolId, ObservedPool> now) {
    List<ClusterEvent> events = new ArrayList<>();
    for (PoolId id : state.facts().sights().pools().keySet()) {
      if (!now.containsKey(id)) {
        events.add(new PoolObserved(c.clusterId(), id, concerns(state, id), null));
      }
    }
    return events;
  }

  /** Only what was there can be gone: before the first sight there is nothing to report. */
  static List<ClusterEvent> gone(RecordClusterGone c, Present state) {
    if (!state.facts().sights().present()) {
      return List.of();
    }
    List<ClusterEvent> events = new ArrayList<>();
    state
        .facts()
        .sights()
        .pools()
        .keySet()
        .forEach(id -> events.add(new PoolObserved(c.clusterId(), id, concerns(state, id), null)));
    events.add(new ClusterGoneObserved(c.clusterId(), concerns(state)));
    return events;
  }

  private static List<OperationId> controlPlaneConcerns(Present state) {
    return state instanceof Running running ? running.operations() : concerns(state);
  }

  private static List<OperationId> concerns(Present state) {
    return switch (state) {
      case Creating s -> List.of(s.operation());
      case Deleting s -> List.of(s.operation());
      case Running _, CreationFailed _, DeletionFailed _ -> List.of();
    };
  }

  private static List<OperationId> concerns(Present state, PoolId id) {
    Stream<OperationId> own =
        state.facts().pool(id).stream().flatMap(pool -> pool.operations().stream());
    return Stream.concat(concerns(state).stream(), own).distinct().toList();
  }

  private static Map<PoolId, ObservedPool> byId(List<ObservedPool> pools) {
    Map<PoolId, ObservedPool> map = new TreeMap<>(Facts.BY_ID);
    pools.forEach(pool -> map.put(pool.pool(), pool));
    return map;
  }
}
