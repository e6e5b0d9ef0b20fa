package io.keelson.adapters.rest.cluster;

import io.keelson.commands.cluster.ClusterType;
import io.keelson.projections.status.ClusterStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** To which types a cluster may change: never to the other family, nor down while it is booked. */
final class TypeChanges {

  private TypeChanges() {}

  static List<ClusterType> from(ClusterStatus cluster, Instant now) {
    ClusterType type = cluster.spec().type();
    boolean booked = isBooked(cluster, now);
    return Arrays.stream(ClusterType.values())
        .filter(other -> other.multicloud() == type.multicloud())
        // A mutualized type is shown among its own targets, a dedicated one is not: as recorded.
        .filter(other -> other != type || !type.dedicated())
        .filter(other -> !booked || !isSmaller(other, cluster))
        .toList();
  }

  static boolean isSmaller(ClusterType other, ClusterStatus cluster) {
    ClusterType type = cluster.spec().type();
    return other.multicloud() == type.multicloud() && other.compareTo(type) < 0;
  }

  static boolean isBooked(ClusterStatus cluster, Instant now) {
    return now.isBefore(end(cluster));
  }

  /** Until when the cluster's type is booked; what is booked for no time was so until it began. */
  static Instant end(ClusterStatus cluster) {
    Instant end = cluster.commitmentEndsAt();
    return end == null ? cluster.createdAt() : end;
  }
}
