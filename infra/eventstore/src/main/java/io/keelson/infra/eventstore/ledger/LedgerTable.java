package io.keelson.infra.eventstore.ledger;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Origin;
import io.keelson.commands.log.LogEntry;
import io.keelson.infra.eventstore.codec.EventCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The SQL of the ledger: one statement gives the next positions, and entries are read with the
 * events as they are stored.
 */
final class LedgerTable {

  /**
   * The end of the ledger.
   *
   * @param logPosition the last position that was given
   * @param more whether a decided event waits for a position
   */
  record Head(long logPosition, boolean more) {}

  private static final String HEAD =
      """
      select log_position, exists (
        select from eventstore.event e where e.position > h.position and e.position <= ?) as more
      from eventstore.ledger_head h\
      """;
  // The transaction that has locked the row of the head is the only writer. Every event up to the
  // watermark was visible before this statement began, so its snapshot can lack only what another
  // instance numbered meanwhile, and the locked row accounts for that.
  private static final String NUMBER =
      """
      with head as materialized (
        select log_position, position from eventstore.ledger_head for update),
      next as (
        select e.position, row_number() over (order by e.position) as nth
        from (
          select position from eventstore.event
          where position > (select position from head) and position <= ?
          order by position limit ?) as e),
      given as (
        insert into eventstore.ledger (log_position, position)
        select head.log_position + next.nth, next.position from next, head
        returning log_position, position)
      update eventstore.ledger_head as h set log_position = l.log_position, position = l.position
      from (select max(log_position) as log_position, max(position) as position from given) as l
      where l.log_position is not null\
      """;
  private static final String ENTRIES =
      """
      select l.log_position, e.id, e.type, e.revision, e.open, e.stream, e.stream_type, e.version,
             e.cluster, e.recorded_at, e.payload, e.metadata
      from eventstore.ledger l join eventstore.event e on e.position = l.position
      """;
  private static final String AFTER =
      ENTRIES + "where l.log_position > ? order by l.log_position limit ?";
  private static final String AT =
      ENTRIES + "where l.log_position = any (?) order by l.log_position";

  private final EventCodec codec;

  LedgerTable(EventCodec codec) {
    this.codec = codec;
  }

  Head head(Connection connection, long decided) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(HEAD)) {
      select.setLong(1, decided);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new Head(row.getLong("log_position"), row.getBoolean("more"));
      }
    }
  }

  /**
   * Gives the next positions, in a transaction of its own on a connection in autocommit.
   *
   * @param decided a watermark: no new event can appear at or before it
   */
  void number(Connection connection, long decided, int limit) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(NUMBER)) {
      update.setLong(1, decided);
      update.setInt(2, limit);
      update.executeUpdate();
    }
  }

  List<LogEntry> after(Connection connection, long position, int limit) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(AFTER)) {
      select.setLong(1, position);
      select.setInt(2, limit);
      return entries(select);
    }
  }

  List<LogEntry> at(Connection connection, Collection<Long> positions) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(AT)) {
      select.setArray(1, connection.createArrayOf("bigint", positions.toArray()));
      return entries(select);
    }
  }

  private List<LogEntry> entries(PreparedStatement select) throws SQLException {
    List<LogEntry> entries = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        entries.add(entry(row));
      }
    }
    return entries;
  }

  private LogEntry entry(ResultSet row) throws SQLException {
    UUID cluster = row.getObject("cluster", UUID.class);
    Map<String, Object> metadata =
        codec.decodeMetadata(
            row.getString("stream_type"), row.getString("stream"), row.getBytes("metadata"));
    Instant recorded = row.getObject("recorded_at", OffsetDateTime.class).toInstant();
    Instant occurred = Origin.of(metadata).occurredAt();
    return new LogEntry(
        row.getLong("log_position"),
        row.getObject("id", UUID.class),
        row.getString("type"),
        row.getInt("revision"),
        row.getBoolean("open"),
        row.getObject("stream", UUID.class),
        row.getString("stream_type"),
        row.getLong("version"),
        cluster == null ? null : new ClusterId(cluster),
        occurred == null ? recorded : occurred,
        recorded,
        row.getBytes("payload"),
        metadata);
  }
}
