package io.keelson.infra.eventstore.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The place of one follower, and the right to move it: an advisory lock that goes with the
 * connection. The place is only ever moved over the connection that has the lock.
 */
record FollowerPlace(String follower) {

  // A host that vanished says no goodbye: without probes its lock would be held for hours.
  private static final String PROBE_US =
      "set tcp_keepalives_idle = 3; set tcp_keepalives_interval = 1; set tcp_keepalives_count = 3";
  private static final String LOCK =
      "select pg_try_advisory_lock(hashtextextended('keelson/log-follower/' || ?, 0))";
  private static final String KEPT =
      "select coalesce(max(log_position), 0) from eventstore.log_follower where name = ?";
  private static final String KEEP =
      """
      insert into eventstore.log_follower (name, log_position) values (?, ?)
      on conflict (name) do update set log_position = excluded.log_position\
      """;

  /** Answers whether the connection has the right now; nobody else has it then. */
  boolean take(Connection connection) throws SQLException {
    try (Statement probes = connection.createStatement()) {
      probes.execute(PROBE_US);
    }
    return ask(connection, LOCK, Boolean.class);
  }

  /** 0 where nothing was kept yet. */
  long kept(Connection connection) throws SQLException {
    return ask(connection, KEPT, Long.class);
  }

  int keep(Connection connection, long place) throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(KEEP)) {
      upsert.setString(1, follower);
      upsert.setLong(2, place);
      return upsert.executeUpdate();
    }
  }

  private <T> T ask(Connection connection, String query, Class<T> type) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(query)) {
      select.setString(1, follower);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getObject(1, type);
      }
    }
  }
}
