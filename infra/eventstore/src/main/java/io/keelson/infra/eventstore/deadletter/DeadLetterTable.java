package io.keelson.infra.eventstore.deadletter;

import io.keelson.infra.eventstore.codec.EventCodec;
import io.keelson.infra.eventstore.store.EventTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.deadletter.Cause;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.ThrowableCause;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The dead letters of one processing group as a table, in the transaction of the caller. The table
 * does not copy events: they are read from the store.
 */
final class DeadLetterTable {

  private static final int PAGE = 100;
  private static final int MAX_MESSAGE_LENGTH = 4_000;

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
  // Without the events, since many letters may be read and one is taken. In pages, so that the
  // database walks an index and does not sort all letters for each page.
  private static final String FIRST_OF_EACH =
      """
      select d.sequence, d.index, d.last_touched from eventstore.dead_letter d
      where d.processing_group = ? and (d.last_touched, d.index) > (?, ?)
      and not exists (
        select from eventstore.dead_letter b
        where b.processing_group = d.processing_group and b.sequence = d.sequence
        and b.index < d.index)
      order by d.last_touched, d.index limit %d\
      """
          .formatted(PAGE);

  /** The first letter of a sequence. */
  record Place(String sequence, long index, OffsetDateTime lastTouched) {

    /** Before all others. */
    static final Place START = new Place("", 0, OffsetDateTime.parse("0001-01-01T00:00:00Z"));
  }

  private final String group;
  private final JdbcTemplate jdbc;
  private final EventTable events;
  private final EventCodec codec;
  private final Clock clock;

  DeadLetterTable(String group, DataSource dataSource, EventTable events, Clock clock) {
    this.group = group;
    this.jdbc = new JdbcTemplate(dataSource);
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

  /** Returns whether the letter existed. */
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

  /** Returns whether the letter existed. */
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

  /**
   * Locks a letter until the end of the transaction. Returns whether that succeeded: not when the
   * letter is deleted or locked by another transaction.
   */
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

  /** A page of the first letters of all sequences, the least recently touched first. */
  List<Place> firstOfEach(Place after) {
    return jdbc.query(
        FIRST_OF_EACH,
        (row, n) ->
            new Place(
                row.getString("sequence"),
                row.getLong("index"),
                row.getObject("last_touched", OffsetDateTime.class)),
        group,
        after.lastTouched(),
        after.index());
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
    return text == null || text.length() <= MAX_MESSAGE_LENGTH
        ? text
        : text.substring(0, MAX_MESSAGE_LENGTH);
  }
}
