package io.keelson.infra.app.monitoring;

import io.keelson.infra.app.processor.Processors;
import io.keelson.infra.eventstore.Tail;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Gauges whose values come from queries: the lag of processors, parked events, operations. Between
 * two updates they show the values of the last one. It must not write to the database.
 */
final class DatabaseGauges {

  /** With a longer lag the difference of the positions replaces the count of events. */
  private static final int MAX_COUNTED = 10_000;

  private static final String LAG =
      """
      select count(e.recorded_at) as events, min(e.recorded_at) as oldest
      from (select recorded_at from eventstore.event
            where position > ? and position <= ? order by position limit %d) e\
      """
          .formatted(MAX_COUNTED);
  private static final String PARKED =
      """
      select processing_group, count(*) as letters, count(distinct sequence) as sequences
      from eventstore.dead_letter group by processing_group\
      """;
  private static final String OPERATIONS =
      "select kind, state, count(*) as operations from readmodel.operation group by kind, state";

  private final JdbcTemplate jdbc;
  private final Processors processors;
  private final Tail tail;
  private final Clock clock;
  private final GaugeRows lagEvents;
  private final GaugeRows lagSeconds;
  private final GaugeRows stops;
  private final GaugeRows letters;
  private final GaugeRows sequences;
  private final GaugeRows operations;

  DatabaseGauges(
      DataSource dataSource, Processors processors, Tail tail, Clock clock, MeterRegistry meters) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.processors = processors;
    this.tail = tail;
    this.clock = clock;
    this.lagEvents =
        new GaugeRows(
            meters,
            "keelson.processor.lag.events",
            "Events that a segment of this instance has not handled yet");
    this.lagSeconds =
        new GaugeRows(
            meters,
            "keelson.processor.lag",
            "Age of the oldest event that a segment of this instance has not handled yet",
            "seconds");
    this.stops =
        new GaugeRows(
            meters,
            "keelson.processor.stopped",
            "1: stopped before an event that only newer instances know");
    this.letters =
        new GaugeRows(
            meters,
            "keelson.dead.letters",
            "Parked events: those that a processor cannot handle and those that wait behind one");
    this.sequences =
        new GaugeRows(
            meters, "keelson.dead.letter.sequences", "Clusters and streams with parked events");
    this.operations = new GaugeRows(meters, "keelson.operations", "Operations by kind and state");
  }

  void update() {
    updateLags();
    stops.show(
        processors.stopPositions().entrySet().stream()
            .collect(
                Collectors.toMap(
                    e -> Tags.of("processor", e.getKey(), "event", e.getValue().type()), _ -> 1)));
    Map<Tags, Long> letterRows = new HashMap<>();
    Map<Tags, Long> sequenceRows = new HashMap<>();
    jdbc.query(
        PARKED,
        row -> {
          Tags group = Tags.of("processor", row.getString("processing_group"));
          letterRows.put(group, row.getLong("letters"));
          sequenceRows.put(group, row.getLong("sequences"));
        });
    letters.show(letterRows);
    sequences.show(sequenceRows);
    Map<Tags, Long> operationRows = new HashMap<>();
    jdbc.query(
        OPERATIONS,
        row -> {
          operationRows.put(kindAndState(row), row.getLong("operations"));
        });
    operations.show(operationRows);
  }

  private static Tags kindAndState(ResultSet row) throws SQLException {
    return Tags.of("kind", lower(row.getString("kind")), "state", lower(row.getString("state")));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private void updateLags() {
    long decided = tail.health().decided();
    Map<Tags, Long> events = new HashMap<>();
    Map<Tags, Double> seconds = new HashMap<>();
    processors
        .positions()
        .forEach(
            held -> {
              Lag lag = lag(held.position(), decided);
              Tags tags = Tags.of("processor", held.processor(), "segment", "" + held.segment());
              events.put(tags, lag.events());
              seconds.put(tags, lag.age().toNanos() / 1e9);
            });
    lagEvents.show(events);
    lagSeconds.show(seconds);
  }

  private record Lag(long events, Duration age) {}

  private Lag lag(long position, long decided) {
    if (position >= decided) {
      return new Lag(0, Duration.ZERO);
    }
    return jdbc.query(
            LAG,
            (row, _) -> {
              long counted = row.getLong("events");
              OffsetDateTime oldest = row.getObject("oldest", OffsetDateTime.class);
              return new Lag(
                  counted < MAX_COUNTED ? counted : decided - position,
                  oldest == null
                      ? Duration.ZERO
                      : Duration.between(oldest.toInstant(), clock.instant()));
            },
            position,
            decided)
        .getFirst();
  }
}
