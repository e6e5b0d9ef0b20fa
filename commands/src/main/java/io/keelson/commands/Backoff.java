package io.keelson.commands;

import java.time.Duration;

/**
 * How long to wait before the next attempt: the delay doubles with each further failure in a row
 * and never exceeds {@code max}. It is a pure value: it counts no failures and never waits itself.
 *
 * @param first the delay after the first failure; positive
 * @param max the largest delay; at least {@code first}
 */
public record Backoff(Duration first, Duration max) {

  public Backoff {
    if (!first.isPositive()) {
      throw new IllegalArgumentException("the first delay is not positive: " + first);
    }
    if (max.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "the maximum delay " + max + " is less than the first delay " + first);
    }
  }

  /**
   * The delay after a number of failures in a row, for any number, however large.
   *
   * @param failures the last one included; 1 gives {@code first}, and so does any smaller number
   */
  public Duration after(int failures) {
    Duration half = max.dividedBy(2);
    Duration delay = first;
    for (int failure = 1; failure < failures; failure++) {
      if (delay.compareTo(half) > 0) {
        return max;
      }
      delay = delay.multipliedBy(2);
    }
    return delay;
  }
}
