package io.keelson.aggregates.cluster;

import static io.keelson.aggregates.cluster.Clusters.CLUSTER;
import static io.keelson.aggregates.cluster.Clusters.DELETION;
import static io.keelson.aggregates.cluster.Clusters.after;
import static io.keelson.aggregates.cluster.Clusters.applied;
import static io.keelson.aggregates.cluster.Clusters.evolved;
import static io.keelson.aggregates.cluster.Clusters.outcome;
import static io.keelson.aggregates.cluster.Clusters.pool;
import static io.keelson.aggregates.cluster.Clusters.request;
import static io.keelson.aggregates.cluster.SampleCommands.CREATED;
import static io.keelson.aggregates.cluster.SampleCommands.DELETE;
import static io.keelson.aggregates.cluster.SampleCommands.POOL_CREATED;
import static io.keelson.aggregates.cluster.SampleCommands.command;
import static io.keelson.aggregates.cluster.SampleCommands.name;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.aggregates.cluster.ClusterState.Absent;
import io.keelson.aggregates.cluster.ClusterState.Deleted;
import io.keelson.aggregates.pool.VersionSkew;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterCommand.DeleteCluster;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterDeletion;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.pool.PoolCommand.FinishPoolUpdate;
import io.keelson.commands.pool.PoolCommand.UpdatePool;
import io.keelson.commands.pool.PoolEvent.PoolCreationStarted;
import io.keelson.commands.pool.PoolEvent.PoolDeletionStarted;
import io.keelson.commands.pool.PoolEvent.PoolUpdateStarted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws of the life of any cluster. */
class ClusterLawsTest {

  private static final int LIVES = 2_000;
  private static final int STEPS = 25;
  private static final List<ClusterCommand> COMMANDS = List.copyOf(SampleCommands.all().values());

  /** Lives of which about half begin in service, where most can happen. */
  private static void lives(long seed, BiConsumer<ClusterState, ClusterCommand> step) {
    Random random = new Random(seed);
    for (int life = 0; life < LIVES; life++) {
      ClusterState state =
          random.nextBoolean()
              ? after(request("one"))
              : after(request("one"), CREATED, POOL_CREATED);
      for (int i = 0; i < STEPS; i++) {
        ClusterCommand command = COMMANDS.get(random.nextInt(COMMANDS.size()));
        // Ends are rare: else most lives would be over soon.
        if (!(command instanceof DeleteCluster) || random.nextInt(5) == 0) {
          step.accept(state, command);
          state = applied(command, state);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20260901, 4711})
  void every_command_delivered_twice_has_one_effect(long seed) {
    lives(
        seed,
        (state, command) ->
            assertThat(outcome(command, applied(command, state)))
                .as("%s again after %s", command, state)
                .matches(outcome -> outcome.equals("-") || outcome.startsWith("!")));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20260901, 4711})
  void no_run_starts_twice(long seed) {
    Random random = new Random(seed);
    for (int life = 0; life < LIVES; life++) {
      Set<Object> started = new HashSet<>();
      ClusterState state = after(request("one"), CREATED, POOL_CREATED);
      for (int i = 0; i < STEPS; i++) {
        ClusterCommand command = COMMANDS.get(random.nextInt(COMMANDS.size()));
        List<? extends ClusterEvent> events = decided(command, state);
        for (ClusterEvent event : events) {
          if (startsRun(event)) {
            assertThat(started.add(event.operationId())).as("%s of %s", event, command).isTrue();
          }
        }
        state = evolved(state, events);
      }
    }
  }

  /** Not the events of pools that begin and end with their cluster: they share its operation. */
  private static boolean startsRun(ClusterEvent event) {
    String name = event.getClass().getSimpleName();
    return name.endsWith("Started")
        && !(event instanceof PoolCreationStarted)
        && !(event instanceof PoolDeletionStarted);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20260901, 4711})
  void replayed_is_live(long seed) {
    Random random = new Random(seed);
    Set<String> seen = new HashSet<>();
    for (int life = 0; life < LIVES; life++) {
      List<ClusterEvent> stream = new ArrayList<>();
      ClusterState live = new Absent();
      for (ClusterCommand command : List.of(request("one"), CREATED, POOL_CREATED)) {
        List<? extends ClusterEvent> events = ClusterDecider.decide(command, live);
        stream.addAll(events);
        live = evolved(live, events);
      }
      for (int i = 0; i < STEPS; i++) {
        List<? extends ClusterEvent> events =
            decided(COMMANDS.get(random.nextInt(COMMANDS.size())), live);
        stream.addAll(events);
        live = evolved(live, events);
      }
      assertThat(evolved(new Absent(), stream)).isEqualTo(live);
      for (int batch = 1; batch <= stream.size(); batch++) {
        assertThat(evolvedInBatches(stream, batch)).isEqualTo(live);
      }
      stream.forEach(event -> seen.add(event.getClass().getSimpleName()));
    }
    assertThat(seen)
        .as("lives in which enough happened")
        .contains("ControlPlaneUpgraded", "PoolUpgradeFinished", "NodeReplacementFinished");
  }

