package io.keelson.infra.eventstore.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of one's own, in autocommit: opened when it is needed, replaced when it is lost. It
 * speaks once per outage, not once per try. For one thread; only closing may come from another.
 */
public final class DedicatedConnection implements AutoCloseable {

  /** Something to do with the connection. */
  public interface Work<T> {
    /** Its result. */
    T with(Connection connection) throws SQLException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(DedicatedConnection.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final int ANSWER_WITHIN_MILLIS = 10_000;

  private final String name;
  private final DataSource dataSource;
  private final Clock clock;
  private volatile @Nullable Connection connection;
  private volatile boolean closed;
  private @Nullable Instant lostAt;
  private Duration pause = FIRST_PAUSE;

  /**
   * Not opened yet.
   *
   * @param name for log lines
   */
  public DedicatedConnection(String name, DataSource dataSource, Clock clock) {
    this.name = name;
    this.dataSource = dataSource;
    this.clock = clock;
  }

  /**
   * Does the work; whatever goes wrong, the next call gets a new connection.
   *
   * @throws SQLException when it was not done
   */
  public <T> T call(Work<T> work) throws SQLException {
    try {
      T result = work.with(open());
      found();
      return result;
    } catch (SQLException | RuntimeException e) {
      lost(e);
      throw e;
    }
  }

  /** How long to wait before the next call after one that failed. */
  public Duration pause() {
    return pause;
  }

  private Connection open() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = dataSource.getConnection();
      open.setAutoCommit(true);
      open.setNetworkTimeout(Runnable::run, ANSWER_WITHIN_MILLIS);
      connection = open;
      if (closed) {
        close();
        throw new SQLException("closed");
      }
    }
    return open;
  }

  private void found() {
    if (lostAt != null) {
      LOG.info("{}: connected again after {}", name, Duration.between(lostAt, clock.instant()));
      lostAt = null;
    }
    pause = FIRST_PAUSE;
  }

  private void lost(Exception e) {
    drop();
    if (lostAt == null) {
      lostAt = clock.instant();
      if (!closed) {
        LOG.warn("{}: lost the database, trying again until it is back: {}", name, e.toString());
      }
    } else {
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
  }

  /** Closes the connection; the next call gets a new one. */
  public void drop() {
    Connection dropped = connection;
    connection = null;
    if (dropped != null) {
      try {
        dropped.close();
      } catch (SQLException e) {
        LOG.debug("{}: could not close a connection", name, e);
      }
    }
  }

  /** Ends the connection at once, also under a call that waits for an answer. */
  @Override
  public void close() {
    closed = true;
    Connection open = connection;
    if (open != null) {
      try {
        open.abort(Runnable::run);
      } catch (SQLException e) {
        LOG.debug("{}: could not abort a connection", name, e);
      }
    }
  }
}
