package io.keelson.aggregates.cluster;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.operation.ControlPlaneTarget;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.spec.ClusterSpec;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is desired of a cluster's control plane, and how much of that is known to be effective.
 *
 * @param generation of the newest document
 * @param version that every API server and every system component has at least: no pool may have a
 *     newer one
 * @param failed the kinds of changes whose last one failed: the same may be requested again
 */
record ControlPlaneFacts(
    ClusterSpec spec, long generation, KubernetesVersion version, Set<OperationKind> failed) {

  /** The generation of a control plane's first document. */
  private static final long FIRST_GENERATION = 1;

  ControlPlaneFacts {
    failed = Collections.unmodifiableSet(sorted(failed));
  }

  static ControlPlaneFacts of(ClusterSpec spec) {
    return new ControlPlaneFacts(spec, FIRST_GENERATION, spec.version(), Set.of());
  }

  /** What the control plane is to converge to after a change. */
  ControlPlaneTarget target(ClusterSpec after) {
    return new ControlPlaneTarget(
        generation + 1, after.version(), after.type().controlPlaneReplicas());
  }

  ControlPlaneFacts changing(ClusterSpec after, ControlPlaneTarget target) {
    return new ControlPlaneFacts(after, target.generation(), version, failed);
  }

  ControlPlaneFacts serving(KubernetesVersion changed) {
    return new ControlPlaneFacts(spec, generation, changed, failed);
  }

  ControlPlaneFacts ended(OperationKind kind, boolean succeeded) {
    Set<OperationKind> changed = sorted(failed);
    if (succeeded) {
      changed.remove(kind);
    } else {
      changed.add(kind);
    }
    return new ControlPlaneFacts(spec, generation, version, changed);
  }

  private static Set<OperationKind> sorted(Set<OperationKind> kinds) {
    Set<OperationKind> sorted = EnumSet.noneOf(OperationKind.class);
    sorted.addAll(kinds);
    return sorted;
  }
}
