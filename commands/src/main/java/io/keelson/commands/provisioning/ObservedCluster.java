package io.keelson.commands.provisioning;

import io.keelson.commands.ClusterId;
import java.util.List;

/** All of one cluster as a back end shows it, perhaps late. */
public record ObservedCluster(
    ClusterId cluster,
    String uid,
    boolean deleting,
    ObservedControlPlane controlPlane,
    ObservedComponents components,
    List<ObservedPool> pools,
    List<ObservedNode> nodes,
    List<AdditionalResource> additionalResources) {

  public ObservedCluster {
    pools = List.copyOf(pools);
    nodes = List.copyOf(nodes);
    additionalResources = List.copyOf(additionalResources);
  }
}
