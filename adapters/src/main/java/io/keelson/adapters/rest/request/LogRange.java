package io.keelson.adapters.rest.request;

import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.projections.log.History;
import io.keelson.projections.log.History.Range;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of the log that a call asks for: {@code from} inclusive, {@code to} exclusive, each a
 * log position or an RFC 3339 instant. An instant stands for the place of the first event that was
 * recorded then or later, so that two parts that meet neither share nor miss an event.
 */
public record LogRange(Place from, Place to) {

  private static final Pattern POSITION = Pattern.compile("\\d{1,18}");
  private static final Pattern INSTANT =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");

  /** One end, if it was given: one of both. */
  public record Place(@Nullable Long position, @Nullable Instant instant) {

    private static final Place NOT_GIVEN = new Place(null, null);

    private long in(History history, long otherwise) {
      if (position != null) {
        return position;
      }
      // What nothing was recorded after is after everything.
      return instant == null ? otherwise : history.firstAt(instant).orElse(Long.MAX_VALUE);
    }
  }

  public static LogRange of(QueryArguments query) {
    return new LogRange(place("from", query), place("to", query));
  }

  /**
   * In positions, both ends exclusive, for a list that ascends.
   *
   * @param cursor the place to go on after; null: this is the first part
   */
  public Range after(@Nullable Long cursor, History history) {
    Range all = all(history);
    return cursor == null ? all : new Range(Math.max(cursor, all.after()), all.before());
  }

  /** The same for a list that descends: the cursor is the place to go on before. */
  public Range before(@Nullable Long cursor, History history) {
    Range all = all(history);
    return cursor == null ? all : new Range(all.after(), Math.min(cursor, all.before()));
  }

  private Range all(History history) {
    return new Range(from.in(history, 1) - 1, to.in(history, Long.MAX_VALUE));
  }

  private static Place place(String name, QueryArguments query) {
    String text = query.text(name);
    if (text == null) {
      return Place.NOT_GIVEN;
    }
    if (POSITION.matcher(text).matches()) {
      return new Place(Long.parseLong(text), null);
    }
    try {
      if (INSTANT.matcher(text).matches()) {
        return new Place(null, OffsetDateTime.parse(text).toInstant());
      }
    } catch (DateTimeParseException _) {
      // Like the 30th of February: said below.
    }
    query.refuse(name, Reason.FORMAT, "must be a log position or an RFC 3339 instant");
    return Place.NOT_GIVEN;
  }
}
