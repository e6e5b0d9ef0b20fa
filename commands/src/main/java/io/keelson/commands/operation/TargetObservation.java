package io.keelson.commands.operation;

import io.keelson.commands.provisioning.ObservedComponents;
import io.keelson.commands.provisioning.ObservedControlPlane;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedPool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of an observation that is about one target. */
public sealed interface TargetObservation {

  record OfControlPlane(ObservedControlPlane controlPlane) implements TargetObservation {}

  record OfComponents(ObservedComponents components) implements TargetObservation {}

  /**
   * A pool.
   *
   * @param pool null: it is absent
   * @param nodes all of its nodes
   */
  record OfPool(@Nullable ObservedPool pool, List<ObservedNode> nodes)
      implements TargetObservation {

    public OfPool {
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * A node.
   *
   * @param node null: it is absent
   */
  record OfNode(@Nullable ObservedNode node) implements TargetObservation {}

  /**
   * What workloads made in addition to the cluster.
   *
   * @param left how many are still there
   */
  record OfAdditionalResources(int left) implements TargetObservation {}

  record OfCluster(boolean absent) implements TargetObservation {}
}
