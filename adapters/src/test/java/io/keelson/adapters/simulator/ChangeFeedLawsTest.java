package io.keelson.adapters.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.provisioning.ChangeReader;
import io.keelson.adapters.provisioning.Documents;
import io.keelson.adapters.provisioning.PooledDatabase;
import io.keelson.adapters.provisioning.SettableClock;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import io.keelson.commands.provisioning.Observation;
import io.keelson.commands.provisioning.ObservedCluster;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.PoolDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A reader that observes a cluster only when it is reported knows at each instant what a reader
 * sees that observes it all the time.
 */
class ChangeFeedLawsTest {

  private static final int STEPS = 500;

  /** Seconds after which nothing moves any more, and spells have ended. */
  private static final int SETTLED = 800;

  private final SettableClock clock = new SettableClock();
  // The same at each run: faults are drawn for them.
  private final ClusterId cluster = new ClusterId(new UUID(1, 1));
  private final PoolId pool = new PoolId(new UUID(1, 2));
  private long generation;

  static Stream<Arguments> worlds() {
    return Stream.of(
        Arguments.of(1, Map.of()),
        Arguments.of(2, Map.of(Fault.DRAIN_BLOCKED, 0.5, Fault.BOOT_FAILURE, 0.3)),
        Arguments.of(3, Map.of(Fault.STALE_STATUS, 0.4)),
        Arguments.of(4, Map.of(Fault.UNREACHABLE, 0.4)),
        Arguments.of(5, Map.of(Fault.UNREACHABLE, 0.5, Fault.STALE_STATUS, 0.5)),
        Arguments.of(6, Map.of(Fault.FLAPPING, 0.3, Fault.ZONE_OUTAGE, 0.3)),
        Arguments.of(
            7,
            Map.of(
                Fault.FLAPPING, 0.2,
                Fault.ZONE_OUTAGE, 0.2,
                Fault.STALE_STATUS, 0.3,
                Fault.UNREACHABLE, 0.3,
                Fault.DOUBLE_DELIVERY, 0.3,
                Fault.LOST_RESPONSE, 0.2)));
  }

  @RepeatedTest(60)
  void the_instants_that_follow_from_a_world_are_enough_between_two_writes(RepetitionInfo run) {
    int seed = run.getCurrentRepetition();
    Laws laws =
        new Laws(
            new Pace(1, seed),
            new Faults(
                seed,
                Map.of(
                    Fault.UNREACHABLE, 0.4,
                    Fault.STALE_STATUS, 0.4,
                    Fault.DRAIN_BLOCKED, 0.3)));
    Instant start = Instant.parse("2026-03-01T12:00:00Z").plusSeconds(7L * seed);
    World world =
        WorldWrites.apply(World.EMPTY, Documents.controlPlane(cluster, 1, 3), start, laws).world();
    world =
        WorldWrites.apply(world, Documents.pool(cluster, pool, 2, 2), "key", start, laws, () -> 10)
            .world();
    Observation known = follow(world, new Observation.Absent(), start, laws);

    Instant removal = start.plusSeconds(SETTLED);
    World removed = WorldWrites.removeCluster(world, removal, laws).world();

    assertThat(follow(removed, known, removal, laws)).isInstanceOf(Observation.Absent.class);
  }

  /**
   * What is known in the end by observing after a write and at the instants that follow from it.
   */
  private Observation follow(World world, Observation before, Instant written, Laws laws) {
    List<Instant> changes = world.changesAfter(written, cluster, laws);
    Observation known = before;
    Instant last = written.minusMillis(1);
    for (int sample = 0; sample < 2 * SETTLED; sample++) {
      Instant now = written.plusMillis(500L * sample);
      Instant from = last;
      boolean reported =
          sample == 0 || changes.stream().anyMatch(c -> c.isAfter(from) && !c.isAfter(now));
      Observation seen = world.observed(cluster, now, laws);
      if (!(seen instanceof Observation.Unreachable)) {
        known = reported ? seen : known;
        assertThat(known).isEqualTo(seen);
      }
      last = now;
    }
    return known;
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void what_is_reported_is_enough_to_know_all(int seed, Map<Fault, Double> faults) {
    Random random = new Random(seed);
    int seen = 0;
    try (Simulator simulator =
        new Simulator(
            PooledDatabase.of("simulator"), clock, Pace.DEFAULT_SPEED, new Faults(seed, faults))) {
      ChangeReader reader = new ChangeReader(simulator, cluster);
      Observation last = simulator.observe(cluster);
      for (int step = 0; step < STEPS; step++) {
        if (isTimeToWrite(seed, random, step)) {
          write(simulator, random, step);
        }
        reader.assertUpToDate();
        Observation now = simulator.observe(cluster);
        seen += now.equals(last) ? 0 : 1;
        last = now;
        clock.advance(Duration.ofNanos(random.nextInt(50_000_000)));
      }
      assertThat(seen).isGreaterThan(10);
      assertThat(reader.reports()).isBetween(10, STEPS * 3 / 4);
    }
  }

  /** Even seeds write so rarely that many spells pass without a write. */
  private static boolean isTimeToWrite(int seed, Random random, int step) {
    boolean begin = step == 0 || step == 10;
    return begin || step == STEPS - 60 || random.nextInt(seed % 2 == 0 ? 120 : 25) == 0;
  }

  private void write(Simulator simulator, Random random, int step) {
    String key = Integer.toString(step);
    if (step >= STEPS - 60) {
      simulator.removeCluster(cluster, key);
      return;
    }
    generation++;
    switch (generation <= 2 ? 2 * (int) (generation - 1) : random.nextInt(6)) {
      case 0 ->
          simulator.applyCluster(
              Documents.controlPlane(cluster, generation, 1 + 2 * random.nextInt(2)), key);
      case 1 -> simulator.applyComponents(Documents.components(cluster, generation), key);
      case 2, 3 -> simulator.applyPool(pool(random, List.of()), key);
      case 4 -> simulator.applyPool(pool(random, someNode(simulator)), key);
      default ->
          someNode(simulator).forEach(node -> simulator.rebootNode(cluster, pool, node, key));
    }
  }

  private PoolDocument pool(Random random, List<NodeId> leaving) {
    return Documents.rolling(
        Documents.pool(cluster, pool, generation, random.nextInt(4)), 0, leaving);
  }

  private List<NodeId> someNode(Simulator simulator) {
    return simulator.observe(cluster) instanceof Observation.Present(ObservedCluster now)
        ? now.nodes().stream().map(ObservedNode::node).limit(1).toList()
        : List.of();
  }
}
