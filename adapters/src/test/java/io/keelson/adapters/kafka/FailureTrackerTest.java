package io.keelson.adapters.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailureTrackerTest {

  private static final Instant NOON = Instant.parse("2026-07-03T12:00:00Z");

  private final Logger log = (Logger) LoggerFactory.getLogger(FailureTracker.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private Instant now = NOON;

  @BeforeEach
  void listen() {
    lines.start();
    log.addAppender(lines);
  }

  @AfterEach
  void stop() {
    log.detachAppender(lines);
  }

  private List<String> said() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  /** The clock of the test, which is moved by hand. */
  private Clock hands() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }

  @Test
  void an_outage_is_one_line_and_its_end_another() {
    FailureTracker failures = new FailureTracker("Things", hands());
    failures.failed("nobody answers");
    failures.failed("nobody answers");
    now = NOON.plusSeconds(60);
    failures.failed("nobody answers");

    assertThat(failures.current()).contains(new FailureTracker.Failure(NOON, "nobody answers"));
    failures.recovered();
    failures.recovered();

    assertThat(failures.current()).isEmpty();
    assertThat(said())
        .containsExactly(
            "Things are delayed: nobody answers", "Things are no longer delayed, after 60 s");
  }

  @Test
  void another_reason_is_said_and_the_beginning_stays() {
    FailureTracker failures = new FailureTracker("Things", hands());
    failures.failed("nobody answers");
    now = NOON.plusSeconds(5);
    failures.failed("they are not wanted");

    assertThat(failures.current())
        .contains(new FailureTracker.Failure(NOON, "they are not wanted"));
    assertThat(said())
        .containsExactly(
            "Things are delayed: nobody answers", "Things are delayed: they are not wanted");
  }

  @Test
  void where_another_says_when_it_begins_and_ends_only_changes_are_said() {
    FailureTracker failures = FailureTracker.ofFollower("Things", hands());
    failures.failed("nobody answers");
    failures.failed("they are not wanted");
    failures.recovered();

    assertThat(said()).containsExactly("Things are delayed: they are not wanted");
  }
}
