package io.keelson.infra.eventstore.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The position of one follower in the log, and its lease: an advisory lock that ends with the
 * connection. The position is only ever changed over the connection that holds the lock.
 */
record FollowerPosition(String follower) {

  // A host that vanished closes no connection: without probes its lock would be held for hours.
  private static final String KEEPALIVES =
      "set tcp_keepalives_idle = 3; set tcp_keepalives_interval = 1; set tcp_keepalives_count = 3";
  private static final String LOCK =
      "select pg_try_advisory_lock(hashtextextended('keelson/log-follower/' || ?, 0))";
  private static final String LOAD =
      "select coalesce(max(log_position), 0) from eventstore.log_follower where name = ?";
  private static final String SAVE =
      """
      insert into eventstore.log_follower (name, log_position) values (?, ?)
      on conflict (name) do update set log_position = excluded.log_position\
      """;

  /** Returns whether this connection holds the lease now; then no other connection holds it. */
  boolean acquire(Connection connection) throws SQLException {
    try (Statement probes = connection.createStatement()) {
      probes.execute(KEEPALIVES);
    }
    return query(connection, LOCK, Boolean.class);
  }

  /** The stored position; 0 when there is none. */
  long load(Connection connection) throws SQLException {
    return query(connection, LOAD, Long.class);
  }

  int save(Connection connection, long position) throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(SAVE)) {
      upsert.setString(1, follower);
      upsert.setLong(2, position);
      return upsert.executeUpdate();
    }
  }

  private <T> T query(Connection connection, String sql, Class<T> type) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, follower);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getObject(1, type);
      }
    }
  }
}
