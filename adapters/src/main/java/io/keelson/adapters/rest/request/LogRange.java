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
 * The part of the log that a call requests: {@code from} inclusive, {@code to} exclusive, each a
 * log position or an RFC 3339 instant. An instant stands for the position of the first event
 * recorded at that instant or later, so adjacent ranges neither share nor miss an event.
 */
public record LogRange(Bound from, Bound to) {

  private static final Pattern POSITION = Pattern.compile("\\d{1,18}");
  private static final Pattern INSTANT =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");

  /** One end of the range; at most one of both is set. */
  public record Bound(@Nullable Long position, @Nullable Instant instant) {

    private static final Bound NOT_GIVEN = new Bound(null, null);

    private long in(History history, long fallback) {
      if (position != null) {
        return position;
      }
      // An instant after the last event is after every position.
      return instant == null ? fallback : history.firstAt(instant).orElse(Long.MAX_VALUE);
    }
  }

  public static LogRange of(QueryArguments query) {
    return new LogRange(bound("from", query), bound("to", query));
  }

  /**
   * The range of positions, both ends exclusive, for an ascending list.
   *
   * @param cursor the position after which the list continues; null: this is the first page
   */
  public Range after(@Nullable Long cursor, History history) {
    Range all = all(history);
    return cursor == null ? all : new Range(Math.max(cursor, all.after()), all.before());
  }

  /** The range of positions for a descending list, which continues before the cursor. */
  public Range before(@Nullable Long cursor, History history) {
    Range all = all(history);
    return cursor == null ? all : new Range(all.after(), Math.min(cursor, all.before()));
  }

  private Range all(History history) {
    return new Range(from.in(history, 1) - 1, to.in(history, Long.MAX_VALUE));
  }

  private static Bound bound(String name, QueryArguments query) {
    String text = query.text(name);
    if (text == null) {
      return Bound.NOT_GIVEN;
    }
    if (POSITION.matcher(text).matches()) {
      return new Bound(Long.parseLong(text), null);
    }
    try {
      if (INSTANT.matcher(text).matches()) {
        return new Bound(null, OffsetDateTime.parse(text).toInstant());
      }
    } catch (DateTimeParseException _) {
      // an impossible date, such as the 30th of February: refused below
    }
    query.refuse(name, Reason.FORMAT, "must be a log position or an RFC 3339 instant");
    return Bound.NOT_GIVEN;
  }
}
