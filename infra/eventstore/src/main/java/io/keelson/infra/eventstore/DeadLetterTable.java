package io.keelson.infra.eventstore;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.deadletter.Cause;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.ThrowableCause;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The letters of one processing group as a table, in the caller's transaction. An event itself is
 * not copied: it is read back from the store.
 */
final class DeadLetterTable {

  private static final int FETCH = 100;
  private static final int LONGEST_MESSAGE = 4_000;

  private static final String INSERT =
      """
      insert into eventstore.dead_letter
      (processing_group, sequence, event, cause_type, cause_message, diagnostics, enqueued_at,
       last_touched)
      values (?, ?, ?, ?, ?, ?, ?, ?)\
      """;
  private static final String UPDATE =
      """
      update eventstore.dead_letter
      set cause_type = ?, cause_message = ?, diagnostics = ?, last_touched = ?
      where processing_group = ? and sequence = ? and index = ?\
      """;
  private static final String LETTERS =
      """
      select %s, d.sequence, d.index, d.cause_type, d.cause_message, d.diagnostics, d.enqueued_at,
             d.last_touched
      from eventstore.dead_letter d join eventstore.event e on e.id = d.event
      where d.processing_group = ?
      """
          .formatted(EventTable.COLUMNS);
  // Without the events: all of them may be asked for, and one is taken.
  private static final String FIRST_OF_EACH =
      """
      select sequence, index from (
        select distinct on (sequence) sequence, index, last_touched
        from eventstore.dead_letter where processing_group = ? order by sequence, index) as first
      order by last_touched, index\
      """;

  private record Place(String sequence, long index) {}

  private final String group;
  private final JdbcTemplate jdbc;
  private final EventTable events;
  private final EventCodec codec;
  private final Clock clock;

  DeadLetterTable(String group, DataSource dataSource, EventTable events, Clock clock) {
    this.group = group;
    this.jdbc = new JdbcTemplate(dataSource);
    this.jdbc.setFetchSize(FETCH);
    this.events = events;
    this.codec = events.codec();
    this.clock = clock;
  }

  void insert(String sequence, DeadLetter<? extends EventMessage<?>> letter) {
    Optional<Cause> cause = letter.cause();
    jdbc.update(
        INSERT,
        group,
        sequence,
        UUID.fromString(letter.message().getIdentifier()),
        cause.map(Cause::type).orElse(null),
        cause.map(DeadLetterTable::text).orElse(null),
        codec.encodeMetadata(letter.diagnostics()),
        EventTable.column(letter.enqueuedAt()),
        EventTable.column(letter.lastTouched()));
  }

  /** Answers whether the letter was there. */
  boolean update(ParkedLetter letter) {
    Cause cause = letter.parkedFor();
    return jdbc.update(
            UPDATE,
            cause == null ? null : cause.type(),
            cause == null ? null : text(cause),
            codec.encodeMetadata(letter.diagnostics()),
            EventTable.column(letter.lastTouched()),
            group,
            letter.sequence(),
            letter.index())
        > 0;
  }

  /** Answers whether the letter was there. */
  boolean delete(ParkedLetter letter) {
    return jdbc.update(
            "delete from eventstore.dead_letter"
                + " where processing_group = ? and sequence = ? and index = ?",
            group,
            letter.sequence(),
            letter.index())
        > 0;
  }

  void deleteAll() {
    jdbc.update("delete from eventstore.dead_letter where processing_group = ?", group);
  }

  /** Locks a letter to the end of the transaction, unless it is gone or locked by another. */
  boolean lock(ParkedLetter letter) {
    return !jdbc.queryForList(
            "select index from eventstore.dead_letter"
                + " where processing_group = ? and sequence = ? and index = ?"
                + " for update skip locked",
            Long.class,
            group,
            letter.sequence(),
            letter.index())
        .isEmpty();
  }

  /** The first letter of each sequence, longest untouched first; to be closed. */
  Stream<ParkedLetter> firstOfEach() {
    return jdbc.queryForStream(
            FIRST_OF_EACH,
            (row, n) -> new Place(row.getString("sequence"), row.getLong("index")),
            group)
        .flatMap(place -> next(place.sequence(), place.index() - 1).stream());
  }

  Optional<ParkedLetter> next(String sequence, long after) {
    return jdbc
        .query(
            LETTERS + " and d.sequence = ? and d.index > ? order by d.index limit 1",
            (row, n) -> letter(row),
            group,
            sequence,
            after)
        .stream()
        .findFirst();
  }

  List<ParkedLetter> sequence(String sequence) {
    return jdbc.query(
        LETTERS + " and d.sequence = ? order by d.index", (row, n) -> letter(row), group, sequence);
  }

  List<String> sequences() {
    return jdbc.query(
        "select sequence from eventstore.dead_letter where processing_group = ?"
            + " group by sequence order by min(index)",
        (row, n) -> row.getString("sequence"),
        group);
  }

  boolean contains(String sequence) {
    return Boolean.TRUE.equals(
        jdbc.queryForObject(
            "select exists (select from eventstore.dead_letter"
                + " where processing_group = ? and sequence = ?)",
            Boolean.class,
            group,
            sequence));
  }

  long count() {
    return number("select count(*) from eventstore.dead_letter where processing_group = ?", group);
  }

  long count(String sequence) {
    return number(
        "select count(*) from eventstore.dead_letter where processing_group = ? and sequence = ?",
        group,
        sequence);
  }

  long countSequences() {
    return number(
        "select count(distinct sequence) from eventstore.dead_letter where processing_group = ?",
        group);
  }

  private long number(String query, Object... arguments) {
    Long number = jdbc.queryForObject(query, Long.class, arguments);
    return number == null ? 0 : number;
  }

  private ParkedLetter letter(ResultSet row) throws SQLException {
    String causeType = row.getString("cause_type");
    return new ParkedLetter(
        row.getString("sequence"),
        row.getLong("index"),
        events.tracked(row),
        causeType == null ? null : new ThrowableCause(causeType, row.getString("cause_message")),
        row.getObject("enqueued_at", OffsetDateTime.class).toInstant(),
        row.getObject("last_touched", OffsetDateTime.class).toInstant(),
        MetaData.from(codec.decodeMetadata(row.getBytes("diagnostics"))),
        clock);
  }

  private static @Nullable String text(Cause cause) {
    String text = cause.message();
    return text == null || text.length() <= LONGEST_MESSAGE
        ? text
        : text.substring(0, LONGEST_MESSAGE);
  }
}
