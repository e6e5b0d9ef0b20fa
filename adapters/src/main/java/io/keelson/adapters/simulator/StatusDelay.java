package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.Pace.Step;
import io.keelson.commands.ClusterId;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * How late a change of one cluster is observed: by the delay of every status, by spells of stale
 * status, and by spells in which the cluster is unreachable. Pure.
 */
record StatusDelay(ClusterId cluster, Laws laws) {

  private static final int MAX_SPELLS = 1_000;

  /** When an observation may change because the world has moved at an instant. */
  Stream<Instant> visibleFrom(Instant moved) {
    Instant fresh = moved.plus(laws.takes(Step.STATUS));
    Stream<Instant> shown =
        laws.faults().can(Fault.STALE_STATUS)
            ? Stream.concat(Stream.of(fresh), stale(fresh))
            : Stream.of(fresh);
    return shown.flatMap(instant -> Stream.concat(Stream.of(instant), reachableAfter(instant)));
  }

  /**
   * A stale status shows the world as it was before; so it differs from a fresh one until a
   * staleness has passed. In that time each begin and end of a spell may change it.
   */
  private Stream<Instant> stale(Instant fresh) {
    Duration staleness = laws.takes(Step.STALENESS);
    Instant same = fresh.plus(staleness);
    Stream<Instant> spells =
        Stream.iterate(
            laws.spellEnd(Step.SPELL, fresh),
            instant -> instant.isBefore(same),
            instant -> laws.spellEnd(Step.SPELL, instant));
    return Stream.concat(spells, Stream.of(same));
  }

  /** When the cluster can be observed again; empty if it can at that instant, or never again. */
  Stream<Instant> reachableAfter(Instant instant) {
    if (!isUnreachable(instant)) {
      return Stream.empty();
    }
    return Stream.iterate(laws.spellEnd(Step.SPELL, instant), end -> laws.spellEnd(Step.SPELL, end))
        .limit(MAX_SPELLS)
        .filter(end -> !isUnreachable(end))
        .limit(1);
  }

  private boolean isUnreachable(Instant instant) {
    return laws.struck(Fault.UNREACHABLE, Step.SPELL, instant, cluster);
  }
}
