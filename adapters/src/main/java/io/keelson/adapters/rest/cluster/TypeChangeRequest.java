package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.adapters.rest.response.ApiFormat;
import io.keelson.commands.spec.ClusterType;
import io.keelson.projections.status.ClusterStatus;
import java.time.Instant;
import java.util.List;

/** Reads the type that a cluster should have. */
record TypeChangeRequest(ClusterType type) {

  static TypeChangeRequest read(JsonArguments body) {
    body.require("type");
    return new TypeChangeRequest(ClusterRequest.type(body));
  }

  /**
   * Refuses a type that is not listed as available for the cluster. The current type is accepted
   * here; whether that is a repeated call is decided by the stream.
   */
  void check(ClusterStatus cluster, Instant now) {
    List<ClusterType> available = TypeChanges.from(cluster, now);
    if (!available.contains(type) && type != cluster.spec().type()) {
      throw ClusterWrites.refused(
          cluster,
          Problem.invalidArgument("type", Reason.CONSTRAINT, help(cluster, now, available)));
    }
  }

  private String help(ClusterStatus cluster, Instant now, List<ClusterType> available) {
    boolean committed =
        TypeChanges.isSmaller(type, cluster) && TypeChanges.isCommitted(cluster, now);
    return committed
        ? cluster.spec().type()
            + " is booked until "
            + ApiFormat.instant(TypeChanges.end(cluster))
            + ": until then the cluster can only become larger"
        : "type "
            + type
            + " is not available for a cluster of type "
            + cluster.spec().type()
            + ": "
            + available;
  }
}
