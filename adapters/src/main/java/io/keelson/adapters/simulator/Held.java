package io.keelson.adapters.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A document, and the one before it: what an instant shows is one of them.
 *
 * @param since when the current one was applied
 */
record Held<D>(D current, Instant since, @Nullable D previous) {

  static <D> Held<D> first(D document, Instant now) {
    return new Held<>(document, now, null);
  }

  Held<D> then(D document, Instant now) {
    return new Held<>(document, now, current);
  }

  @Nullable D at(Instant instant) {
    return instant.isBefore(since) ? previous : current;
  }
}
