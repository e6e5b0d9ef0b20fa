package io.keelson.adapters.rest.cluster;

import io.keelson.commands.spec.ClusterType;
import io.keelson.projections.status.ClusterStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * The types that a cluster can change to: never of the other family, and none smaller during a
 * commitment.
 */
final class TypeChanges {

  private TypeChanges() {}

  static List<ClusterType> from(ClusterStatus cluster, Instant now) {
    ClusterType type = cluster.spec().type();
    boolean committed = isCommitted(cluster, now);
    return Arrays.stream(ClusterType.values())
        .filter(other -> other.multicloud() == type.multicloud())
        // A mutualized type is listed among its own targets, a dedicated type is not: as recorded.
        .filter(other -> other != type || !type.dedicated())
        .filter(other -> !committed || !isSmaller(other, cluster))
        .toList();
  }

  static boolean isSmaller(ClusterType other, ClusterStatus cluster) {
    ClusterType type = cluster.spec().type();
    return other.multicloud() == type.multicloud() && other.compareTo(type) < 0;
  }

  static boolean isCommitted(ClusterStatus cluster, Instant now) {
    return now.isBefore(end(cluster));
  }

  /**
   * The end of the commitment for the cluster's type; without a commitment, the time of its
   * creation.
   */
  static Instant end(ClusterStatus cluster) {
    Instant end = cluster.commitmentEndsAt();
    return end == null ? cluster.createdAt() : end;
  }
}
