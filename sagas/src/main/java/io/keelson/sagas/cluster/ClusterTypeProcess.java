package io.keelson.sagas.cluster;

import io.keelson.commands.DomainEvent;
import io.keelson.commands.cluster.ClusterPlan.SetClusterType;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterTypeChangeStarted;
import io.keelson.commands.operation.ControlPlaneTarget;
import java.util.Optional;

/** Moves a control plane to another type. */
public final class ClusterTypeProcess implements ControlPlaneProcess<SetClusterType> {

  @Override
  public Class<SetClusterType> plan() {
    return SetClusterType.class;
  }

  @Override
  public Optional<SetClusterType> start(DomainEvent event) {
    return event instanceof ClusterTypeChangeStarted e
        ? Optional.of(new SetClusterType(e.clusterId(), e.target()))
        : Optional.empty();
  }

  @Override
  public ControlPlaneTarget desired(SetClusterType plan) {
    return plan.controlPlane();
  }
}
