package io.keelson.projections.log;

import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.log.LogEntry;
import io.keelson.projections.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The read API of the log of events. A caller sees the events of clusters in its scope; unless that
 * is limited to projects, those of its organization; and those of everybody, like releases.
 */
public interface History {

  /** One event by its id. */
  Optional<Event> event(Scope scope, UUID id);

  /** Ascending. */
  Part<Event> events(Scope scope, EventFilter filter, Range range, int limit);

  /** Ascending, without internal events. */
  Part<Event> openEvents(Scope scope, long after, int limit);

  /** The position of the first event that was recorded at an instant or later; empty: none yet. */
  OptionalLong firstAt(Instant instant);

  /** The last position that has a row; every event up to it can be read. */
  long reached();

  /**
   * Waits until the rows have reached the head that the log has now, so that a caller reads the
   * events of its own requests.
   *
   * @return false if the timeout came first
   */
  boolean awaitHead(Duration timeout);

  /** Which organizations can see an event between two positions, the first one exclusive. */
  Predicate<OrganizationId> affected(long after, long upTo);

  /**
   * The positions of the first event of each stream and of one other; unknown streams are left out.
   */
  Map<UUID, Span> spans(Collection<Version> streams);

  /**
   * An event, and what it is about.
   *
   * @param operation the run that it belongs to
   */
  record Event(LogEntry entry, @Nullable NodeId node, @Nullable OperationId operation) {}

  /** Null fields do not filter. */
  record EventFilter(
      @Nullable ClusterId cluster,
      @Nullable NodeId node,
      @Nullable OperationId operation,
      @Nullable String type,
      @Nullable String initiator,
      @Nullable String principal,
      @Nullable UUID correlation) {

    public static final EventFilter NONE =
        new EventFilter(null, null, null, null, null, null, null);
  }

  /**
   * A part of the log.
   *
   * @param after and {@code before}: exclusive
   */
  record Range(long after, long before) {

    public static Range after(long position) {
      return new Range(position, Long.MAX_VALUE);
    }
  }

  /**
   * A part of a list. It may be short, or even empty, and still not the last one: the number of
   * rows that are read for it has a bound.
   *
   * @param next where the next part starts, exclusive; null: there is no more for now
   */
  record Part<T>(List<T> items, @Nullable Long next) {

    public Part {
      items = List.copyOf(items);
    }
  }

  /** The event of that number in a stream. */
  record Version(UUID stream, long number) {}

  /**
   * Positions of a stream.
   *
   * @param last null: not known yet
   */
  record Span(long first, @Nullable Long last) {}
}