  /** A snapshot may be taken after each batch: nothing outside the state may be needed. */
  private static ClusterState evolvedInBatches(List<ClusterEvent> stream, int batch) {
    ClusterState state = new Absent();
    for (int from = 0; from < stream.size(); from += batch) {
      state = evolved(state, stream.subList(from, Math.min(stream.size(), from + batch)));
    }
    return state;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20260901, 4711})
  void every_event_can_follow_every_state(long seed) {
    Random random = new Random(seed);
    List<ClusterEvent> events = new ArrayList<>();
    List<ClusterState> states = new ArrayList<>();
    lives(
        seed,
        (state, command) -> {
          if (random.nextInt(100) == 0) {
            states.add(state);
            events.addAll(decided(command, state));
          }
        });
    for (ClusterState state : states) {
      ClusterEvent event = events.get(random.nextInt(events.size()));
      assertThat(ClusterEvolution.evolve(state, event)).isNotNull();
      if (state instanceof Deleted) {
        assertThat(ClusterEvolution.evolve(state, event)).isEqualTo(state);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20260901, 4711})
  void at_most_one_run_changes_a_pool_document_at_a_time(long seed) {
    lives(
        seed,
        (state, command) -> {
          if (command instanceof UpdatePool update) {
            for (ClusterEvent event : decided(command, state)) {
              PoolUpdateStarted e = (PoolUpdateStarted) event;
              ClusterState after = ClusterEvolution.evolve(state, e);
              assertThat(e.superseded())
                  .allSatisfy(
                      run ->
                          assertThat(
                                  outcome(new FinishPoolUpdate(CLUSTER, update.pool(), run), after))
                              .isEqualTo("-"));
              assertThat(
                      outcome(new FinishPoolUpdate(CLUSTER, update.pool(), e.operation()), after))
                  .isEqualTo("PoolUpdateFinished");
            }
          }
        });
  }

  /** At no time may a kubelet be newer than an API server, or too far behind it. */
  @ParameterizedTest
  @ValueSource(longs = {1, 20260901, 4711})
  void no_pool_ever_has_a_version_that_the_control_plane_may_not_serve(long seed) {
    lives(
        seed,
        (state, command) -> {
          if (state instanceof ClusterState.Present present) {
            ClusterFacts facts = present.facts();
            facts
                .pools()
                .present()
                .values()
                .forEach(
                    pool -> {
                      assertThat(
                              VersionSkew.mayServe(
                                  facts.controlPlane().version(), pool.spec().version()))
                          .isTrue();
                      assertThat(
                              VersionSkew.mayServe(facts.spec().version(), pool.nodes().oldest()))
                          .isTrue();
                    });
          }
        });
  }

  @Test
  void nothing_follows_deletion() {
    ClusterState deleted =
        after(request("one"), CREATED, DELETE, new FinishClusterDeletion(CLUSTER, DELETION));
    assertThat(deleted).isInstanceOf(Deleted.class);
    for (ClusterCommand command : COMMANDS) {
      assertThat(applied(command, deleted)).isEqualTo(deleted);
    }
  }

  private static List<? extends ClusterEvent> decided(ClusterCommand command, ClusterState state) {
    try {
      return ClusterDecider.decide(command, state);
    } catch (CommandRejected e) {
      return List.of();
    }
  }
}
