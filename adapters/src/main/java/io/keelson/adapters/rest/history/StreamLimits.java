package io.keelson.adapters.rest.history;

import java.time.Duration;

/**
 * The limits of the event streams of one instance, and the interval of heartbeats.
 *
 * @param perOrganization the maximum for one organization
 * @param total the maximum for all organizations together
 */
public record StreamLimits(int perOrganization, int total, Duration heartbeat) {

  public static final StreamLimits DEFAULT = new StreamLimits(50, 1000, Duration.ofSeconds(15));
}
