package io.keelson.sagas.operation;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.Target;
import java.util.List;
import java.util.Optional;

/** How far a run has come that works on a whole cluster: control plane, components, pools. */
public sealed interface ClusterStage extends ProcessState {

  /** As it is when a target has converged, or is withdrawn. */
  ClusterStage without(Optional<Target> ended);

  @JsonTypeName("control-plane-stage")
  record OfControlPlane(List<PoolId> pools) implements ClusterStage {

    public OfControlPlane {
      pools = List.copyOf(pools);
    }

    @Override
    public ClusterStage without(Optional<Target> ended) {
      return ended.filter(Target.CONTROL_PLANE::equals).isPresent()
          ? new OfComponents(pools)
          : this;
    }
  }

  @JsonTypeName("components-stage")
  record OfComponents(List<PoolId> pools) implements ClusterStage {

    public OfComponents {
      pools = List.copyOf(pools);
    }

    @Override
    public ClusterStage without(Optional<Target> ended) {
      return ended.filter(Target.COMPONENTS::equals).isPresent() ? new OfPools(pools) : this;
    }
  }

  /**
   * The pools, all at once.
   *
   * @param pools those that are still open or have failed
   */
  @JsonTypeName("pools-stage")
  record OfPools(List<PoolId> pools) implements ClusterStage {

    public OfPools {
      pools = List.copyOf(pools);
    }

    @Override
    public ClusterStage without(Optional<Target> ended) {
      return ended
          .flatMap(Target::asPool)
          .map(pool -> new OfPools(pools.stream().filter(p -> !p.equals(pool)).toList()))
          .orElse(this);
    }
  }
}
