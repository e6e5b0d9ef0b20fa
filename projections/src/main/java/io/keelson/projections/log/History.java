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
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The read API of what happened. A caller sees the events of clusters in its scope; unless that is
 * limited to projects, those of its organization; and those that are everybody's, like releases.
 */
public interface History {

  /** Ascending. */
  Part<Event> events(Scope scope, EventFilter filter, Range range, int limit);

  /** Ascending, without those that are internal. */
  Part<Event> openEvents(Scope scope, long after, int limit);

  /** The place of the first event that was recorded at an instant or later; empty: none yet. */
  OptionalLong firstAt(Instant instant);

  /** How far this has come; every event up to there can be seen. */
  long reached();

  /**
   * Waits until this has come as far as the log had when it was asked, so that a caller reads what
   * it has just brought about.
   *
   * @return false when the time was up first
   */
  boolean awaitHead(Duration atMost);

  /** Who can see something of what stands after one place and not after another. */
  Predicate<OrganizationId> concerned(long after, long upTo);

  /**
   * Where the first event of each stream stands, and one other of it; unknown ones are left out.
   */
  Map<UUID, Span> spans(Collection<Version> streams);

  /**
   * An event, and what it is about.
   *
   * @param operation to which it belongs
   */
  record Event(LogEntry entry, @Nullable NodeId node, @Nullable OperationId operation) {}

  /** Null fields do not filter. */
  record EventFilter(
      @Nullable ClusterId cluster,
      @Nullable NodeId node,
      @Nullable OperationId operation,
      @Nullable String type,
      @Nullable String principal,
      @Nullable UUID correlation) {

    public static final EventFilter NONE = new EventFilter(null, null, null, null, null, null);
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
   * A part of a list; it may be short, or even empty, and still not the last one: what is looked
   * through for it has a bound.
   *
   * @param next where to go on, exclusive; null: there is no more for now
   */
  record Part<T>(List<T> items, @Nullable Long next) {

    public Part {
      items = List.copyOf(items);
    }
  }

  /** The event of that number in a stream. */
  record Version(UUID stream, long number) {}

  /**
   * Places of a stream.
   *
   * @param last null: not known yet
   */
  record Span(long first, @Nullable Long last) {}
}
