package io.keelson.adapters.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows since when something has not worked; says so once, and once that it does again. A reason
 * that changes meanwhile is said, too.
 */
final class FailureTracker {

  private static final Logger LOG = LoggerFactory.getLogger(FailureTracker.class);

  private final String what;
  private final Clock clock;
  private final boolean saysBeginningAndEnd;
  private final AtomicReference<@Nullable Trouble> trouble = new AtomicReference<>();

  /**
   * What is wrong.
   *
   * @param since when it began, whatever the reason was then
   */
  record Trouble(Instant since, String reason) {}

  /**
   * @param what begins the sentences, {@code Events to Kafka}
   */
  FailureTracker(String what, Clock clock) {
    this(what, clock, true);
  }

  private FailureTracker(String what, Clock clock, boolean saysBeginningAndEnd) {
    this.what = what;
    this.clock = clock;
    this.saysBeginningAndEnd = saysBeginningAndEnd;
  }

  /** One whose caller says by itself when it begins and ends. */
  static FailureTracker ofFollower(String what, Clock clock) {
    return new FailureTracker(what, clock, false);
  }

  void lost(String reason) {
    Trouble before = trouble.get();
    Instant since = before == null ? clock.instant() : before.since();
    trouble.set(new Trouble(since, reason));
    if (before == null ? saysBeginningAndEnd : !before.reason().equals(reason)) {
      LOG.warn("{} wait: {}", what, reason);
    }
  }

  void found() {
    Trouble before = trouble.getAndSet(null);
    if (before != null && saysBeginningAndEnd) {
      LOG.info(
          "{} flow again, after {} s",
          what,
          Duration.between(before.since(), clock.instant()).toSeconds());
    }
  }

  Optional<Trouble> trouble() {
    return Optional.ofNullable(trouble.get());
  }
}
