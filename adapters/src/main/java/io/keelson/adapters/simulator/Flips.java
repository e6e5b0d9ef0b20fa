package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.Pace.Step;
import io.keelson.commands.ClusterId;
import io.keelson.commands.provisioning.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The changes that faults bring to clusters that nothing else moves: flapping conditions and
 * outages of zones, again and again for ever. They are too many to be stored, so they are found by
 * comparing what every cluster shows before and after each spell. Without those faults there are
 * none. Pure.
 */
record Flips(Laws laws) {

  private static final int MAX_SPELLS = 256;
  private static final List<Step> SPELLS = List.of(Step.SPELL, Step.FLAP);

  private boolean happen() {
    return laws.faults().can(Fault.FLAPPING) || laws.faults().can(Fault.ZONE_OUTAGE);
  }

  /** The instants after one and up to another at which some cluster may flip. */
  List<Instant> between(Instant after, Instant upTo) {
    return happen()
        ? delays()
            .flatMap(delay -> SPELLS.stream().flatMap(s -> ends(s, delay, after, upTo)))
            .distinct()
            .toList()
        : List.of();
  }

  /** The first instant after one at which some cluster may flip; null: none ever does. */
  @Nullable Instant after(Instant instant) {
    return happen()
        ? delays()
            .flatMap(
                delay ->
                    SPELLS.stream().map(s -> laws.spellEnd(s, instant.minus(delay)).plus(delay)))
            .min(Instant::compareTo)
            .orElseThrow()
        : null;
  }

  /** Whether a reader should not compare all spells between two instants, as they are too many. */
  boolean tooMany(Instant after, Instant upTo) {
    return happen()
        && Duration.between(after, upTo).compareTo(laws.takes(Step.FLAP).multipliedBy(MAX_SPELLS))
            > 0;
  }

  /** The clusters that flip at one of some instants. */
  List<ClusterId> at(List<Instant> instants, Map<ClusterId, World> worlds) {
    return worlds.entrySet().stream()
        .filter(e -> instants.stream().anyMatch(i -> flips(e.getKey(), e.getValue(), i)))
        .map(Map.Entry::getKey)
        .toList();
  }

  private boolean flips(ClusterId cluster, World world, Instant instant) {
    Observation after = world.observed(cluster, instant, laws);
    return !(after instanceof Observation.Unreachable)
        && !after.equals(world.observed(cluster, instant.minusNanos(1), laws));
  }

  private Stream<Instant> ends(Step spell, Duration delay, Instant after, Instant upTo) {
    return Stream.iterate(
            laws.spellEnd(spell, after.minus(delay)),
            end -> !end.plus(delay).isAfter(upTo),
            end -> laws.spellEnd(spell, end))
        .map(end -> end.plus(delay));
  }

  /** How late a spell may be observed: at once, with the status, or with a stale status. */
  private Stream<Duration> delays() {
    Duration status = laws.takes(Step.STATUS);
    return Stream.of(Duration.ZERO, status, status.plus(laws.takes(Step.STALENESS)));
  }
}
