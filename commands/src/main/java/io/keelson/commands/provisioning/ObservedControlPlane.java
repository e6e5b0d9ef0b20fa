package io.keelson.commands.provisioning;

import java.util.List;

/**
 * A control plane as a back end shows it, perhaps late.
 *
 * @param observedGeneration of the document that the status speaks about
 */
public record ObservedControlPlane(
    long observedGeneration, Replicas replicas, List<Condition> conditions) {

  public ObservedControlPlane {
    conditions = List.copyOf(conditions);
  }
}
