package io.keelson.aggregates.cluster;

import static io.keelson.aggregates.cluster.Clusters.CLUSTER;
import static io.keelson.aggregates.cluster.Clusters.CREATION;
import static io.keelson.aggregates.cluster.Clusters.DELETION;
import static io.keelson.aggregates.cluster.Clusters.OTHER;
import static io.keelson.aggregates.cluster.Clusters.POOL;
import static io.keelson.aggregates.cluster.Clusters.POOL_DELETION;
import static io.keelson.aggregates.cluster.Clusters.UPDATE;
import static io.keelson.aggregates.cluster.Clusters.VERSION;
import static io.keelson.aggregates.cluster.Clusters.after;
import static io.keelson.aggregates.cluster.Clusters.applied;
import static io.keelson.aggregates.cluster.Clusters.argument;
import static io.keelson.aggregates.cluster.Clusters.observed;
import static io.keelson.aggregates.cluster.Clusters.outcome;
import static io.keelson.aggregates.cluster.Clusters.pool;
import static io.keelson.aggregates.cluster.Clusters.poolWithOtherUserData;
import static io.keelson.aggregates.cluster.Clusters.rejection;
import static io.keelson.aggregates.cluster.Clusters.request;
import static io.keelson.aggregates.cluster.Clusters.spec;
import static io.keelson.aggregates.cluster.SampleCommands.CREATED;
import static io.keelson.aggregates.cluster.SampleCommands.DELETE;
import static io.keelson.aggregates.cluster.SampleCommands.DELETE_POOL;
import static io.keelson.aggregates.cluster.SampleCommands.LABELS;
import static io.keelson.aggregates.cluster.SampleCommands.POOL_CREATED;
import static io.keelson.aggregates.cluster.SampleCommands.SCALE;
import static io.keelson.aggregates.cluster.SampleCommands.command;
import static io.keelson.aggregates.cluster.SampleCommands.fail;
import static io.keelson.aggregates.cluster.SampleCommands.name;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.aggregates.cluster.ClusterState.Absent;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Awaited;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.cluster.ClusterCommand.CreateCluster;
import io.keelson.commands.cluster.ClusterCommand.DeleteCluster;
import io.keelson.commands.cluster.ClusterCommand.FailClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FailClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterObserved;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationFailed;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationFinished;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionFailed;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionFinished;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionStarted;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.pool.PoolCommand.FailPoolDeletion;
import io.keelson.commands.pool.PoolCommand.FinishPoolDeletion;
import io.keelson.commands.pool.PoolEvent.PoolCreationFailed;
import io.keelson.commands.pool.PoolEvent.PoolCreationStarted;
import io.keelson.commands.pool.PoolEvent.PoolDeletionFinished;
import io.keelson.commands.pool.PoolEvent.PoolDeletionStarted;
import io.keelson.commands.spec.Pool;
import io.keelson.commands.spec.PoolSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How a cluster begins and ends, and the outcome of every command on the way. */
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
      pool is deleted | - | - | - | - | - | - | - | - | - | - | PoolDeletionFinished | - | -
      deletion finish | - | - | - | - | - | - | - | - | - | - | PoolDeletionFinished,ClusterDeletionFinished | - | -
      deletion fail | - | - | - | - | - | - | - | - | - | - | ClusterDeletionFailed | - | -
      deletion other | - | - | - | - | - | - | - | - | - | - | - | - | -
      deletion fail other | - | - | - | - | - | - | - | - | - | - | - | - | -
      observed | - | ControlPlaneObserved,AdditionalResourcesObserved | ControlPlaneObserved,AdditionalResourcesObserved | - | ControlPlaneObserved,AdditionalResourcesObserved | ControlPlaneObserved,AdditionalResourcesObserved | ControlPlaneObserved,AdditionalResourcesObserved | ControlPlaneObserved,AdditionalResourcesObserved | ControlPlaneObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,AdditionalResourcesObserved | - | - | -
      observed absent | - | - | ClusterAbsenceObserved | PoolObserved,ClusterAbsenceObserved | ClusterAbsenceObserved | ClusterAbsenceObserved | ClusterAbsenceObserved | ClusterAbsenceObserved | ClusterAbsenceObserved | - | ClusterAbsenceObserved | ClusterAbsenceObserved | -
      rename | !NOT_FOUND | !BUSY | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      update other | !NOT_FOUND | !BUSY | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      type | !NOT_FOUND | !BUSY | ClusterTypeChangeStarted | ClusterTypeChangeStarted | ClusterTypeChangeStarted | ClusterTypeChangeStarted | ClusterTypeChangeStarted | ClusterTypeChangeStarted | ClusterTypeChangeStarted | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      same type | !NOT_FOUND | !BUSY | - | - | - | - | - | - | - | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      other family | !NOT_FOUND | !BUSY | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      upgrade | !NOT_FOUND | !BUSY | !BUSY | ClusterUpgradeStarted | !BUSY | !BUSY | ClusterUpgradeStarted,PoolLeftOut | ClusterUpgradeStarted,PoolLeftOut | ClusterUpgradeStarted | !BUSY | !BUSY | !BUSY | !NOT_FOUND
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
      reset token | !NOT_FOUND | !BUSY | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | !BUSY | !BUSY | !BUSY | !NOT_FOUND
      reset token other | !NOT_FOUND | !BUSY | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | !BUSY | !BUSY | !BUSY | !NOT_FOUND
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
    RecordClusterObserved seen = observed();
    Map<String, ClusterState> states = new LinkedHashMap<>();
    states.put("absent", new Absent());
    states.put("creating", after(request("one")));
    states.put("running", after(request("one"), CREATED));
    states.put("running, pool ready", after(request("one"), CREATED, POOL_CREATED, seen));
    states.put("running, updating", after(request("one"), CREATED, LABELS));
    states.put("running, scaling", after(request("one"), CREATED, SCALE));
    states.put("running, deleting pool", after(request("one"), CREATED, DELETE_POOL));
    states.put(
        "running, pool stuck",
        after(
            request("one"),
            CREATED,
            DELETE_POOL,
            new FailPoolDeletion(CLUSTER, POOL, POOL_DELETION, "stuck")));
    states.put(
        "running, no pool",
        after(
            request("one"),
            CREATED,
            DELETE_POOL,
            new FinishPoolDeletion(CLUSTER, POOL, POOL_DELETION)));
    states.put(
        "creation failed", after(request("one"), new FailClusterCreation(CLUSTER, CREATION, "no")));
    states.put("deleting", after(request("one"), CREATED, seen, DELETE));
    states.put(
        "deletion failed",
        after(
            request("one"),
            CREATED,
            seen,
            DELETE,
            new FailClusterDeletion(CLUSTER, DELETION, "stuck")));
    states.put(
        "deleted",
        after(request("one"), CREATED, DELETE, new FinishClusterDeletion(CLUSTER, DELETION)));
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
  void a_cluster_is_created_together_with_its_first_pools() {
    CreateCluster c = request("one");
    assertThat(ClusterDecider.decide(c, new Absent()))
        .isEqualTo(
            List.of(
                new ClusterCreationStarted(
                    CLUSTER,
                    CREATION,
                    c.organization(),
                    c.project(),
                    "fr-par",
                    spec("one"),
                    List.of(new PoolTarget(POOL, 1, 1, VERSION))),
                new PoolCreationStarted(CLUSTER, POOL, CREATION, 1, pool("default", 1), true)));
  }

  private static CreateCluster with(PoolSpec pool) {
    CreateCluster c = request("one");
    return new CreateCluster(
        CLUSTER,
        CREATION,
        c.organization(),
        c.project(),
        c.region(),
        c.spec(),
        List.of(new Pool(POOL, pool)));
  }

  @Test
  void a_cluster_is_not_the_same_with_other_pools() {
    assertThat(outcome(with(pool("default", 1)), state("running, pool ready"))).isEqualTo("-");
    assertThat(outcome(with(pool("other", 1)), state("running, pool ready")))
        .isEqualTo("!KEY_REUSED");
    assertThat(outcome(with(poolWithOtherUserData("default", 1)), state("creating")))
        .isEqualTo("!KEY_REUSED");
    assertThat(outcome(with(pool("default", 2)), state("running, no pool")))
        .isEqualTo("!KEY_REUSED");
    assertThat(outcome(with(pool("default", 1)), state("running, no pool"))).isEqualTo("-");
  }

  @Test
  void a_creation_that_fails_fails_the_pools_that_it_still_owes() {
    FailClusterCreation fail = new FailClusterCreation(CLUSTER, CREATION, "no room");
    PoolCreationFailed ofPool = new PoolCreationFailed(CLUSTER, POOL, CREATION, "no room");
    assertThat(ClusterDecider.decide(fail, state("creating")))
        .isEqualTo(List.of(new ClusterCreationFailed(CLUSTER, CREATION, "no room"), ofPool));
    assertThat(ClusterDecider.decide(fail, state("running"))).isEqualTo(List.of(ofPool));
    assertThat(ClusterDecider.decide(CREATED, state("creating")))
        .isEqualTo(List.of(new ClusterCreationFinished(CLUSTER, CREATION)));
  }

  @Test
  void a_deletion_supersedes_the_creation_and_every_update_that_still_runs() {
    assertThat(ClusterDecider.decide(DELETE, state("running, updating")))
        .isEqualTo(
            List.of(
                new ClusterDeletionStarted(
                    CLUSTER, DELETION, true, List.of(POOL), List.of(CREATION, UPDATE)),
                new PoolDeletionStarted(CLUSTER, POOL, DELETION, true, List.of())));
    assertThat(ClusterDecider.decide(DELETE, state("running, pool ready")).getFirst())
        .isEqualTo(new ClusterDeletionStarted(CLUSTER, DELETION, true, List.of(POOL), List.of()));
    assertThat(ClusterDecider.decide(DELETE, state("creating")).getFirst())
        .isEqualTo(
            new ClusterDeletionStarted(CLUSTER, DELETION, true, List.of(POOL), List.of(CREATION)));
    assertThat(ClusterDecider.decide(DELETE, state("running, deleting pool")))
        .isEqualTo(
            List.of(
                new ClusterDeletionStarted(
                    CLUSTER, DELETION, true, List.of(POOL), List.of(POOL_DELETION))));
  }

  @Test
  void a_deletion_that_leaves_resources_behind_is_not_the_one_that_is_requested() {
    ClusterState deleting =
        after(request("one"), CREATED, new DeleteCluster(CLUSTER, DELETION, false));
    CommandRejected e = rejection(new DeleteCluster(CLUSTER, OTHER, true), deleting);
    assertThat(e.reason()).isEqualTo(Reason.BUSY);
    assertThat(e.argument()).isEqualTo("cluster_id");
    assertThat(e.awaited())
        .containsExactly(
            new Awaited(
                "cluster/" + CLUSTER, "being deleted without additional resources", DELETION));
    assertThat(outcome(new DeleteCluster(CLUSTER, OTHER, false), deleting)).isEqualTo("-");
    assertThat(outcome(new DeleteCluster(CLUSTER, OTHER, false), state("deleting"))).isEqualTo("-");
  }

  @Test
  void a_deleted_cluster_frees_its_name_and_has_no_pools() {
    assertThat(
            ClusterDecider.decide(new FinishClusterDeletion(CLUSTER, DELETION), state("deleting")))
        .isEqualTo(
            List.of(
                new PoolDeletionFinished(CLUSTER, POOL, DELETION),
                new ClusterDeletionFinished(CLUSTER, DELETION, request("one").project(), "one")));
  }

  @Test
  void a_deletion_that_failed_can_be_requested_again_and_takes_the_pools_with_it() {
    ClusterState failed = state("deletion failed");
    assertThat(
            ClusterDecider.decide(
                new FailClusterDeletion(CLUSTER, DELETION, "stuck"), state("deleting")))
        .isEqualTo(List.of(new ClusterDeletionFailed(CLUSTER, DELETION, "stuck")));
    assertThat(ClusterDecider.decide(new DeleteCluster(CLUSTER, OTHER, true), failed))
        .isEqualTo(
            List.of(new ClusterDeletionStarted(CLUSTER, OTHER, true, List.of(POOL), List.of())));
    ClusterState again = applied(new DeleteCluster(CLUSTER, OTHER, true), failed);
    assertThat(outcome(new FinishClusterDeletion(CLUSTER, OTHER), again))
        .isEqualTo("PoolDeletionFinished,ClusterDeletionFinished");
  }

  @Test
  void the_deletion_of_a_cluster_takes_over_that_of_its_pool() {
    ClusterState deleting = applied(DELETE, state("running, deleting pool"));
    assertThat(outcome(new FinishPoolDeletion(CLUSTER, POOL, POOL_DELETION), deleting))
        .isEqualTo("-");
    assertThat(outcome(new FinishPoolDeletion(CLUSTER, POOL, DELETION), deleting))
        .isEqualTo("PoolDeletionFinished");
    assertThat(outcome(POOL_CREATED, deleting)).isEqualTo("-");
  }

  @Test
  void a_rejection_names_the_argument_at_fault() {
    assertThat(argument(command("labels unknown"), state("running"))).isEqualTo("pool_id");
    assertThat(argument(LABELS, state("absent"))).isEqualTo("pool_id");
    assertThat(argument(command("create pool"), state("absent"))).isEqualTo("cluster_id");
    assertThat(argument(DELETE, state("absent"))).isEqualTo("cluster_id");
    assertThat(argument(command("create same name"), state("running"))).isEqualTo("name");
  }
}
