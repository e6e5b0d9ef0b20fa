package io.keelson.commands.provisioning;

import java.util.List;
import java.util.Set;

/**
 * The one rule that says a wish has come true. It never looks at a phase, nor at {@code Available}
 * alone: both are true too early (provisioning facts, Cluster API v1.14).
 */
public final class Convergence {

  private static final Set<String> MOVING_POOL =
      Set.of("ScalingUp", "ScalingDown", "Remediating", "Deleting");
  private static final Set<String> MOVING =
      Set.of("RollingOut", "ScalingUp", "ScalingDown", "Remediating", "Deleting");

  private Convergence() {}

  public static boolean converged(ClusterDocument desired, ObservedControlPlane observed) {
    return observed.observedGeneration() >= desired.generation()
        && observed.replicas().settledAt(desired.controlPlaneReplicas(), desired.version())
        && settled(observed.conditions(), MOVING);
  }

  public static boolean converged(ComponentsDocument desired, ObservedComponents observed) {
    return observed.observedGeneration() >= desired.generation()
        && desired.components().stream()
            .allMatch(name -> observed.ready().getOrDefault(name, false));
  }

  /**
   * Nodes of several versions are a legal state of a pool: see {@link #upToDate}. One that holds a
   * newer document than {@code desired} is judged by what it shows itself.
   */
  public static boolean converged(PoolDocument desired, ObservedPool observed) {
    if (observed.observedGeneration() < desired.generation()
        || !settled(observed.conditions(), MOVING_POOL)) {
      return false;
    }
    Replicas replicas = observed.replicas();
    return observed.observedGeneration() == desired.generation()
        ? replicas.settledAt(desired.size())
        : replicas.settledAt(replicas.desired());
  }

  /** Converged, and every node has the version that is asked for. */
  public static boolean upToDate(PoolDocument desired, ObservedPool observed) {
    return converged(desired, observed)
        && observed.replicas().settledAt(observed.replicas().desired(), desired.version());
  }

  private static boolean settled(List<Condition> conditions, Set<String> moving) {
    return conditions.stream()
            .noneMatch(c -> moving.contains(c.type()) && !c.status().equals("False"))
        && conditions.stream().anyMatch(c -> c.type().equals("Available") && c.isTrue());
  }
}
