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
 * Knows since when something fails. It logs the first failure, each later change of the reason, and
 * the recovery, each once.
 */
final class FailureTracker {

  private static final Logger LOG = LoggerFactory.getLogger(FailureTracker.class);

  private final String what;
  private final Clock clock;
  private final boolean logsStartAndEnd;
  private final AtomicReference<@Nullable Failure> current = new AtomicReference<>();

  /**
   * The current failure.
   *
   * @param since when the first failure occurred, whatever its reason was
   */
  record Failure(Instant since, String reason) {}

  /**
   * @param what the subject of the log lines: {@code Events to Kafka}
   */
  FailureTracker(String what, Clock clock) {
    this(what, clock, true);
  }

  private FailureTracker(String what, Clock clock, boolean logsStartAndEnd) {
    this.what = what;
    this.clock = clock;
    this.logsStartAndEnd = logsStartAndEnd;
  }

  /** A tracker whose caller logs the first failure and the recovery itself. */
  static FailureTracker ofFollower(String what, Clock clock) {
    return new FailureTracker(what, clock, false);
  }

  void failed(String reason) {
    Failure before = current.get();
    Instant since = before == null ? clock.instant() : before.since();
    current.set(new Failure(since, reason));
    if (before == null ? logsStartAndEnd : !before.reason().equals(reason)) {
      LOG.warn("{} are delayed: {}", what, reason);
    }
  }

  void recovered() {
    Failure before = current.getAndSet(null);
    if (before != null && logsStartAndEnd) {
      LOG.info(
          "{} are no longer delayed, after {} s",
          what,
          Duration.between(before.since(), clock.instant()).toSeconds());
    }
  }

  Optional<Failure> current() {
    return Optional.ofNullable(current.get());
  }
}
