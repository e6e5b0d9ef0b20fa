package io.keelson.adapters.rest.history;

import java.time.Duration;

/**
 * How many streams one instance serves, and how often a quiet one shows that it lives.
 *
 * @param perOrganization that one organization may have
 * @param total that all may have
 */
public record StreamLimits(int perOrganization, int total, Duration heartbeat) {

  public static final StreamLimits DEFAULT = new StreamLimits(50, 1000, Duration.ofSeconds(15));
}
