package io.keelson.adapters.rest.cluster;

import io.keelson.commands.cluster.ClusterType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** To which types a cluster may change: never to the other family, nor down while it is booked. */
final class TypeChanges {

  private TypeChanges() {}

  static List<ClusterType> from(ClusterType type, Instant createdAt, Instant now) {
    boolean booked = now.isBefore(createdAt.plus(type.commitment()));
    return Arrays.stream(ClusterType.values())
        .filter(other -> other.multicloud() == type.multicloud())
        // A mutualized type is shown among its own targets, a dedicated one is not: as recorded.
        .filter(other -> other != type || !type.dedicated())
        .filter(other -> !booked || other.compareTo(type) >= 0)
        .toList();
  }
}
