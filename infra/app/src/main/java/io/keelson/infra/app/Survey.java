package io.keelson.infra.app;

import io.keelson.infra.eventstore.tail.Tail;
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
 * What has to be counted in the database before it can be shown: how far processors are behind,
 * what is parked, which operations there are. It only reads, and shows what it saw last.
 */
final class Survey {

  /** Beyond this, positions are subtracted instead of events being counted. */
  private static final int MOST_COUNTED = 10_000;

  private static final String BEHIND =
      """
      select count(e.recorded_at) as events, min(e.recorded_at) as oldest
      from (select recorded_at from eventstore.event
            where position > ? and position <= ? order by position limit %d) e\
      """
          .formatted(MOST_COUNTED);
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
  private final GaugeRows standstills;
  private final GaugeRows letters;
  private final GaugeRows sequences;
  private final GaugeRows operations;

  Survey(
      DataSource dataSource, Processors processors, Tail tail, Clock clock, MeterRegistry meters) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.processors = processors;
    this.tail = tail;
    this.clock = clock;
    this.lagEvents =
        new GaugeRows(
            meters,
            "keelson.processor.lag.events",
            "Events that a segment held here has not handled yet");
    this.lagSeconds =
        new GaugeRows(
            meters,
            "keelson.processor.lag",
            "Age of the oldest event that a segment held here has not handled yet",
            "seconds");
    this.standstills =
        new GaugeRows(
            meters,
            "keelson.processor.standstill",
            "1: stopped before an event that only newer instances know");
    this.letters =
        new GaugeRows(
            meters,
            "keelson.dead.letters",
            "Events that a group could not handle, or that wait behind one");
    this.sequences =
        new GaugeRows(
            meters,
            "keelson.dead.letter.sequences",
            "Clusters and streams whose events are parked");
    this.operations = new GaugeRows(meters, "keelson.operations", "Operations by kind and state");
  }

  void take() {
    takeLags();
    standstills.show(
        processors.standstills().entrySet().stream()
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

  private void takeLags() {
    long decided = tail.health().decided();
    Map<Tags, Long> events = new HashMap<>();
    Map<Tags, Double> seconds = new HashMap<>();
    processors
        .positions()
        .forEach(
            held -> {
              Behind behind = behind(held.position(), decided);
              Tags tags = Tags.of("processor", held.processor(), "segment", "" + held.segment());
              events.put(tags, behind.events());
              seconds.put(tags, behind.age().toNanos() / 1e9);
            });
    lagEvents.show(events);
    lagSeconds.show(seconds);
  }

  private record Behind(long events, Duration age) {}

  private Behind behind(long position, long decided) {
    if (position >= decided) {
      return new Behind(0, Duration.ZERO);
    }
    return jdbc.query(
            BEHIND,
            (row, _) -> {
              long counted = row.getLong("events");
              OffsetDateTime oldest = row.getObject("oldest", OffsetDateTime.class);
              return new Behind(
                  counted < MOST_COUNTED ? counted : decided - position,
                  oldest == null
                      ? Duration.ZERO
                      : Duration.between(oldest.toInstant(), clock.instant()));
            },
            position,
            decided)
        .getFirst();
  }
}
