package io.keelson.infra.eventstore.store;

import io.keelson.commands.ClusterId;
import io.keelson.commands.DomainEvent;
import io.keelson.infra.eventstore.codec.EventCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The events as a table. Streams are written and read in the transaction of the caller. Pages of
 * the tail never are, since an old database snapshot would hide events up to the watermark.
 */
public final class EventTable {

  /** The columns that {@link #tracked} reads, of a table with the alias {@code e}. */
  public static final String COLUMNS =
      "e.position, e.stream, e.stream_type, e.version, e.id, e.type, e.revision, e.recorded_at,"
          + " e.payload, e.metadata";

  private static final String INSERT =
      """
      insert into eventstore.event
      (stream, stream_type, version, id, type, revision, cluster, recorded_at, payload, metadata, open)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;
  private static final String LOAD =
      "select %s from eventstore.event e where stream = ? and version >= ? order by version"
          .formatted(COLUMNS);
  private static final String AFTER =
      "select type, revision, payload from eventstore.event"
          + " where stream = ? and version > ? order by version";
  private static final String PAGE =
      "select %s from eventstore.event e where position > ? and position <= ? order by position limit ?"
          .formatted(COLUMNS);

  private final DataSource dataSource;
  private final JdbcTemplate jdbc;
  private final EventCodec codec;

  EventTable(DataSource dataSource, EventCodec codec) {
    this.dataSource = dataSource;
    this.jdbc = new JdbcTemplate(dataSource);
    this.codec = codec;
  }

  /** Inserts all events in one round trip. */
  void append(List<DomainEventMessage<DomainEvent>> events) {
    jdbc.batchUpdate(INSERT, events, events.size(), this::bind);
  }

  private void bind(PreparedStatement insert, DomainEventMessage<DomainEvent> message)
      throws SQLException {
    DomainEvent event = message.getPayload();
    ClusterId cluster = event.cluster();
    EventCodec.Encoded encoded = codec.encode(event);
    insert.setObject(1, UUID.fromString(message.getAggregateIdentifier()));
    insert.setString(2, message.getType());
    insert.setLong(3, message.getSequenceNumber());
    insert.setObject(4, UUID.fromString(message.getIdentifier()));
    insert.setString(5, encoded.type().name());
    insert.setInt(6, encoded.type().revision());
    insert.setObject(7, cluster == null ? null : cluster.value(), java.sql.Types.OTHER);
    insert.setObject(8, column(message.getTimestamp()));
    insert.setBytes(9, encoded.payload());
    insert.setBytes(
        10,
        codec.encodeMetadata(
            message.getType(), message.getAggregateIdentifier(), message.getMetaData()));
    insert.setBoolean(11, encoded.type().open());
  }

  /** The events of a stream from a version on. */
  List<DomainEventMessage<?>> load(UUID stream, long firstVersion) {
    return jdbc.query(LOAD, (row, n) -> message(row, true), stream, firstVersion);
  }

  /** The events of a stream after a version, without their metadata. */
  public List<DomainEvent> after(UUID stream, long version) {
    return jdbc.query(
        AFTER,
        (row, n) ->
            codec.decode(row.getString("type"), row.getInt("revision"), row.getBytes("payload")),
        stream,
        version);
  }

  /** The version of the last event of a stream. */
  Optional<Long> lastVersion(UUID stream) {
    return Optional.ofNullable(
        jdbc.queryForObject(
            "select max(version) from eventstore.event where stream = ?", Long.class, stream));
  }

  /**
   * The events after {@code after} and up to {@code upTo}, in order, on a connection of its own.
   */
  List<TrackedEventMessage<?>> page(long after, long upTo, int limit) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(PAGE)) {
      select.setLong(1, after);
      select.setLong(2, upTo);
      select.setInt(3, limit);
      List<TrackedEventMessage<?>> page = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          page.add(tracked(row));
        }
      }
      return page;
    }
  }

  /** The position of the last event up to {@code upTo}; 0 when there is none. */
  long lastPosition(long upTo) throws SQLException {
    return position(
        "select coalesce(max(position), 0) from eventstore.event where position <= ?", upTo);
  }

  /**
   * The position before the first event up to {@code upTo} that was recorded at {@code instant} or
   * later; the position of the last event when there is none.
   */
  long lastPositionBefore(Instant instant, long upTo) throws SQLException {
    long first =
        position(
            "select coalesce(min(position), 0) from eventstore.event"
                + " where position <= ? and recorded_at >= ?",
            upTo,
            column(instant));
    return first == 0 ? lastPosition(upTo) : first - 1;
  }

  private long position(String query, Object... arguments) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(query)) {
      for (int i = 0; i < arguments.length; i++) {
        select.setObject(i + 1, arguments[i]);
      }
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** The event of a row of {@link #COLUMNS}, with its token. */
  public TrackedEventMessage<?> tracked(ResultSet row) throws SQLException {
    return new GenericTrackedDomainEventMessage<>(
        new GlobalSequenceTrackingToken(row.getLong("position")), message(row, false));
  }

  public DataSource dataSource() {
    return dataSource;
  }

  public EventCodec codec() {
    return codec;
  }

  private DomainEventMessage<?> message(ResultSet row, boolean everyTypeKnown) throws SQLException {
    String type = row.getString("type");
    int revision = row.getInt("revision");
    byte[] payload = row.getBytes("payload");
    return new GenericDomainEventMessage<>(
        row.getString("stream_type"),
        row.getString("stream"),
        row.getLong("version"),
        everyTypeKnown
            ? codec.decode(type, revision, payload)
            : codec.decodeOrUnknown(type, revision, payload),
        codec.decodeMetadata(
            row.getString("stream_type"), row.getString("stream"), row.getBytes("metadata")),
        row.getString("id"),
        row.getObject("recorded_at", OffsetDateTime.class).toInstant());
  }

  /** PostgreSQL rounds to microseconds, so they are cut first: readers get what was published. */
  public static OffsetDateTime column(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
