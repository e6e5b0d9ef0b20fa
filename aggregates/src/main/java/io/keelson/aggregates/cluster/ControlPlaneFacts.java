package io.keelson.aggregates.cluster;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.cluster.ClusterSpec;
import io.keelson.commands.operation.OperationKind;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is asked of a cluster's control plane, and how much of that is known to have come.
 *
 * @param generation of the newest document
 * @param version that every API server and every system component has at the least: pools may have
 *     none that is newer
 * @param failed the kinds of changes whose last one failed: the same may be asked for again
 */
record ControlPlaneFacts(
    ClusterSpec spec, long generation, KubernetesVersion version, Set<OperationKind> failed) {

  /** Of a control plane's first document. */
  static final long FIRST_GENERATION = 1;

  /** Always in one order, whoever made it. */
  ControlPlaneFacts {
    failed = Collections.unmodifiableSet(copy(failed));
  }

  static ControlPlaneFacts of(ClusterSpec spec) {
    return new ControlPlaneFacts(spec, FIRST_GENERATION, spec.version(), Set.of());
  }

  /** Whether what is asked for is what is there, as far as the version goes. */
  boolean served() {
    return version.equals(spec.version());
  }

  ControlPlaneFacts changing(ClusterSpec after, long changed) {
    return new ControlPlaneFacts(after, changed, version, failed);
  }

  ControlPlaneFacts serving(KubernetesVersion changed) {
    return new ControlPlaneFacts(spec, generation, changed, failed);
  }

  ControlPlaneFacts ended(OperationKind kind, boolean succeeded) {
    Set<OperationKind> changed = copy(failed);
    if (succeeded) {
      changed.remove(kind);
    } else {
      changed.add(kind);
    }
    return new ControlPlaneFacts(spec, generation, version, changed);
  }

  private static Set<OperationKind> copy(Set<OperationKind> kinds) {
    Set<OperationKind> copy = EnumSet.noneOf(OperationKind.class);
    copy.addAll(kinds);
    return copy;
  }
}
