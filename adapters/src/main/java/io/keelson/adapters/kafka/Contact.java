package io.keelson.adapters.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows since when something has not worked; says so once, and once that it does again. */
final class Contact {

  private static final Logger LOG = LoggerFactory.getLogger(Contact.class);

  private final String what;
  private final Clock clock;
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
  Contact(String what, Clock clock) {
    this.what = what;
    this.clock = clock;
  }

  void lost(String reason) {
    Trouble before = trouble.get();
    Instant since = before == null ? clock.instant() : before.since();
    trouble.set(new Trouble(since, reason));
    if (before == null || !before.reason().equals(reason)) {
      LOG.warn("{} wait: {}", what, reason);
    }
  }

  void found() {
    Trouble before = trouble.getAndSet(null);
    if (before != null) {
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
