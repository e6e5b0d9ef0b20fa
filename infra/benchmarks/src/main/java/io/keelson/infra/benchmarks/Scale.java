package io.keelson.infra.benchmarks;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rounds of each side, turn by turn; odd, so that there is one in the middle
 * @param appending how long one round of appends takes
 * @param streams of one round of commands, and of catching up
 * @param commandsPerStream of one round
 * @param sightings how many commits one round of visibility waits for
 * @param eventsPerStream to catch up with
 */
record Scale(
    int rounds,
    Duration appending,
    int streams,
    int commandsPerStream,
    int sightings,
    int eventsPerStream) {

  static final Scale FULL = new Scale(5, Duration.ofSeconds(2), 300, 10, 20, 100);

  /** Proves only that everything runs. */
  static final Scale TINY = new Scale(1, Duration.ofMillis(50), 8, 2, 3, 10);
}
