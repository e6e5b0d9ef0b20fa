package io.keelson.infra.app.processor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.spi.FilterReply;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuietOutageTest {

  private static final String SCHEDULER = "com.github.kagkarlsson.scheduler.RunUntilShutdown";

  private final Throwable away =
      new IllegalStateException("poll failed", new SQLException("refused", "08001"));
  private final LoggerContext loggers = new LoggerContext();
  private final QuietOutage filter = new QuietOutage();

  @Test
  void a_library_need_not_repeat_that_the_store_is_away() {
    assertThat(decide(SCHEDULER, null, away)).isEqualTo(FilterReply.DENY);
    assertThat(
            decide(
                "org.axonframework.eventhandling.pooled.Coordinator",
                new Object[] {"status", away},
                null))
        .isEqualTo(FilterReply.DENY);
  }

  @Test
  void everything_else_is_said() {
    Throwable fault = new IllegalStateException("a fault", new SQLException("syntax", "42601"));

    assertThat(decide(SCHEDULER, null, fault)).isEqualTo(FilterReply.NEUTRAL);
    assertThat(decide(SCHEDULER, new Object[] {"text"}, null)).isEqualTo(FilterReply.NEUTRAL);
    assertThat(decide(SCHEDULER, null, null)).isEqualTo(FilterReply.NEUTRAL);
    assertThat(decide("io.keelson.infra.eventstore.Link", null, away))
        .isEqualTo(FilterReply.NEUTRAL);
  }

  private FilterReply decide(
      String logger, Object @Nullable [] parameters, @Nullable Throwable thrown) {
    Logger named = loggers.getLogger(logger);
    return filter.decide(null, named, Level.ERROR, "{}", parameters, thrown);
  }
}
