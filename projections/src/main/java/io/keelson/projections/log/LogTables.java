package io.keelson.projections.log;

import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.log.EventLog;
import io.keelson.commands.log.LogEntry;
import io.keelson.projections.RowJson;
import io.keelson.projections.Rows;
import io.keelson.projections.Scope;
import io.keelson.projections.Waiting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of {@code readmodel.log}, joined with the entries of the log at these positions. */
public final class LogTables implements History {

  private static final String COLUMNS = "node, operation";

  private final JdbcClient sql;
  private final EventLog log;

  public LogTables(DataSource database, EventLog log) {
    this.sql = JdbcClient.create(database);
    this.log = log;
  }

  @Override
  public Optional<Event> event(Scope scope, UUID id) {
    Scan scan = new Scan("log", COLUMNS, scope, true).where("id", id);
    return read(scan, Range.after(0), 1).items().stream().findFirst();
  }

  @Override
  public Part<Event> events(Scope scope, EventFilter filter, Range range, int limit) {
    return read(
        new Scan("log", COLUMNS, scope, true)
            .where("correlation", filter.correlation())
            .where("operation", filter.operation() == null ? null : filter.operation().value())
            .where("node", filter.node() == null ? null : filter.node().value())
            .where("cluster", filter.cluster() == null ? null : filter.cluster().value())
            .where("initiator", stored(filter.initiator()))
            .where("principal", stored(filter.principal()))
            .where("type", stored(filter.type())),
        range,
        limit);
  }

  @Override
  public Part<Event> openEvents(Scope scope, long after, int limit) {
    return read(
        new Scan("log", COLUMNS, scope, true)
            .holding("open = :open", "open", true)
            .within(10 * limit),
        Range.after(after),
        limit);
  }

  private static @Nullable String stored(@Nullable String text) {
    return text == null ? null : RowJson.stored(text);
  }

  /** A row of a part, before its entry is read from the log. */
  private record Place(long position, @Nullable NodeId node, @Nullable OperationId operation) {

    static Place of(ResultSet row, int number) throws SQLException {
      UUID node = row.getObject("node", UUID.class);
      UUID operation = row.getObject("operation", UUID.class);
      return new Place(
          row.getLong("position"),
          node == null ? null : new NodeId(node),
          operation == null ? null : new OperationId(operation));
    }
  }

  private Part<Event> read(Scan scan, Range range, int limit) {
    Part<Place> part = scan.part(sql, range, limit, Place::of);
    Map<Long, LogEntry> entries =
        log.at(part.items().stream().map(Place::position).toList()).stream()
            .collect(Collectors.toMap(LogEntry::position, Function.identity()));
    return new Part<>(
        part.items().stream().map(place -> event(place, entries.get(place.position()))).toList(),
        part.next());
  }

  private static Event event(Place place, @Nullable LogEntry entry) {
    if (entry == null) {
      throw new IllegalStateException("the log has nothing at " + place.position());
    }
    return new Event(entry, place.node(), place.operation());
  }

  @Override
  public OptionalLong firstAt(Instant instant) {
    return sql.sql(
            """
            select position from readmodel.log where reached_at >= :instant
            order by reached_at, position limit 1
            """)
        .param("instant", column(instant))
        .query(Long.class)
        .optional()
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  /** The first microsecond that is not before the instant: the database would round it. */
  private static OffsetDateTime column(Instant instant) {
    return instant.plusNanos(999).truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  @Override
  public long reached() {
    return sql.sql("select coalesce(max(position), 0) from readmodel.log")
        .query(Long.class)
        .single();
  }

  @Override
  public boolean awaitHead(Duration timeout) {
    long head = log.head();
    return Waiting.until(() -> reached() >= head, timeout);
  }

  @Override
  public Predicate<OrganizationId> affected(long after, long upTo) {
    Set<UUID> owners =
        sql.sql(
                """
                select distinct organization from readmodel.log
                where position > :after and position <= :upTo and organization is not null
                """)
            .param("after", after)
            .param("upTo", upTo)
            .query((row, _) -> row.getObject(1, UUID.class))
            .set();
    return organization ->
        owners.contains(LogRow.EVERYBODY) || owners.contains(organization.value());
  }

  @Override
  public Map<UUID, Span> spans(Collection<Version> streams) {
    if (streams.isEmpty()) {
      return Map.of();
    }
    List<UUID> ids = streams.stream().map(Version::stream).toList();
    List<Long> numbers = streams.stream().map(Version::number).toList();
    return sql
        .sql(
            """
            select s.stream, f.position, l.position
            from unnest(cast(:streams as uuid[]), cast(:numbers as bigint[])) as s (stream, number)
            join readmodel.log f on f.stream = s.stream and f.stream_version = 0
            left join readmodel.log l on l.stream = s.stream and l.stream_version = s.number
            """)
        .param("streams", Rows.array(ids))
        .param("numbers", Rows.array(numbers))
        .query(
            (row, _) -> {
              long last = row.getLong(3);
              return Map.entry(
                  row.getObject(1, UUID.class),
                  new Span(row.getLong(2), row.wasNull() ? null : last));
            })
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
