package io.keelson.infra.eventstore.connection;

import io.keelson.commands.Backoff;
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
 * A connection of its own, in autocommit: opened when it is needed, replaced when it is lost. It
 * logs each outage once, however many attempts fail. One thread uses it; only {@link #close()} may
 * be called by another thread.
 */
public final class DedicatedConnection implements AutoCloseable {

  /** Work on the connection. */
  public interface Work<T> {

    /** Does the work and returns its result. */
    T with(Connection connection) throws SQLException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(DedicatedConnection.class);
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
  private static final int NETWORK_TIMEOUT_MILLIS = 10_000;

  private final String name;
  private final DataSource dataSource;
  private final Clock clock;
  private volatile @Nullable Connection connection;
  private volatile boolean closed;
  private @Nullable Instant lostAt;
  private int failures;

  /**
   * A connection that is not open yet.
   *
   * @param name identifies it in log lines
   */
  public DedicatedConnection(String name, DataSource dataSource, Clock clock) {
    this.name = name;
    this.dataSource = dataSource;
    this.clock = clock;
  }

  /**
   * Does the work. After any failure the next call gets a new connection.
   *
   * @throws SQLException when the work was not done
   */
  public <T> T call(Work<T> work) throws SQLException {
    try {
      T result = work.with(open());
      succeeded();
      return result;
    } catch (SQLException | RuntimeException e) {
      failed(e);
      throw e;
    }
  }

  /** How long to wait before the next call, after a call that failed. */
  public Duration backoff() {
    return BACKOFF.after(failures);
  }

  private Connection open() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = dataSource.getConnection();
      open.setAutoCommit(true);
      open.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
      connection = open;
      if (closed) {
        close();
        throw new SQLException("closed");
      }
    }
    return open;
  }

  private void succeeded() {
    if (lostAt != null) {
      LOG.info("{}: connected again after {}", name, Duration.between(lostAt, clock.instant()));
      lostAt = null;
    }
    failures = 0;
  }

  private void failed(Exception e) {
    drop();
    failures++;
    if (lostAt == null) {
      lostAt = clock.instant();
      if (!closed) {
        LOG.warn(
            "{}: lost the connection to the database, retrying until it is back: {}",
            name,
            e.toString());
      }
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

  /** Ends the connection at once, even if a call waits for a response. */
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
