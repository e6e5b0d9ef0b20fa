package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.adapters.rest.version.Offer;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.release.Release;
import io.keelson.projections.status.ClusterStatus;
import java.util.List;

/** The target version of an upgrade, and whether the pools are upgraded too. */
record UpgradeRequest(KubernetesVersion target, boolean upgradePools) {
  private static final int MAX_VERSION_LENGTH = 10;
  private static final KubernetesVersion NO_VERSION = new KubernetesVersion(0, 0, 0);

  static UpgradeRequest read(JsonArguments body) {
    return new UpgradeRequest(target(body), body.flag("upgrade_pools", false));
  }

  /**
   * Refuses a version that is not listed as available for the cluster. The current version is
   * accepted here; whether that is a repeated call is decided by the stream.
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
    String text = body.text("version", MAX_VERSION_LENGTH, "");
    body.require("version");
    try {
      return KubernetesVersion.of(text);
    } catch (IllegalArgumentException _) {
      body.refuse("version", Reason.FORMAT, "must have the form x.y.z");
      return NO_VERSION;
    }
  }
}
