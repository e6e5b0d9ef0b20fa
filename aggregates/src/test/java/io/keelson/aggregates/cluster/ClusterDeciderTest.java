package io.keelson.aggregates.cluster;

import static io.keelson.aggregates.cluster.Clusters.CLUSTER;
import static io.keelson.aggregates.cluster.Clusters.CREATION;
import static io.keelson.aggregates.cluster.Clusters.DELETION;
import static io.keelson.aggregates.cluster.Clusters.OTHER;
import static io.keelson.aggregates.cluster.Clusters.OTHER_POOL;
import static io.keelson.aggregates.cluster.Clusters.POOL;
import static io.keelson.aggregates.cluster.Clusters.POOL_DELETION;
import static io.keelson.aggregates.cluster.Clusters.SCALING;
import static io.keelson.aggregates.cluster.Clusters.UPDATE;
import static io.keelson.aggregates.cluster.Clusters.after;
import static io.keelson.aggregates.cluster.Clusters.applied;
import static io.keelson.aggregates.cluster.Clusters.argument;
import static io.keelson.aggregates.cluster.Clusters.external;
import static io.keelson.aggregates.cluster.Clusters.observed;
import static io.keelson.aggregates.cluster.Clusters.outcome;
import static io.keelson.aggregates.cluster.Clusters.pool;
import static io.keelson.aggregates.cluster.Clusters.wanted;
import static io.keelson.aggregates.cluster.SampleCommands.CREATED;
import static io.keelson.aggregates.cluster.SampleCommands.DELETE;
import static io.keelson.aggregates.cluster.SampleCommands.DELETE_POOL;
import static io.keelson.aggregates.cluster.SampleCommands.LABELS;
import static io.keelson.aggregates.cluster.SampleCommands.POOL_CREATED;
import static io.keelson.aggregates.cluster.SampleCommands.SCALE;
import static io.keelson.aggregates.cluster.SampleCommands.change;
import static io.keelson.aggregates.cluster.SampleCommands.command;
import static io.keelson.aggregates.cluster.SampleCommands.createPool;
import static io.keelson.aggregates.cluster.SampleCommands.labels;
import static io.keelson.aggregates.cluster.SampleCommands.scale;
import static io.keelson.aggregates.cluster.SampleCommands.sizes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.aggregates.cluster.ClusterState.Absent;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.cluster.ClusterCommand.DeleteCluster;
import io.keelson.commands.cluster.ClusterCommand.DeletePool;
import io.keelson.commands.cluster.ClusterCommand.FailClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FailClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FailPoolCreation;
import io.keelson.commands.cluster.ClusterCommand.FailPoolUpdate;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolDeletion;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolUpdate;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterObserved;
import io.keelson.commands.cluster.ClusterCommand.UpdatePool;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.ControlPlaneObserved;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolObserved;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateStarted;
import io.keelson.commands.cluster.PoolChange;
import io.keelson.commands.operation.OperationKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ClusterDeciderTest {

  /** One row for each command, one column for each state; - is: nothing has to change. */
  private static final String TABLE =
      """
      command | absent | creating | running | running, pool ready | running, updating | running, scaling | running, deleting pool | running, pool stuck | running, no pool | creation failed | deleting | deletion failed | deleted
      create | ClusterCreationStarted,PoolCreationStarted | - | - | - | - | - | - | - | - | - | - | - | !NOT_FOUND
      create other | ClusterCreationStarted,PoolCreationStarted | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED
      finish | - | ClusterCreationFinished | - | - | - | - | - | - | - | - | - | - | -
      finish by other | - | - | - | - | - | - | - | - | - | - | - | - | -
      fail | - | ClusterCreationFailed,PoolCreationFailed | PoolCreationFailed | - | PoolCreationFailed | PoolCreationFailed | - | - | - | - | - | - | -
      fail by other | - | - | - | - | - | - | - | - | - | - | - | - | -
      create pool | !NOT_FOUND | !BUSY | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      create same name | !NOT_FOUND | !BUSY | !NAME_TAKEN | !NAME_TAKEN | !NAME_TAKEN | !NAME_TAKEN | !NAME_TAKEN | !NAME_TAKEN | PoolCreationStarted | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      create empty | !NOT_FOUND | !BUSY | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted | !INVALID | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      create too large | !NOT_FOUND | !BUSY | !QUOTA | !QUOTA | !QUOTA | !QUOTA | !QUOTA | !QUOTA | !QUOTA | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      create again | !NOT_FOUND | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !NOT_FOUND | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !NOT_FOUND
      pool finish | - | PoolCreationFinished | PoolCreationFinished | - | PoolCreationFinished | PoolCreationFinished | - | - | - | - | - | - | -
      pool fail | - | PoolCreationFailed | PoolCreationFailed | - | PoolCreationFailed | PoolCreationFailed | - | - | - | - | - | - | -
      pool finish other | - | - | - | - | - | - | - | - | - | - | - | - | -
      labels | !NOT_FOUND | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | - | PoolUpdateStarted | !BUSY | !BUSY | !NOT_FOUND | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      same labels | !NOT_FOUND | - | - | - | PoolUpdateStarted | - | !BUSY | !BUSY | !NOT_FOUND | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      labels unknown | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      taints | !NOT_FOUND | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | !BUSY | !BUSY | !NOT_FOUND | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      startup taints | !NOT_FOUND | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | !BUSY | !BUSY | !NOT_FOUND | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      scale | !NOT_FOUND | !BUSY | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | - | !BUSY | !BUSY | !NOT_FOUND | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      same size | !NOT_FOUND | - | - | - | - | PoolUpdateStarted | !BUSY | !BUSY | !NOT_FOUND | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      scale too far | !NOT_FOUND | !BUSY | !QUOTA | !QUOTA | !QUOTA | !QUOTA | !BUSY | !BUSY | !NOT_FOUND | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      bad bounds | !NOT_FOUND | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !BUSY | !BUSY | !NOT_FOUND | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      update finish | - | - | - | - | PoolUpdateFinished | - | - | - | - | - | - | - | -
      update fail | - | - | - | - | PoolUpdateFailed | - | - | - | - | - | - | - | -
      update finish other | - | - | - | - | - | - | - | - | - | - | - | - | -
      scale finish | - | - | - | - | - | PoolUpdateFinished | - | - | - | - | - | - | -
      scale fail | - | - | - | - | - | PoolUpdateFailed | - | - | - | - | - | - | -
      delete pool | !NOT_FOUND | !BUSY | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | - | - | - | !BUSY | - | !BUSY | !NOT_FOUND
      delete pool other | !NOT_FOUND | !BUSY | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | - | PoolDeletionStarted | !NOT_FOUND | !BUSY | - | !BUSY | !NOT_FOUND
      delete unknown | !NOT_FOUND | !BUSY | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !BUSY | !NOT_FOUND | !BUSY | !NOT_FOUND
      pool deletion finish | - | - | - | - | - | - | PoolDeletionFinished | - | - | - | - | - | -
      pool deletion fail | - | - | - | - | - | - | PoolDeletionFailed | - | - | - | - | - | -
      delete | !NOT_FOUND | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | - | - | !NOT_FOUND
      delete other | !NOT_FOUND | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | - | ClusterDeletionStarted | !NOT_FOUND
      pool is gone | - | - | - | - | - | - | - | - | - | - | PoolDeletionFinished | - | -
      deletion finish | - | - | - | - | - | - | - | - | - | - | PoolDeletionFinished,ClusterDeletionFinished | - | -
      deletion fail | - | - | - | - | - | - | - | - | - | - | ClusterDeletionFailed | - | -
      deletion other | - | - | - | - | - | - | - | - | - | - | - | - | -
      observed | - | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | - | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | - | - | -
      gone | - | - | - | PoolObserved,ClusterGoneObserved | - | - | - | - | - | - | PoolObserved,ClusterGoneObserved | PoolObserved,ClusterGoneObserved | -
      rename | !NOT_FOUND | !BUSY | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      update other | !NOT_FOUND | !BUSY | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      type | !NOT_FOUND | !BUSY | ClusterTypeChangeStarted | ClusterTypeChangeStarted | ClusterTypeChangeStarted | ClusterTypeChangeStarted | ClusterTypeChangeStarted | ClusterTypeChangeStarted | ClusterTypeChangeStarted | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      same type | !NOT_FOUND | !BUSY | - | - | - | - | - | - | - | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      other family | !NOT_FOUND | !BUSY | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      upgrade | !NOT_FOUND | !BUSY | !BUSY | ClusterUpgradeStarted | !BUSY | !BUSY | ClusterUpgradeStarted | ClusterUpgradeStarted | ClusterUpgradeStarted | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      upgrade alone | !NOT_FOUND | !BUSY | ClusterUpgradeStarted | ClusterUpgradeStarted | ClusterUpgradeStarted | ClusterUpgradeStarted | ClusterUpgradeStarted | ClusterUpgradeStarted | ClusterUpgradeStarted | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      same version | !NOT_FOUND | !BUSY | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      version too far | !NOT_FOUND | !BUSY | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      downgrade | !NOT_FOUND | !BUSY | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      control plane done | - | - | - | - | - | - | - | - | - | - | - | - | -
      control plane done other | - | - | - | - | - | - | - | - | - | - | - | - | -
      rename finish | - | - | - | - | - | - | - | - | - | - | - | - | -
      rename fail | - | - | - | - | - | - | - | - | - | - | - | - | -
      type finish | - | - | - | - | - | - | - | - | - | - | - | - | -
      type fail | - | - | - | - | - | - | - | - | - | - | - | - | -
      upgrade finish | - | - | - | - | - | - | - | - | - | - | - | - | -
      upgrade fail | - | - | - | - | - | - | - | - | - | - | - | - | -
      change finish other | - | - | - | - | - | - | - | - | - | - | - | - | -
      change fail other | - | - | - | - | - | - | - | - | - | - | - | - | -
      set acl | !NOT_FOUND | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      add acl | !NOT_FOUND | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      delete acl | !NOT_FOUND | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      delete unknown acl | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      acl finish | - | - | - | - | - | - | - | - | - | - | - | - | -
      acl fail | - | - | - | - | - | - | - | - | - | - | - | - | -
      reset token | !NOT_FOUND | !BUSY | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      reset token other | !NOT_FOUND | !BUSY | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      token finish | - | - | - | - | - | - | - | - | - | - | - | - | -
      token fail | - | - | - | - | - | - | - | - | - | - | - | - | -
      upgrade pool | !NOT_FOUND | !BUSY | !BUSY | PoolUpgradeStarted | !BUSY | !BUSY | !BUSY | !BUSY | !NOT_FOUND | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      upgrade pool newer | !NOT_FOUND | !BUSY | !INVALID | !INVALID | !INVALID | !INVALID | !BUSY | !BUSY | !NOT_FOUND | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      upgrade pool unknown | !NOT_FOUND | !BUSY | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      roll finish | - | - | - | - | - | - | - | - | - | - | - | - | -
      roll fail | - | - | - | - | - | - | - | - | - | - | - | - | -
      planned roll finish | - | - | - | - | - | - | - | - | - | - | - | - | -
      planned roll fail | - | - | - | - | - | - | - | - | - | - | - | - | -
      replace | !NOT_FOUND | !BUSY | !BUSY | NodeReplacementStarted | !BUSY | !BUSY | !BUSY | !BUSY | !NOT_FOUND | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      replace other | !NOT_FOUND | !BUSY | !BUSY | NodeReplacementStarted | !BUSY | !BUSY | !BUSY | !BUSY | !NOT_FOUND | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      replace finish | - | - | - | - | - | - | - | - | - | - | - | - | -
      replace fail | - | - | - | - | - | - | - | - | - | - | - | - | -
      remove | !NOT_FOUND | !BUSY | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | !BUSY | !BUSY | !NOT_FOUND | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      remove again | !NOT_FOUND | !BUSY | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | !BUSY | !BUSY | !NOT_FOUND | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      remove finish | - | - | - | - | - | - | - | - | - | - | - | - | -
      remove fail | - | - | - | - | - | - | - | - | - | - | - | - | -
      """;

  private static Map<String, ClusterState> states() {
    RecordClusterObserved seen = new RecordClusterObserved(CLUSTER, observed(1, 1));
    Map<String, ClusterState> states = new LinkedHashMap<>();
    states.put("absent", new Absent());
    states.put("creating", after(wanted("one")));
    states.put("running", after(wanted("one"), CREATED));
    states.put("running, pool ready", after(wanted("one"), CREATED, POOL_CREATED, seen));
    states.put("running, updating", after(wanted("one"), CREATED, LABELS));
    states.put("running, scaling", after(wanted("one"), CREATED, SCALE));
    states.put("running, deleting pool", after(wanted("one"), CREATED, DELETE_POOL));
    states.put(
        "running, pool stuck",
        after(
            wanted("one"),
            CREATED,
            DELETE_POOL,
            new FailClusterDeletion(CLUSTER, POOL_DELETION, "stuck")));
    states.put(
        "running, no pool",
        after(
            wanted("one"),
            CREATED,
            DELETE_POOL,
            new FinishPoolDeletion(CLUSTER, POOL, POOL_DELETION)));
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

  private static final Cells CELLS = new Cells(states(), TABLE);

  @TestFactory
  Stream<DynamicTest> every_command_in_every_state() {
    return CELLS.tests();
  }

  @Test
  void the_table_has_every_command_and_every_state() {
    CELLS.assertComplete();
  }

  private static ClusterState state(String name) {
    return CELLS.state(name);
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
    UpdatePool again = labels(POOL, OTHER, Map.of("tier", "web"));
    assertThat(outcome(again, failed)).isEqualTo("PoolUpdateStarted");
    ClusterState finished =
        after(wanted("one"), CREATED, LABELS, new FinishPoolUpdate(CLUSTER, POOL, UPDATE));
    assertThat(outcome(again, finished)).isEqualTo("-");
  }

  @Test
  void a_deletion_that_leaves_more_behind_is_not_taken_for_the_one_that_is_asked_for() {
    ClusterState deleting =
        after(wanted("one"), CREATED, new DeleteCluster(CLUSTER, DELETION, false));
    assertThat(outcome(new DeleteCluster(CLUSTER, OTHER, true), deleting)).isEqualTo("!BUSY");
    assertThat(outcome(new DeleteCluster(CLUSTER, OTHER, false), deleting)).isEqualTo("-");
    assertThat(outcome(new DeleteCluster(CLUSTER, OTHER, false), state("deleting"))).isEqualTo("-");
  }

  @Test
  void the_newest_size_supersedes_the_one_before_and_nothing_else() {
    ClusterState both = applied(labels(POOL, UPDATE, Map.of("a", "b")), state("running, scaling"));
    UpdatePool newer = scale(OTHER, 2);

    assertThat(ClusterDecider.decide(newer, both))
        .singleElement()
        .isInstanceOfSatisfying(
            PoolUpdateStarted.class,
            e -> {
              assertThat(e.kind()).isEqualTo(OperationKind.SCALE);
              assertThat(e.superseded()).containsExactly(SCALING);
              assertThat(e.generation()).isEqualTo(4);
              assertThat(e.before().size()).isEqualTo(3);
              assertThat(e.after().size()).isEqualTo(2);
            });
    ClusterState after = applied(newer, both);
    assertThat(outcome(new FinishPoolUpdate(CLUSTER, POOL, SCALING), after)).isEqualTo("-");
    assertThat(outcome(new FinishPoolUpdate(CLUSTER, POOL, UPDATE), after))
        .isEqualTo("PoolUpdateFinished");
    assertThat(outcome(new FinishPoolUpdate(CLUSTER, POOL, OTHER), after))
        .isEqualTo("PoolUpdateFinished");
  }

  @Test
  void a_change_of_labels_supersedes_nothing_and_scales_nothing() {
    assertThat(ClusterDecider.decide(LABELS, state("running, scaling")))
        .singleElement()
        .isInstanceOfSatisfying(
            PoolUpdateStarted.class,
            e -> {
              assertThat(e.kind()).isEqualTo(OperationKind.UPDATE);
              assertThat(e.superseded()).isEmpty();
            });
  }

  @Test
  void a_size_that_did_not_come_scales_when_it_is_asked_for_again() {
    ClusterState failed =
        applied(new FailPoolUpdate(CLUSTER, POOL, SCALING, "no"), state("running, scaling"));

    assertThat(ClusterDecider.decide(scale(OTHER, 3), failed))
        .singleElement()
        .isInstanceOfSatisfying(
            PoolUpdateStarted.class, e -> assertThat(e.kind()).isEqualTo(OperationKind.SCALE));
  }

  @Test
  void only_the_newest_change_says_what_is_in_force() {
    ClusterState newerFailed =
        applied(
            new FailPoolUpdate(CLUSTER, POOL, UPDATE, "no"),
            applied(LABELS, state("running, scaling")));
    ClusterState olderFinished = applied(new FinishPoolUpdate(CLUSTER, POOL, SCALING), newerFailed);

    assertThat(outcome(labels(POOL, OTHER, Map.of("tier", "web")), olderFinished))
        .isEqualTo("PoolUpdateStarted");
  }

  @Test
  void a_pool_that_could_not_be_created_is_mended_by_asking_for_it_again() {
    ClusterState failed =
        applied(new FailPoolCreation(CLUSTER, POOL, CREATION, "no"), state("running"));
    assertThat(outcome(scale(OTHER, 1), failed)).isEqualTo("PoolUpdateStarted");
    ClusterState mended =
        applied(new FinishPoolUpdate(CLUSTER, POOL, OTHER), applied(scale(OTHER, 1), failed));
    assertThat(outcome(scale(UPDATE, 1), mended)).isEqualTo("-");
  }

  @Test
  void a_pool_deletion_ends_whatever_runs_for_the_pool() {
    ClusterState busy = applied(LABELS, state("running, scaling"));

    assertThat(ClusterDecider.decide(DELETE_POOL, busy))
        .singleElement()
        .isInstanceOfSatisfying(
            PoolDeletionStarted.class,
            e -> {
              assertThat(e.withCluster()).isFalse();
              assertThat(e.superseded()).containsExactlyInAnyOrder(CREATION, UPDATE, SCALING);
            });
    ClusterState deleting = applied(DELETE_POOL, busy);
    assertThat(outcome(POOL_CREATED, deleting)).isEqualTo("-");
    assertThat(ClusterDecider.decide(DELETE, deleting).getFirst())
        .isInstanceOfSatisfying(
            ClusterDeletionStarted.class,
            e -> assertThat(e.superseded()).containsExactly(POOL_DELETION));
    assertThat(
            outcome(
                new FinishPoolDeletion(CLUSTER, POOL, POOL_DELETION), applied(DELETE, deleting)))
        .as("the cluster's deletion has taken it over")
        .isEqualTo("-");
  }

  @Test
  void a_pool_comes_with_its_cluster_or_by_itself() {
    assertThat(ClusterDecider.decide(wanted("one"), new Absent()).getLast())
        .isInstanceOfSatisfying(
            PoolCreationStarted.class, e -> assertThat(e.withCluster()).isTrue());
    assertThat(ClusterDecider.decide(command("create pool"), state("running")))
        .singleElement()
        .isInstanceOfSatisfying(
            PoolCreationStarted.class,
            e -> {
              assertThat(e.withCluster()).isFalse();
              assertThat(e.clusterName()).isEqualTo("one");
            });
  }

  @Test
  void a_name_is_free_again_and_an_id_is_not_once_a_pool_is_gone() {
    ClusterState gone = state("running, no pool");
    assertThat(outcome(createPool(OTHER_POOL, pool("default", 1)), gone))
        .isEqualTo("PoolCreationStarted");
    assertThat(outcome(createPool(POOL, pool("default", 1)), gone)).isEqualTo("!NOT_FOUND");
  }

  @Test
  void nodes_are_counted_over_all_pools_that_stay() {
    ClusterState two = applied(createPool(OTHER_POOL, pool("other", 100)), state("running"));
    assertThat(outcome(scale(UPDATE, 50), two)).isEqualTo("PoolUpdateStarted");
    assertThatThrownBy(() -> ClusterDecider.decide(scale(UPDATE, 51), two))
        .isInstanceOfSatisfying(
            CommandRejected.class,
            e ->
                assertThat(e.quota())
                    .isEqualTo(
                        new CommandRejected.Quota(
                            "cluster_nodes", 150, 151, wanted("one").project())));
    ClusterState one = applied(new DeletePool(CLUSTER, OTHER_POOL, POOL_DELETION), two);
    assertThat(outcome(scale(UPDATE, 150), one)).isEqualTo("PoolUpdateStarted");
  }

  @Test
  void bounds_bind_the_size_while_there_is_an_autoscaler() {
    ClusterState state = state("running, pool ready");
    assertThat(outcome(change(sizes(7, 1, 3, null)), state)).isEqualTo("PoolUpdateStarted");
    assertThat(argument(change(sizes(7, 1, 3, true)), state)).isEqualTo("size");
    assertThat(argument(change(sizes(null, 2, 3, true)), state)).isEqualTo("min_size");
    assertThat(argument(change(sizes(null, null, null, true)), applied(scale(UPDATE, 2), state)))
        .isEqualTo("autoscaling");
    assertThat(argument(change(sizes(null, null, 0, true)), state)).isEqualTo("max_size");
    assertThat(argument(change(sizes(null, 5, 4, null)), state)).isEqualTo("min_size");
    assertThat(argument(change(sizes(null, 5, null, null)), state)).isEqualTo("min_size");
  }

  @Test
  void a_rolled_pool_must_be_able_to_move() {
    PoolChange still =
        new PoolChange(null, null, null, null, null, null, null, 0, 0, null, null, null, null);
    assertThat(argument(change(still), state("running")))
        .isEqualTo("upgrade_policy.max_unavailable");
  }

  @Test
  void the_first_pool_of_a_cluster_may_be_empty_where_its_nodes_join_by_themselves() {
    ClusterState none = state("running, no pool");
    assertThat(argument(createPool(OTHER_POOL, pool("other", 0)), none)).isEqualTo("size");
    assertThat(outcome(createPool(OTHER_POOL, external("other")), none))
        .isEqualTo("PoolCreationStarted");
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
}
