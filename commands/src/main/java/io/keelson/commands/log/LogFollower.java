package io.keelson.commands.log;

import java.util.List;

/**
 * Takes every event, in the order of the log, on one instance at a time. What was handed over is
 * handed over again when it is not known to have been handled: after a crash, a failure, or the
 * move to another instance. So a follower's effects must bear repetition.
 */
public interface LogFollower {

  /** Under which its place in the log is kept; never changes once released. */
  String name();

  /**
   * Handles entries, which follow without a gap on those before; returns when nothing of it can be
   * lost any more.
   *
   * @throws Exception when that is not certain: all of it comes again, after a pause, for as long
   *     as it takes
   */
  void handle(List<LogEntry> entries) throws Exception;

  /** This instance follows no longer; what it kept for that may go. Another may have begun. */
  default void release() {}
}
