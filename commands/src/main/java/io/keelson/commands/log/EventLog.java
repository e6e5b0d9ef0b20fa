package io.keelson.commands.log;

import java.util.Collection;
import java.util.List;

/**
 * All events in one order, which is that of their commits: dense, append-only, the same for all.
 */
public interface EventLog {

  /**
   * What stands after a place, ascending.
   *
   * @param position 0: from the first one on
   */
  List<LogEntry> after(long position, int limit);

  /** The entries at these places, ascending; a place without an entry is left out. */
  List<LogEntry> at(Collection<Long> positions);

  /** The last place that was given; 0 in an empty log. */
  long head();

  /**
   * Asks for a hint whenever there may be more. It comes milliseconds after the commit, on any
   * instance; it may be doubled or, rarely, be late by some hundred milliseconds.
   *
   * @param hint must not block
   * @return closing it ends the hints
   */
  AutoCloseable watch(Runnable hint);
}
