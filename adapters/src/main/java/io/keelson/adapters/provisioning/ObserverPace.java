package io.keelson.adapters.provisioning;

import java.time.Duration;

/**
 * How often a cluster is looked at.
 *
 * @param shortest between two looks while something is new
 * @param longest between two looks at a cluster that has long been the same
 */
public record ObserverPace(Duration shortest, Duration longest) {

  public static final ObserverPace DEFAULT =
      new ObserverPace(Duration.ofMillis(300), Duration.ofSeconds(10));

  private static final int WHILE_MOVING = 4;

  /** A look that shows nothing new doubles the pause, though not for long while things move. */
  Duration after(Duration last, boolean news, boolean moving) {
    if (news) {
      return shortest;
    }
    Duration most = moving ? shortest.multipliedBy(WHILE_MOVING) : longest;
    Duration doubled = last.multipliedBy(2);
    return doubled.compareTo(shortest) < 0
        ? shortest
        : doubled.compareTo(most) < 0 ? doubled : most;
  }
}
