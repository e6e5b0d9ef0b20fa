package io.keelson.commands.cluster;

import io.keelson.commands.ClusterId;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.OperationId;

/**
 * What has happened to one cluster, in families. A reader switches inside the families that it
 * reads, and names each other family once.
 */
public sealed interface ClusterEvent extends DomainEvent
    permits ClusterLifeEvent,
        ControlPlaneEvent,
        AccessRulesEvent,
        ActionEvent,
        ClusterObservationEvent,
        ClusterEvent.OfPool {

  ClusterId clusterId();

  @Override
  default ClusterId stream() {
    return clusterId();
  }

  @Override
  default ClusterId cluster() {
    return clusterId();
  }

  /** The events of the cluster's pools, which share its stream; sealed in their own package. */
  non-sealed interface OfPool extends ClusterEvent {}

  /** An event of a run. */
  interface OfOperation extends DomainEvent {
    OperationId operation();

    @Override
    default OperationId operationId() {
      return operation();
    }
  }
}
