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
    FailureTracker contact = new FailureTracker("Things", hands());
    contact.lost("nobody answers");
    contact.lost("nobody answers");
    now = NOON.plusSeconds(60);
    contact.lost("nobody answers");

    assertThat(contact.trouble()).contains(new FailureTracker.Trouble(NOON, "nobody answers"));
    contact.found();
    contact.found();

    assertThat(contact.trouble()).isEmpty();
    assertThat(said())
        .containsExactly("Things wait: nobody answers", "Things flow again, after 60 s");
  }

  @Test
  void another_reason_is_said_and_the_beginning_stays() {
    FailureTracker contact = new FailureTracker("Things", hands());
    contact.lost("nobody answers");
    now = NOON.plusSeconds(5);
    contact.lost("they are not wanted");

    assertThat(contact.trouble()).contains(new FailureTracker.Trouble(NOON, "they are not wanted"));
    assertThat(said())
        .containsExactly("Things wait: nobody answers", "Things wait: they are not wanted");
  }

  @Test
  void where_another_says_when_it_begins_and_ends_only_changes_are_said() {
    FailureTracker contact = FailureTracker.ofFollower("Things", hands());
    contact.lost("nobody answers");
    contact.lost("they are not wanted");
    contact.found();

    assertThat(said()).containsExactly("Things wait: they are not wanted");
  }
}
