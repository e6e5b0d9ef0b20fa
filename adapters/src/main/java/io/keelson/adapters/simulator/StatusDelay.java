package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.Pace.Step;
import io.keelson.commands.ClusterId;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * How late a change of a cluster is observed. Three things delay it: each status is a little late,
 * a status may be stale, and the cluster may be unreachable. Pure.
 */
record StatusDelay(ClusterId cluster, Laws laws) {

  private static final int MAX_SPELLS = 1_000;

  /** The instants at which an observation may change because of one change of the world. */
  Stream<Instant> visibleFrom(Instant moved) {
    Instant fresh = moved.plus(laws.takes(Step.STATUS));
    Stream<Instant> shown =
        laws.faults().can(Fault.STALE_STATUS)
            ? Stream.concat(Stream.of(fresh), stale(fresh))
            : Stream.of(fresh);
    return shown.flatMap(instant -> Stream.concat(Stream.of(instant), reachableAfter(instant)));
  }

  /**
   * A stale status does not show the change until the staleness has passed. Until then each begin
   * and each end of a stale spell changes the observation.
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

  /** When an unreachable cluster is reachable again; empty: it is reachable, or never again. */
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
