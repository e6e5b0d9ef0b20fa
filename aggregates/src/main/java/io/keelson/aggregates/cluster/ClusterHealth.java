package io.keelson.aggregates.cluster;

import io.keelson.commands.cluster.AttachedResource;
import io.keelson.commands.cluster.ControlPlaneHealth;
import java.util.List;

/**
 * What was last recorded of the cluster at the provider; the health of its pools is theirs.
 *
 * @param componentsNotReady names
 * @param componentsWereReady whether all of them have been ready before
 */
record ClusterHealth(
    ControlPlaneHealth controlPlane,
    List<String> componentsNotReady,
    boolean componentsWereReady,
    List<AttachedResource> additionalResources) {

  /** Before the first event, and after the cluster is absent. */
  static final ClusterHealth UNKNOWN =
      new ClusterHealth(ControlPlaneHealth.UNKNOWN, List.of(), false, List.of());

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
    boolean flip = notReady.isEmpty() != componentsNotReady.isEmpty();
    return flip || (componentsWereReady && !notReady.equals(componentsNotReady));
  }

  /** The creation of the cluster is done, so its components have been ready. */
  ClusterHealth inService() {
    return new ClusterHealth(controlPlane, componentsNotReady, true, additionalResources);
  }

  ClusterHealth with(ControlPlaneHealth changed) {
    return new ClusterHealth(changed, componentsNotReady, componentsWereReady, additionalResources);
  }

  ClusterHealth withComponents(List<String> notReady) {
    return new ClusterHealth(
        controlPlane, notReady, componentsWereReady || notReady.isEmpty(), additionalResources);
  }

  ClusterHealth with(List<AttachedResource> changed) {
    return new ClusterHealth(controlPlane, componentsNotReady, componentsWereReady, changed);
  }
}
