package io.keelson.aggregates.cluster;

import io.keelson.aggregates.pool.VersionSkew;
import io.keelson.commands.ClusterId;
import io.keelson.commands.Decision;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.Verdict;
import io.keelson.commands.operation.OperationKind;
import java.util.Map;

/**
 * Which version a control plane may move to (Kubernetes version skew policy). Which versions are on
 * offer is not known here.
 */
final class VersionRules {

  private static final Decision.Rule SKEW = new Decision.Rule("version-skew", 1);
  private static final String VERSION = "version";

  private VersionRules() {}

  /**
   * Valid targets are a later patch of the version that the control plane runs, or the next minor.
   * The step is measured from the running version: an upgrade that failed may have stopped anywhere
   * before the last requested one. Nodes must not stay too far behind.
   *
   * @throws io.keelson.commands.CommandRejected when the target is not valid
   */
  static Decision decide(ClusterId cluster, KubernetesVersion target, ClusterFacts facts) {
    KubernetesVersion running = facts.controlPlane().version();
    KubernetesVersion oldest = facts.oldestNode();
    if (!isRetry(target, facts.controlPlane()) && !isStep(target, facts.controlPlane())) {
      throw ClusterRejections.invalid(
          VERSION,
          "%s cannot move to %s: only to a later patch or to the next minor"
              .formatted(running, target));
    }
    if (!VersionSkew.mayServe(target, oldest)) {
      throw ClusterRejections.invalid(
          VERSION,
          "nodes of %s must be upgraded before the control plane may move to %s"
              .formatted(oldest, target));
    }
    return SKEW.decided(
        "cluster/" + cluster,
        Verdict.ACTED,
        Map.of(
            "api_servers", running.toString(),
            "oldest_node", oldest.toString(),
            "target", target.toString()),
        "API servers of %s may move to %s, which may serve nodes of %s."
            .formatted(running, target, oldest));
  }

  private static boolean isRetry(KubernetesVersion target, ControlPlaneFacts now) {
    return target.equals(now.spec().version()) && now.failed().contains(OperationKind.UPGRADE);
  }

  private static boolean isStep(KubernetesVersion target, ControlPlaneFacts now) {
    return target.compareTo(now.spec().version()) > 0
        && (target.sameMinorAs(now.version()) || target.isNextMinorOf(now.version()));
  }
}
