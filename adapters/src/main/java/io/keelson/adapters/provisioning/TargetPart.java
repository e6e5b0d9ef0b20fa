package io.keelson.adapters.provisioning;

import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.RequestEvent;
import io.keelson.commands.operation.RequestEvent.AclRequested;
import io.keelson.commands.operation.RequestEvent.AdditionalResourcesRemovalRequested;
import io.keelson.commands.operation.RequestEvent.ClusterActionRequested;
import io.keelson.commands.operation.RequestEvent.ClusterRemovalRequested;
import io.keelson.commands.operation.RequestEvent.ComponentsRequested;
import io.keelson.commands.operation.RequestEvent.ControlPlaneRequested;
import io.keelson.commands.operation.RequestEvent.NodeRebootRequested;
import io.keelson.commands.operation.RequestEvent.PoolObservationAwaited;
import io.keelson.commands.operation.RequestEvent.PoolRemovalRequested;
import io.keelson.commands.operation.RequestEvent.PoolRequested;
import io.keelson.commands.operation.RequestEvent.RunAwaited;
import io.keelson.commands.operation.TargetObservation;
import io.keelson.commands.operation.TargetObservation.OfAdditionalResources;
import io.keelson.commands.operation.TargetObservation.OfCluster;
import io.keelson.commands.operation.TargetObservation.OfComponents;
import io.keelson.commands.operation.TargetObservation.OfControlPlane;
import io.keelson.commands.operation.TargetObservation.OfNode;
import io.keelson.commands.operation.TargetObservation.OfPool;
import io.keelson.commands.provisioning.Observation;
import io.keelson.commands.provisioning.ObservedCluster;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedPool;
import java.util.List;
import java.util.Optional;

/** The part of an observation that is about the target of a request. Pure. */
final class TargetPart {

  private TargetPart() {}

  /** Empty: the observation proves nothing about the target. */
  static Optional<TargetObservation> of(RequestEvent request, Observation observation) {
    return switch (observation) {
      case Observation.Present(ObservedCluster cluster) -> present(request, cluster);
      case Observation.Absent _ -> absent(request);
      case Observation.Unreachable _ -> Optional.empty();
    };
  }

  private static Optional<TargetObservation> present(
      RequestEvent request, ObservedCluster cluster) {
    return switch (request) {
      case ControlPlaneRequested _ -> Optional.of(new OfControlPlane(cluster.controlPlane()));
      case ComponentsRequested _ -> Optional.of(new OfComponents(cluster.components()));
      case PoolRequested r -> pool(r.pool(), cluster).map(pool -> ofPool(pool, cluster));
      case PoolObservationAwaited r -> pool(r.pool(), cluster).map(pool -> ofPool(pool, cluster));
      case PoolRemovalRequested r ->
          Optional.of(
              pool(r.pool(), cluster)
                  .map(pool -> ofPool(pool, cluster))
                  .orElseGet(() -> new OfPool(null, nodes(r.pool(), cluster))));
      case NodeRebootRequested r -> Optional.of(new OfNode(node(r.node(), cluster).orElse(null)));
      case AdditionalResourcesRemovalRequested _ ->
          Optional.of(new OfAdditionalResources(cluster.additionalResources().size()));
      case ClusterRemovalRequested _ -> Optional.of(new OfCluster(false));
      case AclRequested _, ClusterActionRequested _, RunAwaited _ -> Optional.empty();
    };
  }

  /**
   * An absent cluster proves removals. A target that is to be there was removed by somebody else:
   * the deadline of the request decides.
   */
  private static Optional<TargetObservation> absent(RequestEvent request) {
    return switch (request) {
      case PoolRemovalRequested _ -> Optional.of(new OfPool(null, List.of()));
      case AdditionalResourcesRemovalRequested _ -> Optional.of(new OfAdditionalResources(0));
      case ClusterRemovalRequested _ -> Optional.of(new OfCluster(true));
      case ControlPlaneRequested _,
          ComponentsRequested _,
          PoolRequested _,
          PoolObservationAwaited _,
          AclRequested _,
          ClusterActionRequested _,
          NodeRebootRequested _,
          RunAwaited _ ->
          Optional.empty();
    };
  }

  private static OfPool ofPool(ObservedPool pool, ObservedCluster cluster) {
    return new OfPool(pool, nodes(pool.pool(), cluster));
  }

  private static Optional<ObservedPool> pool(PoolId id, ObservedCluster cluster) {
    return cluster.pools().stream().filter(p -> p.pool().equals(id)).findFirst();
  }

  private static Optional<ObservedNode> node(NodeId id, ObservedCluster cluster) {
    return cluster.nodes().stream().filter(n -> n.node().equals(id)).findFirst();
  }

  private static List<ObservedNode> nodes(PoolId id, ObservedCluster cluster) {
    return cluster.nodes().stream().filter(n -> n.pool().equals(id)).toList();
  }
}
