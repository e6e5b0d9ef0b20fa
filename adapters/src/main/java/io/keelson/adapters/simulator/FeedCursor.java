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
 * A place in the change feed of the simulator.
 *
 * @param feed which feed it belongs to
 * @param since what the reader has been told of
 * @param rest null: all of that. Otherwise the reader is in the middle of a list that was too long
 *     for one response
 */
record FeedCursor(UUID feed, Moment since, @Nullable Rest rest) {

  /**
   * Up to where a reader knows the changes.
   *
   * @param snapshot a {@code pg_snapshot}: each write that is visible in it
   * @param instant each change without a write up to then
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

    /** Whether PostgreSQL accepts it: {@code xmin:xmax:running}, all in order. */
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
   * The part of a list that has not been returned yet: the clusters after one, in the order of
   * their ids.
   *
   * @param next where the reader continues once it has all of the list
   */
  record Rest(Moment next, ClusterId after) {}

  /** Empty: no feed of this kind has made it. */
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
