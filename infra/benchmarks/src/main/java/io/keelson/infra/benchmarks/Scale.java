package io.keelson.infra.benchmarks;

import java.time.Duration;

/**
 * The size of a run.
 *
 * @param rounds the rounds of each side, alternately; odd, so that the median is one of them
 * @param appending how long one round of appends takes
 * @param streams the streams of one round of commands, and of catching up
 * @param commandsPerStream the commands of one round
 * @param visibilityCommits how many commits one round of visibility waits for
 * @param eventsPerStream the events of each stream to catch up with
 */
record Scale(
    int rounds,
    Duration appending,
    int streams,
    int commandsPerStream,
    int visibilityCommits,
    int eventsPerStream) {

  static final Scale FULL = new Scale(5, Duration.ofSeconds(2), 300, 10, 20, 100);

  /** Shows only that every measure runs. */
  static final Scale TINY = new Scale(1, Duration.ofMillis(50), 8, 2, 3, 10);
}
