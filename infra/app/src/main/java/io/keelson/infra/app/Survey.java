package io.keelson.infra.app;

import io.keelson.infra.eventstore.Tail;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
  private final MultiGauge lagEvents;
  private final MultiGauge lagSeconds;
  private final MultiGauge standstills;
  private final MultiGauge letters;
  private final MultiGauge sequences;
  private final MultiGauge operations;

  Survey(
      DataSource dataSource, Processors processors, Tail tail, Clock clock, MeterRegistry meters) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.processors = processors;
    this.tail = tail;
    this.clock = clock;
    this.lagEvents =
        MultiGauge.builder("keelson.processor.lag.events")
            .description("Events that a segment held here has not handled yet")
            .register(meters);
    this.lagSeconds =
        MultiGauge.builder("keelson.processor.lag")
            .description("Age of the oldest event that a segment held here has not handled yet")
            .baseUnit("seconds")
            .register(meters);
    this.standstills =
        MultiGauge.builder("keelson.processor.standstill")
            .description("1: stopped before an event that only newer instances know")
            .register(meters);
    this.letters =
        MultiGauge.builder("keelson.dead.letters")
            .description("Events that a group could not handle, or that wait behind one")
            .register(meters);
    this.sequences =
        MultiGauge.builder("keelson.dead.letter.sequences")
            .description("Clusters and streams whose events are parked")
            .register(meters);
    this.operations =
        MultiGauge.builder("keelson.operations")
            .description("Operations by kind and state")
            .register(meters);
  }

  void take() {
    takeLags();
    standstills.register(
        processors.standstills().entrySet().stream()
            .<Row<?>>map(
                e -> Row.of(Tags.of("processor", e.getKey(), "event", e.getValue().type()), 1))
            .toList(),
        true);
    List<Row<?>> letterRows = new ArrayList<>();
    List<Row<?>> sequenceRows = new ArrayList<>();
    jdbc.query(
        PARKED,
        row -> {
          Tags group = Tags.of("processor", row.getString("processing_group"));
          letterRows.add(Row.of(group, row.getLong("letters")));
          sequenceRows.add(Row.of(group, row.getLong("sequences")));
        });
    letters.register(letterRows, true);
    sequences.register(sequenceRows, true);
    operations.register(jdbc.query(OPERATIONS, (row, _) -> operation(row)), true);
  }

  private static Row<?> operation(ResultSet row) throws SQLException {
    Tags tags =
        Tags.of("kind", lower(row.getString("kind")), "state", lower(row.getString("state")));
    return Row.of(tags, row.getLong("operations"));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private void takeLags() {
    long decided = tail.health().decided();
    List<Row<?>> events = new ArrayList<>();
    List<Row<?>> seconds = new ArrayList<>();
    processors
        .positions()
        .forEach(
            held -> {
              Behind behind = behind(held.position(), decided);
              Tags tags = Tags.of("processor", held.processor(), "segment", "" + held.segment());
              events.add(Row.of(tags, behind.events()));
              seconds.add(Row.of(tags, behind.age().toNanos() / 1e9));
            });
    lagEvents.register(events, true);
    lagSeconds.register(seconds, true);
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
