package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.adapters.rest.version.Offer;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.release.Release;
import io.keelson.projections.status.ClusterStatus;
import java.util.List;

/** Reads to which version a cluster should move, and whether its pools should follow. */
record UpgradeRequest(KubernetesVersion target, boolean upgradePools) {
  private static final int LONGEST_VERSION = 10;
  private static final KubernetesVersion NO_VERSION = new KubernetesVersion(0, 0, 0);

  static UpgradeRequest read(JsonArguments body) {
    return new UpgradeRequest(target(body), body.flag("upgrade_pools", false));
  }

  /**
   * Ends the call unless the version is one that is shown as available for the cluster. Whether it
   * may be asked again for what it was asked for last is not known here.
   */
  void check(ClusterStatus cluster, Offer offer) {
    List<KubernetesVersion> available =
        offer.upgradesFrom(cluster.spec().version()).stream().map(Release::version).toList();
    if (!available.contains(target) && !target.equals(cluster.spec().version())) {
      throw ClusterWrites.refused(
          cluster,
          Problem.invalidArgument(
              "version",
              Reason.CONSTRAINT,
              "version "
                  + target
                  + " is not available for a cluster of version "
                  + cluster.spec().version()
                  + ": "
                  + available));
    }
  }

  private static KubernetesVersion target(JsonArguments body) {
    String text = body.text("version", LONGEST_VERSION, "");
    body.require("version");
    try {
      return KubernetesVersion.of(text);
    } catch (IllegalArgumentException _) {
      body.refuse("version", Reason.FORMAT, "must have the form x.y.z");
      return NO_VERSION;
    }
  }
}
