package io.keelson.aggregates.cluster;

import static io.keelson.aggregates.cluster.Clusters.CLUSTER;
import static io.keelson.aggregates.cluster.Clusters.CREATION;
import static io.keelson.aggregates.cluster.Clusters.DELETION;
import static io.keelson.aggregates.cluster.Clusters.OTHER;
import static io.keelson.aggregates.cluster.Clusters.POOL;
import static io.keelson.aggregates.cluster.Clusters.UNKNOWN_POOL;
import static io.keelson.aggregates.cluster.Clusters.UPDATE;
import static io.keelson.aggregates.cluster.Clusters.after;
import static io.keelson.aggregates.cluster.Clusters.observed;
import static io.keelson.aggregates.cluster.Clusters.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.aggregates.cluster.ClusterState.Absent;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.Taint;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterCommand.DeleteCluster;
import io.keelson.commands.cluster.ClusterCommand.FailClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FailClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FailPoolCreation;
import io.keelson.commands.cluster.ClusterCommand.FailPoolUpdate;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolCreation;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolUpdate;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterGone;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterObserved;
import io.keelson.commands.cluster.ClusterCommand.SetPoolLabels;
import io.keelson.commands.cluster.ClusterCommand.SetPoolStartupTaints;
import io.keelson.commands.cluster.ClusterCommand.SetPoolTaints;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.ControlPlaneObserved;
import io.keelson.commands.cluster.ClusterEvent.PoolObserved;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateStarted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ClusterDeciderTest {

  private static final SetPoolLabels LABELS =
      new SetPoolLabels(CLUSTER, POOL, UPDATE, Map.of("tier", "web"));
  private static final DeleteCluster DELETE = new DeleteCluster(CLUSTER, DELETION, true);
  private static final FinishClusterCreation CREATED = new FinishClusterCreation(CLUSTER, CREATION);
  private static final FinishPoolCreation POOL_CREATED =
      new FinishPoolCreation(CLUSTER, POOL, CREATION);

  private static final Map<String, ClusterState> STATES = states();
  private static final Map<String, ClusterCommand> COMMANDS = commands();

  /** One row for each command, one column for each state; - is: nothing has to change. */
  private static final String CELLS =
      """
      command            | absent    | creating                                        | running                                         | running, pool ready                             | running, updating                               | creation failed                                 | deleting                                  | deletion failed                                 | deleted
      create             | ClusterCreationStarted,PoolCreationStarted | - | - | - | - | - | - | - | !NOT_FOUND
      create other       | ClusterCreationStarted,PoolCreationStarted | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED
      finish             | - | ClusterCreationFinished | - | - | - | - | - | - | -
      finish by other    | - | - | - | - | - | - | - | - | -
      fail               | - | ClusterCreationFailed,PoolCreationFailed | PoolCreationFailed | - | PoolCreationFailed | - | - | - | -
      fail by other      | - | - | - | - | - | - | - | - | -
      pool finish        | - | PoolCreationFinished | PoolCreationFinished | - | PoolCreationFinished | - | - | - | -
      pool fail          | - | PoolCreationFailed | PoolCreationFailed | - | PoolCreationFailed | - | - | - | -
      pool finish other  | - | - | - | - | - | - | - | - | -
      labels             | !NOT_FOUND | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | - | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      same labels        | !NOT_FOUND | - | - | - | PoolUpdateStarted | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      labels unknown     | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      taints             | !NOT_FOUND | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      startup taints     | !NOT_FOUND | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      update finish      | - | - | - | - | PoolUpdateFinished | - | - | - | -
      update fail        | - | - | - | - | PoolUpdateFailed | - | - | - | -
      update finish other| - | - | - | - | - | - | - | - | -
      delete             | !NOT_FOUND | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | - | ClusterDeletionStarted | !NOT_FOUND
      deletion finish    | - | - | - | - | - | - | PoolDeletionFinished,ClusterDeletionFinished | - | -
      deletion fail      | - | - | - | - | - | - | ClusterDeletionFailed | - | -
      deletion other     | - | - | - | - | - | - | - | - | -
      observed           | - | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | - | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | - | - | -
      gone               | - | - | - | PoolObserved,ClusterGoneObserved | - | - | PoolObserved,ClusterGoneObserved | PoolObserved,ClusterGoneObserved | -
      """;

  private static Map<String, ClusterState> states() {
    RecordClusterObserved seen = new RecordClusterObserved(CLUSTER, observed(1, 1));
    Map<String, ClusterState> states = new LinkedHashMap<>();
    states.put("absent", new Absent());
    states.put("creating", after(wanted("one")));
    states.put("running", after(wanted("one"), CREATED));
    states.put("running, pool ready", after(wanted("one"), CREATED, POOL_CREATED, seen));
    states.put("running, updating", after(wanted("one"), CREATED, LABELS));
    states.put(
        "creation failed", after(wanted("one"), new FailClusterCreation(CLUSTER, CREATION, "no")));
    states.put("deleting", after(wanted("one"), CREATED, seen, DELETE));
    states.put(
        "deletion failed",
        after(
            wanted("one"),
            CREATED,
            seen,
            DELETE,
            new FailClusterDeletion(CLUSTER, DELETION, "stuck")));
    states.put(
        "deleted",
        after(wanted("one"), CREATED, DELETE, new FinishClusterDeletion(CLUSTER, DELETION)));
    return states;
  }

  private static Map<String, ClusterCommand> commands() {
    List<Taint> taints = List.of(new Taint("gpu", "yes", Taint.Effect.NoSchedule));
    Map<String, ClusterCommand> commands = new LinkedHashMap<>();
    commands.put("create", wanted("one"));
    commands.put("create other", wanted("two"));
    commands.put("finish", CREATED);
    commands.put("finish by other", new FinishClusterCreation(CLUSTER, OTHER));
    commands.put("fail", new FailClusterCreation(CLUSTER, CREATION, "no"));
    commands.put("fail by other", new FailClusterCreation(CLUSTER, OTHER, "no"));
    commands.put("pool finish", POOL_CREATED);
    commands.put("pool fail", new FailPoolCreation(CLUSTER, POOL, CREATION, "no room"));
    commands.put("pool finish other", new FinishPoolCreation(CLUSTER, POOL, OTHER));
    commands.put("labels", LABELS);
    commands.put("same labels", new SetPoolLabels(CLUSTER, POOL, OTHER, Map.of()));
    commands.put("labels unknown", new SetPoolLabels(CLUSTER, UNKNOWN_POOL, UPDATE, Map.of()));
    commands.put("taints", new SetPoolTaints(CLUSTER, POOL, OTHER, taints));
    commands.put("startup taints", new SetPoolStartupTaints(CLUSTER, POOL, OTHER, taints));
    commands.put("update finish", new FinishPoolUpdate(CLUSTER, POOL, UPDATE));
    commands.put("update fail", new FailPoolUpdate(CLUSTER, POOL, UPDATE, "no"));
    commands.put("update finish other", new FinishPoolUpdate(CLUSTER, POOL, OTHER));
    commands.put("delete", DELETE);
    commands.put("deletion finish", new FinishClusterDeletion(CLUSTER, DELETION));
    commands.put("deletion fail", new FailClusterDeletion(CLUSTER, DELETION, "stuck"));
    commands.put("deletion other", new FinishClusterDeletion(CLUSTER, OTHER));
    commands.put("observed", new RecordClusterObserved(CLUSTER, observed(1, 1)));
    commands.put("gone", new RecordClusterGone(CLUSTER));
    return commands;
  }

  @TestFactory
  Stream<DynamicTest> every_command_in_every_state() {
    List<DynamicTest> cells = new ArrayList<>();
    List<String> lines = CELLS.lines().toList();
    List<String> columns = split(lines.getFirst());
    for (String line : lines.subList(1, lines.size())) {
      List<String> row = split(line);
      for (int i = 1; i < columns.size(); i++) {
        String command = row.getFirst();
        String state = columns.get(i);
        String expected = row.get(i);
        cells.add(
            DynamicTest.dynamicTest(
                command + " when " + state,
                () -> assertThat(outcome(command(command), state(state))).isEqualTo(expected)));
      }
    }
    return cells.stream();
  }

  @Test
  void the_table_has_every_command_and_every_state() {
    List<String> lines = CELLS.lines().toList();
    assertThat(split(lines.getFirst()).stream().skip(1)).containsExactlyElementsOf(STATES.keySet());
    assertThat(lines.stream().skip(1).map(line -> split(line).getFirst()))
        .containsExactlyElementsOf(COMMANDS.keySet());
    assertThat(COMMANDS.values().stream().map(Object::getClass).distinct().toList())
        .hasSameElementsAs(List.of(ClusterCommand.class.getPermittedSubclasses()));
  }

  private static ClusterState state(String name) {
    return Objects.requireNonNull(STATES.get(name), name);
  }

  private static ClusterCommand command(String name) {
    return Objects.requireNonNull(COMMANDS.get(name), name);
  }

  private static String outcome(ClusterCommand command, ClusterState state) {
    try {
      List<? extends ClusterEvent> events = ClusterDecider.decide(command, state);
      return events.isEmpty()
          ? "-"
          : events.stream().map(e -> e.getClass().getSimpleName()).collect(Collectors.joining(","));
    } catch (CommandRejected e) {
      return "!" + e.reason();
    }
  }

  private static List<String> split(String line) {
    return Stream.of(line.split("\\|")).map(String::strip).toList();
  }

  @Test
  void a_deletion_ends_the_creation_and_every_update_that_still_runs() {
    var events = ClusterDecider.decide(DELETE, state("running, updating"));
    assertThat(events.getFirst())
        .isInstanceOfSatisfying(
            ClusterDeletionStarted.class,
            e -> assertThat(e.superseded()).containsExactlyInAnyOrder(CREATION, UPDATE));
    assertThat(ClusterDecider.decide(DELETE, state("running, pool ready")).getFirst())
        .isInstanceOfSatisfying(
            ClusterDeletionStarted.class, e -> assertThat(e.superseded()).isEmpty());
  }

  @Test
  void an_update_says_what_was_and_what_is_and_counts_the_generation_up() {
    var events = ClusterDecider.decide(LABELS, state("running"));
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            PoolUpdateStarted.class,
            e -> {
              assertThat(e.before().labels()).isEmpty();
              assertThat(e.after().labels()).containsExactly(Map.entry("tier", "web"));
              assertThat(e.generation()).isEqualTo(2);
            });
  }

  @Test
  void what_could_not_be_brought_into_force_can_be_asked_for_again() {
    ClusterState failed =
        after(wanted("one"), CREATED, LABELS, new FailPoolUpdate(CLUSTER, POOL, UPDATE, "no"));
    SetPoolLabels again = new SetPoolLabels(CLUSTER, POOL, OTHER, LABELS.labels());
    assertThat(outcome(again, failed)).isEqualTo("PoolUpdateStarted");
    ClusterState finished =
        after(wanted("one"), CREATED, LABELS, new FinishPoolUpdate(CLUSTER, POOL, UPDATE));
    assertThat(outcome(again, finished)).isEqualTo("-");
  }

  @Test
  void a_deletion_that_leaves_more_behind_is_not_taken_for_the_one_that_is_asked_for() {
    ClusterState deleting =
        after(wanted("one"), CREATED, new DeleteCluster(CLUSTER, DELETION, false));
    assertThat(outcome(DELETE, deleting)).isEqualTo("!BUSY");
    assertThat(outcome(new DeleteCluster(CLUSTER, OTHER, false), deleting)).isEqualTo("-");
    assertThat(outcome(new DeleteCluster(CLUSTER, OTHER, false), state("deleting"))).isEqualTo("-");
  }

  @Test
  void a_sight_concerns_the_operations_that_wait_for_it() {
    var events =
        ClusterDecider.decide(
            new RecordClusterObserved(CLUSTER, observed(0, 0)), state("running, updating"));
    assertThat(events)
        .filteredOn(e -> e instanceof PoolObserved)
        .singleElement()
        .isInstanceOfSatisfying(
            PoolObserved.class, e -> assertThat(e.concerns()).containsExactly(CREATION, UPDATE));
    assertThat(
            ClusterDecider.decide(
                new RecordClusterObserved(CLUSTER, observed(0, 0)), state("creating")))
        .filteredOn(e -> e instanceof ControlPlaneObserved)
        .singleElement()
        .isInstanceOfSatisfying(
            ControlPlaneObserved.class, e -> assertThat(e.concerns()).containsExactly(CREATION));
  }

  @Test
  void a_rejection_names_the_argument_at_fault() {
    assertThatThrownBy(() -> ClusterDecider.decide(command("labels unknown"), state("running")))
        .isInstanceOfSatisfying(
            CommandRejected.class, e -> assertThat(e.argument()).isEqualTo("pool_id"));
  }

  /** Law: whatever the order, a command that was accepted changes nothing the second time. */
  @Test
  void every_command_delivered_twice_has_one_effect() {
    Random random = new Random(20260901);
    List<ClusterCommand> all = List.copyOf(COMMANDS.values());
    for (int run = 0; run < 2_000; run++) {
      ClusterState state = after(wanted("one"));
      for (int step = 0; step < 12; step++) {
        ClusterCommand command = all.get(random.nextInt(all.size()));
        ClusterState next = applied(command, state);
        assertThat(outcome(command, next))
            .as("run %d: %s again after %s", run, command, state)
            .matches(outcome -> outcome.equals("-") || outcome.startsWith("!"));
        state = next;
      }
    }
  }

  /** Law: the end is the end. */
  @Test
  void nothing_follows_deletion() {
    ClusterState deleted = state("deleted");
    for (ClusterCommand command : COMMANDS.values()) {
      assertThat(applied(command, deleted)).isEqualTo(deleted);
    }
  }

  private static ClusterState applied(ClusterCommand command, ClusterState state) {
    try {
      ClusterState next = state;
      for (ClusterEvent event : ClusterDecider.decide(command, state)) {
        next = ClusterEvolution.evolve(next, event);
      }
      return next;
    } catch (CommandRejected e) {
      return state;
    }
  }
}
