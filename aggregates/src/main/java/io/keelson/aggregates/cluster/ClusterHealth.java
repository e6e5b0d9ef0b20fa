package io.keelson.aggregates.cluster;

import io.keelson.commands.cluster.AttachedResource;
import io.keelson.commands.cluster.ClusterObservationEvent.AdditionalResourcesObserved;
import io.keelson.commands.cluster.ControlPlaneHealth;
import java.util.ArrayList;
import java.util.List;

/**
 * What was last recorded of the cluster at the provider; the health of its pools is theirs.
 *
 * @param present whether the provider has it, as far as events say
 * @param componentsNotReady names
 * @param componentsWereReady whether all of them have been ready before
 */
record ClusterHealth(
    boolean present,
    ControlPlaneHealth controlPlane,
    List<String> componentsNotReady,
    boolean componentsWereReady,
    List<AttachedResource> additionalResources) {

  /** Before the first event. */
  static final ClusterHealth UNKNOWN =
      new ClusterHealth(false, ControlPlaneHealth.UNKNOWN, List.of(), false, List.of());

  ClusterHealth {
    componentsNotReady = List.copyOf(componentsNotReady);
    additionalResources = List.copyOf(additionalResources);
  }

  /** Before its first event, a control plane that is not available yet is what is expected. */
  boolean changesTo(ControlPlaneHealth now) {
    boolean expected =
        controlPlane.equals(ControlPlaneHealth.UNKNOWN)
            && !now.available()
            && now.troubles().isEmpty();
    return !expected && !now.equals(controlPlane);
  }

  /** Until all were ready once, it is expected that they become ready one after the other. */
  boolean componentsChangeTo(List<String> notReady) {
    return componentsWereReady && !notReady.equals(componentsNotReady);
  }

  /** The creation of the cluster is done, so its components have been ready. */
  ClusterHealth inService() {
    return new ClusterHealth(true, controlPlane, componentsNotReady, true, additionalResources);
  }

  /** The provider no longer has the cluster. */
  ClusterHealth absent() {
    return new ClusterHealth(
        false, ControlPlaneHealth.UNKNOWN, List.of(), componentsWereReady, List.of());
  }

  ClusterHealth with(ControlPlaneHealth changed) {
    return new ClusterHealth(
        true, changed, componentsNotReady, componentsWereReady, additionalResources);
  }

  ClusterHealth withComponents(List<String> notReady) {
    return new ClusterHealth(
        true, controlPlane, notReady, componentsWereReady, additionalResources);
  }

  ClusterHealth with(AdditionalResourcesObserved change) {
    List<AttachedResource> changed = without(additionalResources, change.removed());
    changed.addAll(change.added());
    changed.sort(null);
    return new ClusterHealth(true, controlPlane, componentsNotReady, componentsWereReady, changed);
  }

  /** Those of the resources that are not in the other list. */
  static List<AttachedResource> without(
      List<AttachedResource> resources, List<AttachedResource> others) {
    List<AttachedResource> left = new ArrayList<>(resources);
    left.removeAll(others);
    return left;
  }
}
