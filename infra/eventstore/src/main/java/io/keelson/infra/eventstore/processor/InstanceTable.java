package io.keelson.infra.eventstore.processor;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The SQL of {@code eventstore.instance}; all times are those of the database. */
final class InstanceTable {

  private static final String BEAT =
      """
      insert into eventstore.instance (name, processors, heartbeat_at)
      values (?, ?, clock_timestamp())
      on conflict (name) do update
      set processors = excluded.processors, heartbeat_at = excluded.heartbeat_at\
      """;
  private static final String LIVE =
      """
      select name, processors from eventstore.instance
      where heartbeat_at > clock_timestamp() - ? * interval '1 millisecond'
      order by name\
      """;
  private static final String REMOVE_DEAD =
      """
      delete from eventstore.instance
      where heartbeat_at < clock_timestamp() - ? * interval '1 millisecond'\
      """;
  private static final String REMOVE = "delete from eventstore.instance where name = ?";

  private InstanceTable() {}

  static void beat(Connection connection, Instance instance) throws SQLException {
    try (PreparedStatement beat = connection.prepareStatement(BEAT)) {
      beat.setString(1, instance.name());
      beat.setArray(2, connection.createArrayOf("text", instance.processors().toArray()));
      beat.executeUpdate();
    }
  }

  static List<Instance> live(Connection connection, Duration silentFor) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LIVE)) {
      select.setLong(1, silentFor.toMillis());
      List<Instance> live = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Array processors = row.getArray("processors");
          live.add(new Instance(row.getString("name"), Set.of((String[]) processors.getArray())));
        }
      }
      return live;
    }
  }

  static void removeDead(Connection connection, Duration silentFor) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(REMOVE_DEAD)) {
      delete.setLong(1, silentFor.toMillis());
      delete.executeUpdate();
    }
  }

  static void remove(Connection connection, String name) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(REMOVE)) {
      delete.setString(1, name);
      delete.executeUpdate();
    }
  }
}
