package io.keelson.adapters.simulator;

import io.keelson.commands.ClusterId;
import io.keelson.commands.provisioning.Cursor;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A cursor of the simulator's change feed.
 *
 * @param feed the feed that made the cursor
 * @param since the changes that the reader knows
 * @param rest null except in the middle of a list that was too long for one response
 */
record FeedCursor(UUID feed, Moment since, @Nullable Rest rest) {

  /**
   * The changes up to one poll.
   *
   * @param snapshot a {@code pg_snapshot}: the writes that are visible in it
   * @param instant the changes without a write until then
   */
  record Moment(String snapshot, Instant instant) {

    private static final Pattern SNAPSHOT =
        Pattern.compile("[1-9][0-9]{0,17}:[1-9][0-9]{0,17}:([0-9]{1,18}(,[0-9]{1,18})*)?");
    private static final Pattern INSTANT = Pattern.compile("[0-9]{4}-.*");

    private static Moment of(String snapshot, String instant) {
      if (!isSnapshot(snapshot) || !INSTANT.matcher(instant).matches()) {
        throw new IllegalArgumentException("not a moment");
      }
      return new Moment(snapshot, Instant.parse(instant));
    }

    /** Whether PostgreSQL accepts the text: {@code xmin:xmax:running,running…}, in order. */
    private static boolean isSnapshot(String text) {
      if (!SNAPSHOT.matcher(text).matches()) {
        return false;
      }
      String[] parts = text.split(":", -1);
      long last = Long.parseLong(parts[0]);
      long end = Long.parseLong(parts[1]);
      for (String xid : parts[2].isEmpty() ? new String[0] : parts[2].split(",", -1)) {
        long running = Long.parseLong(xid);
        if (running < last || running >= end) {
          return false;
        }
        last = running;
      }
      return last <= end;
    }
  }

  /**
   * The part of a list that the reader does not have yet, in the order of cluster ids.
   *
   * @param next what the reader knows after the last part
   * @param after the last cluster that was listed
   */
  record Rest(Moment next, ClusterId after) {}

  /** Reads a cursor; empty: no simulator has made it. */
  static Optional<FeedCursor> of(Cursor cursor) {
    String[] parts = cursor.value().split("[|]", -1);
    try {
      return switch (parts.length) {
        case 3 ->
            Optional.of(
                new FeedCursor(UUID.fromString(parts[0]), Moment.of(parts[1], parts[2]), null));
        case 6 ->
            Optional.of(
                new FeedCursor(
                    UUID.fromString(parts[0]),
                    Moment.of(parts[1], parts[2]),
                    new Rest(Moment.of(parts[3], parts[4]), ClusterId.of(parts[5]))));
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  Cursor text() {
    Stream<Object> parts = Stream.of(feed, since.snapshot(), since.instant());
    Stream<Object> more =
        rest == null
            ? Stream.empty()
            : Stream.of(rest.next().snapshot(), rest.next().instant(), rest.after());
    return new Cursor(
        Stream.concat(parts, more).map(Object::toString).collect(Collectors.joining("|")));
  }
}
