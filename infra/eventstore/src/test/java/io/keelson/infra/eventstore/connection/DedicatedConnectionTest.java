package io.keelson.infra.eventstore.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.keelson.infra.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DedicatedConnectionTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger(DedicatedConnection.class);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final DedicatedConnection link =
      new DedicatedConnection("test", TestPostgres.database(), Clock.systemUTC());

  @BeforeEach
  void listen() {
    logger.setLevel(Level.INFO);
    logged.start();
    logger.addAppender(logged);
  }

  @AfterEach
  void close() {
    logger.detachAppender(logged);
    logger.setLevel(null);
    link.close();
  }

  @Test
  void an_outage_is_logged_once_and_its_end_once() throws SQLException {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> link.call(DedicatedConnectionTest::fail))
          .isInstanceOf(SQLException.class);
    }
    link.call(connection -> connection.isValid(1));
    link.call(connection -> connection.isValid(1));

    assertThat(logged.list)
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.WARN, Level.INFO);
  }

  @Test
  void the_backoff_grows_to_a_maximum_and_is_reset_by_a_success() throws SQLException {
    List<Duration> delays = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      assertThatThrownBy(() -> link.call(DedicatedConnectionTest::fail))
          .isInstanceOf(SQLException.class);
      delays.add(link.backoff());
    }
    assertThat(delays).isSorted();
    assertThat(delays.getFirst()).isEqualTo(Duration.ofMillis(100));
    assertThat(delays.getLast()).isEqualTo(Duration.ofSeconds(2));

    link.call(connection -> connection.isValid(1));
    assertThatThrownBy(() -> link.call(DedicatedConnectionTest::fail))
        .isInstanceOf(SQLException.class);
    assertThat(link.backoff()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void a_connection_is_kept_while_it_works_and_replaced_after_it_failed() throws SQLException {
    Connection first = link.call(connection -> connection);
    assertThat(link.<Connection>call(connection -> connection)).isSameAs(first);

    assertThatThrownBy(() -> link.call(DedicatedConnectionTest::fail))
        .isInstanceOf(SQLException.class);

    assertThat(first.isClosed()).isTrue();
    assertThat(link.<Connection>call(connection -> connection)).isNotSameAs(first);
  }

  private static Void fail(Connection connection) throws SQLException {
    throw new SQLException("no");
  }
}
