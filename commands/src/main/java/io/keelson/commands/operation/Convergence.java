package io.keelson.commands.operation;

import io.keelson.commands.provisioning.Condition;
import io.keelson.commands.provisioning.ObservedComponents;
import io.keelson.commands.provisioning.ObservedControlPlane;
import io.keelson.commands.provisioning.ObservedPool;
import io.keelson.commands.provisioning.Replicas;
import java.util.List;
import java.util.Set;

/**
 * The one rule that says whether an observed state is the desired one. It never reads a phase, nor
 * {@code Available} alone: both are true too early (Cluster API v1.14).
 */
public final class Convergence {

  private static final Set<String> MOVING_POOL =
      Set.of("ScalingUp", "ScalingDown", "Remediating", "Deleting");
  private static final Set<String> MOVING =
      Set.of("RollingOut", "ScalingUp", "ScalingDown", "Remediating", "Deleting");

  private Convergence() {}

  public static boolean converged(ControlPlaneTarget desired, ObservedControlPlane observed) {
    return observed.observedGeneration() >= desired.generation()
        && observed.replicas().settledAt(desired.replicas(), desired.version())
        && settled(observed.conditions(), MOVING);
  }

  public static boolean converged(ComponentsTarget desired, ObservedComponents observed) {
    return observed.observedGeneration() >= desired.generation()
        && desired.components().stream()
            .allMatch(name -> observed.ready().getOrDefault(name, false));
  }

  /**
   * Nodes of several versions are a legal state of a pool: see {@link #upToDate}. A pool that holds
   * a newer document than {@code desired} is judged by the size of that document.
   */
  public static boolean converged(PoolTarget desired, ObservedPool observed) {
    if (observed.observedGeneration() < desired.generation()
        || !settled(observed.conditions(), MOVING_POOL)) {
      return false;
    }
    Replicas replicas = observed.replicas();
    return observed.observedGeneration() == desired.generation()
        ? replicas.settledAt(desired.size())
        : replicas.settledAt(replicas.desired());
  }

  /** Converged, and every node has the desired version. */
  public static boolean upToDate(PoolTarget desired, ObservedPool observed) {
    return converged(desired, observed)
        && observed.replicas().settledAt(observed.replicas().desired(), desired.version());
  }

  private static boolean settled(List<Condition> conditions, Set<String> moving) {
    return conditions.stream()
            .noneMatch(c -> moving.contains(c.type()) && !c.status().equals("False"))
        && conditions.stream().anyMatch(c -> c.type().equals("Available") && c.isTrue());
  }
}
