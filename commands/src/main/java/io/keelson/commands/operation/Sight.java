package io.keelson.commands.operation;

import io.keelson.commands.NodeId;
import io.keelson.commands.provisioning.AdditionalResource;
import io.keelson.commands.provisioning.ObservedComponents;
import io.keelson.commands.provisioning.ObservedControlPlane;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedPool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was seen of one target at the provider. */
public sealed interface Sight {

  record OfControlPlane(ObservedControlPlane controlPlane) implements Sight {}

  record OfComponents(ObservedComponents components) implements Sight {}

  /**
   * A pool.
   *
   * @param pool null: it is not there
   * @param nodes that it has; null: not looked at
   */
  record OfPool(@Nullable ObservedPool pool, @Nullable List<ObservedNode> nodes) implements Sight {

    public OfPool {
      nodes = nodes == null ? null : List.copyOf(nodes);
    }

    public OfPool(@Nullable ObservedPool pool) {
      this(pool, null);
    }
  }

  /** A node has booted again, and is ready. */
  record OfBootedNode(NodeId node) implements Sight {}

  record OfAdditionalResources(List<AdditionalResource> resources) implements Sight {

    public OfAdditionalResources {
      resources = List.copyOf(resources);
    }
  }

  record OfCluster(boolean gone) implements Sight {}
}
