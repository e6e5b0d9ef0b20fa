package io.keelson.commands.cluster;

import io.keelson.commands.ClusterId;
import java.util.List;

/** What was observed at the provider and differs from what was observed before. */
public sealed interface ClusterObservationEvent extends ClusterEvent {

  /** The health of the control plane has changed. */
  record ControlPlaneObserved(
      ClusterId clusterId, ControlPlaneHealth before, ControlPlaneHealth after)
      implements ClusterObservationEvent {}

  /**
   * System components have become ready, or are no longer ready.
   *
   * @param before the names of those that were not ready
   * @param after the names of those that are not ready
   */
  record ComponentsObserved(ClusterId clusterId, List<String> before, List<String> after)
      implements ClusterObservationEvent {

    public ComponentsObserved {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }
  }

  /**
   * What workloads made in addition to the cluster has changed.
   *
   * @param added with their present names: one with another name than before is in both lists
   */
  record AdditionalResourcesObserved(
      ClusterId clusterId, List<AttachedResource> added, List<AttachedResource> removed)
      implements ClusterObservationEvent {

    public AdditionalResourcesObserved {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }
  }

  /** The provider had the cluster, and has it no longer. */
  record ClusterAbsenceObserved(ClusterId clusterId) implements ClusterObservationEvent {}
}
