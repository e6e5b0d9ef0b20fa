package io.keelson.sagas.cluster;

import io.keelson.commands.DomainEvent;
import io.keelson.commands.cluster.ClusterPlan.UpdateCluster;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpdateStarted;
import io.keelson.commands.operation.ControlPlaneTarget;
import java.util.Optional;

/** Makes changed settings of a control plane effective. */
public final class ClusterUpdateProcess implements ControlPlaneProcess<UpdateCluster> {

  @Override
  public Class<UpdateCluster> plan() {
    return UpdateCluster.class;
  }

  @Override
  public Optional<UpdateCluster> start(DomainEvent event) {
    return event instanceof ClusterUpdateStarted e
        ? Optional.of(new UpdateCluster(e.clusterId(), e.target()))
        : Optional.empty();
  }

  @Override
  public ControlPlaneTarget desired(UpdateCluster plan) {
    return plan.controlPlane();
  }
}
