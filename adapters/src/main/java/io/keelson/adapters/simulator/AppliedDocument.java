package io.keelson.adapters.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The current document of something, and the one that it replaced. An observation shows the state
 * of an earlier instant, so it may still show the previous document.
 *
 * @param since when the current document was applied
 * @param previous null: the current document is the first one
 */
record AppliedDocument<D>(D current, Instant since, @Nullable D previous) {

  static <D> AppliedDocument<D> first(D document, Instant now) {
    return new AppliedDocument<>(document, now, null);
  }

  AppliedDocument<D> then(D document, Instant now) {
    return new AppliedDocument<>(document, now, current);
  }

  /** The document at an instant; null before the first one was applied. */
  @Nullable D at(Instant instant) {
    return instant.isBefore(since) ? previous : current;
  }
}
