package io.keelson.aggregates.cluster;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.operation.OperationKind;

/**
 * Which versions may live beside each other in a cluster (Kubernetes version skew policy). Which
 * ones are on offer is not known here.
 */
final class VersionRules {

  private static final String VERSION = "version";
  private static final int MOST_MINORS_BEHIND = 3;
  private static final int MOST_MINORS_BEHIND_BEFORE_25 = 2;
  private static final int TWENTY_FIVE = 25;

  private VersionRules() {}

  /**
   * A later patch, or the next minor: of what is in force, for what was asked for and did not come
   * may be anywhere in between. Nodes must not be left too far behind.
   */
  static void checkTarget(KubernetesVersion target, Facts facts) {
    ControlPlaneFacts now = facts.controlPlane();
    boolean again =
        target.equals(now.spec().version()) && now.failed().contains(OperationKind.UPGRADE);
    boolean later = target.compareTo(now.spec().version()) > 0 && isStep(now.version(), target);
    if (!again && !later) {
      throw Refusals.invalid(
          VERSION,
          "%s cannot move to %s: only to a later patch or to the next minor"
              .formatted(now.version(), target));
    }
    KubernetesVersion oldest = facts.oldestNode();
    if (!mayServe(target, oldest)) {
      throw Refusals.invalid(
          VERSION,
          "nodes of %s must be upgraded before the control plane may move to %s"
              .formatted(oldest, target));
    }
  }

  private static boolean isStep(KubernetesVersion from, KubernetesVersion to) {
    return to.sameMinorAs(from) || to.isNextMinorOf(from);
  }

  /** Whether a kubelet of that version may talk to such an API server. */
  static boolean mayServe(KubernetesVersion apiServer, KubernetesVersion kubelet) {
    int most = kubelet.minor() < TWENTY_FIVE ? MOST_MINORS_BEHIND_BEFORE_25 : MOST_MINORS_BEHIND;
    return kubelet.major() == apiServer.major()
        && kubelet.compareTo(apiServer) <= 0
        && apiServer.minor() - kubelet.minor() <= most;
  }
}
