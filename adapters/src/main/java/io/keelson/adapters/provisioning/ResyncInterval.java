package io.keelson.adapters.provisioning;

import io.keelson.commands.ClusterId;
import java.time.Duration;
import java.time.Instant;

/**
 * When a cluster is observed even without a change: once in each interval, at a moment that depends
 * on its id only, so that the clusters are spread evenly. Pure.
 */
final class ResyncInterval {

  static final Duration LENGTH = Duration.ofMinutes(10);

  private ResyncInterval() {}

  /** The next such moment after {@code now}. */
  static Instant next(ClusterId cluster, Instant now) {
    long length = LENGTH.toMillis();
    long place = Math.floorMod(cluster.value().hashCode(), length);
    long wait = Math.floorMod(place - now.toEpochMilli(), length);
    return now.plusMillis(wait == 0 ? length : wait);
  }
}
