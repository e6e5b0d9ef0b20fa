package io.keelson.adapters.provisioning;

import io.keelson.commands.PoolId;
import io.keelson.commands.operation.OperationEvent.AclRequested;
import io.keelson.commands.operation.OperationEvent.AdditionalResourcesRemovalRequested;
import io.keelson.commands.operation.OperationEvent.AdminTokenResetRequested;
import io.keelson.commands.operation.OperationEvent.ClusterRemovalRequested;
import io.keelson.commands.operation.OperationEvent.ComponentsRequested;
import io.keelson.commands.operation.OperationEvent.ControlPlaneRequested;
import io.keelson.commands.operation.OperationEvent.NodeRebootRequested;
import io.keelson.commands.operation.OperationEvent.PoolRemovalRequested;
import io.keelson.commands.operation.OperationEvent.PoolRequested;
import io.keelson.commands.operation.OperationEvent.Wish;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.provisioning.Observation;
import io.keelson.commands.provisioning.ObservedCluster;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedPool;
import java.util.List;
import java.util.Optional;

/** What an observation shows of the one thing that a wish is about. Pure. */
final class Sights {

  private Sights() {}

  /** Empty where the observation says nothing about it. */
  static Optional<Sight> of(Wish wish, Observation observation) {
    return switch (observation) {
      case Observation.Seen(ObservedCluster cluster) -> seen(wish, cluster);
      case Observation.Gone _ -> gone(wish);
      case Observation.Unreachable _ -> Optional.empty();
    };
  }

  private static Optional<Sight> seen(Wish wish, ObservedCluster cluster) {
    return switch (wish) {
      case ControlPlaneRequested _ -> Optional.of(new Sight.OfControlPlane(cluster.controlPlane()));
      case ComponentsRequested _ -> Optional.of(new Sight.OfComponents(cluster.components()));
      case PoolRequested w ->
          pool(w.document().pool(), cluster)
              .map(p -> new Sight.OfPool(p, nodes(p.pool(), cluster)));
      case PoolRemovalRequested w ->
          Optional.of(new Sight.OfPool(pool(w.pool(), cluster).orElse(null)));
      case AdditionalResourcesRemovalRequested _ ->
          Optional.of(new Sight.OfAdditionalResources(cluster.additionalResources()));
      case ClusterRemovalRequested _ -> Optional.of(new Sight.OfCluster(false));
      // Done once they are accepted; that a node has booted is told by what is recorded of it.
      case AclRequested _, AdminTokenResetRequested _, NodeRebootRequested _ -> Optional.empty();
    };
  }

  /** What should be there and is not was removed behind our back: its own deadline will say so. */
  private static Optional<Sight> gone(Wish wish) {
    return switch (wish) {
      case ControlPlaneRequested _,
          ComponentsRequested _,
          PoolRequested _,
          AclRequested _,
          AdminTokenResetRequested _,
          NodeRebootRequested _ ->
          Optional.empty();
      case PoolRemovalRequested _ -> Optional.of(new Sight.OfPool(null));
      case AdditionalResourcesRemovalRequested _ ->
          Optional.of(new Sight.OfAdditionalResources(List.of()));
      case ClusterRemovalRequested _ -> Optional.of(new Sight.OfCluster(true));
    };
  }

  private static Optional<ObservedPool> pool(PoolId id, ObservedCluster cluster) {
    return cluster.pools().stream().filter(p -> p.pool().equals(id)).findFirst();
  }

  private static List<ObservedNode> nodes(PoolId id, ObservedCluster cluster) {
    return cluster.nodes().stream().filter(n -> n.pool().equals(id)).toList();
  }
}
