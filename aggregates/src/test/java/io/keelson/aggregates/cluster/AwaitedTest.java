package io.keelson.aggregates.cluster;

import static io.keelson.aggregates.cluster.Clusters.CHANGE;
import static io.keelson.aggregates.cluster.Clusters.CLUSTER;
import static io.keelson.aggregates.cluster.Clusters.CREATION;
import static io.keelson.aggregates.cluster.Clusters.DELETION;
import static io.keelson.aggregates.cluster.Clusters.NEXT_VERSION;
import static io.keelson.aggregates.cluster.Clusters.OTHER;
import static io.keelson.aggregates.cluster.Clusters.OTHER_NODE;
import static io.keelson.aggregates.cluster.Clusters.OTHER_POOL;
import static io.keelson.aggregates.cluster.Clusters.POOL;
import static io.keelson.aggregates.cluster.Clusters.POOL_DELETION;
import static io.keelson.aggregates.cluster.Clusters.REMOVAL;
import static io.keelson.aggregates.cluster.Clusters.REPLACEMENT;
import static io.keelson.aggregates.cluster.Clusters.ROLLING;
import static io.keelson.aggregates.cluster.Clusters.SCALING;
import static io.keelson.aggregates.cluster.Clusters.TYPE_CHANGE;
import static io.keelson.aggregates.cluster.Clusters.UPGRADING;
import static io.keelson.aggregates.cluster.Clusters.VERSION;
import static io.keelson.aggregates.cluster.Clusters.after;
import static io.keelson.aggregates.cluster.Clusters.applied;
import static io.keelson.aggregates.cluster.Clusters.argument;
import static io.keelson.aggregates.cluster.Clusters.inService;
import static io.keelson.aggregates.cluster.Clusters.outcome;
import static io.keelson.aggregates.cluster.Clusters.pool;
import static io.keelson.aggregates.cluster.Clusters.rejection;
import static io.keelson.aggregates.cluster.Clusters.request;
import static io.keelson.aggregates.cluster.SampleCommands.CREATED;
import static io.keelson.aggregates.cluster.SampleCommands.DELETE;
import static io.keelson.aggregates.cluster.SampleCommands.DELETE_POOL;
import static io.keelson.aggregates.cluster.SampleCommands.LABELS;
import static io.keelson.aggregates.cluster.SampleCommands.REMOVE;
import static io.keelson.aggregates.cluster.SampleCommands.RENAME;
import static io.keelson.aggregates.cluster.SampleCommands.REPLACE;
import static io.keelson.aggregates.cluster.SampleCommands.RESET_TOKEN;
import static io.keelson.aggregates.cluster.SampleCommands.ROLL;
import static io.keelson.aggregates.cluster.SampleCommands.SCALE;
import static io.keelson.aggregates.cluster.SampleCommands.SET_ACL;
import static io.keelson.aggregates.cluster.SampleCommands.TYPE;
import static io.keelson.aggregates.cluster.SampleCommands.UPGRADE;
import static io.keelson.aggregates.cluster.SampleCommands.command;
import static io.keelson.aggregates.cluster.SampleCommands.createPool;
import static io.keelson.aggregates.cluster.SampleCommands.fail;
import static io.keelson.aggregates.cluster.SampleCommands.scale;
import static io.keelson.aggregates.cluster.SampleCommands.upgrade;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Awaited;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterCommand.FailClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FailClusterDeletion;
import io.keelson.commands.pool.PoolCommand.CreatePool;
import io.keelson.commands.pool.PoolCommand.FailPoolCreation;
import io.keelson.commands.pool.PoolCommand.FailPoolDeletion;
import io.keelson.commands.pool.PoolCommand.FinishPoolUpdate;
import io.keelson.commands.pool.PoolCommand.ReplaceNode;
import io.keelson.commands.pool.PoolCommand.UpgradePool;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a rejected command has to wait for, so that people and programs know when to try again. */
class AwaitedTest {

  private static final String CLUSTER_NAME = "cluster/" + CLUSTER;
  private static final String POOL_NAME = "pool/" + POOL;
  private static final CreatePool ANOTHER = createPool(OTHER_POOL, pool("other", 1));

  private static void assertAwaits(ClusterCommand command, ClusterState state, Awaited... awaited) {
    CommandRejected e = rejection(command, state);
    assertThat(e.reason()).isEqualTo(Reason.BUSY);
    assertThat(e.awaited()).containsExactly(awaited);
    assertThat(e.argument())
        .isEqualTo(awaited[0].what().startsWith("pool/") ? "pool_id" : "cluster_id");
    assertThat(e.getMessage())
        .isEqualTo(awaited[0].what().replace('/', ' ') + " is " + awaited[0].detail());
  }

  private static void assertNothingEnds(
      String argument, ClusterCommand command, ClusterState state) {
    CommandRejected e = rejection(command, state);
    assertThat(e.reason()).isEqualTo(Reason.BUSY);
    assertThat(e.awaited()).isEmpty();
    assertThat(e.argument()).isEqualTo(argument);
  }

  @Test
  void whoever_needs_a_cluster_in_service_waits_for_its_creation_or_its_deletion() {
    Awaited creation = new Awaited(CLUSTER_NAME, "being created", CREATION);
    Awaited deletion = new Awaited(CLUSTER_NAME, "being deleted", DELETION);
    for (ClusterCommand command :
        List.of(RENAME, UPGRADE, RESET_TOKEN, ANOTHER, SCALE, REMOVE, ROLL, REPLACE)) {
      assertAwaits(command, after(request("one")), creation);
      assertAwaits(command, inService(DELETE), deletion);
    }
    assertAwaits(DELETE_POOL, after(request("one")), creation);
    assertAwaits(SET_ACL, inService(DELETE), deletion);
    assertAwaits(LABELS, inService(DELETE), deletion);
  }

  @Test
  void nothing_is_awaited_of_a_cluster_whose_creation_or_deletion_failed() {
    ClusterState created = after(request("one"), new FailClusterCreation(CLUSTER, CREATION, "no"));
    ClusterState deleted = inService(DELETE, new FailClusterDeletion(CLUSTER, DELETION, "no"));
    for (ClusterCommand command :
        List.of(RENAME, SET_ACL, ANOTHER, LABELS, REMOVE, ROLL, DELETE_POOL)) {
      assertNothingEnds("cluster_id", command, created);
      assertNothingEnds("cluster_id", command, deleted);
    }
  }

  @Test
  void a_change_of_the_cluster_as_a_whole_waits_for_the_one_before() {
    assertAwaits(TYPE, inService(RENAME), new Awaited(CLUSTER_NAME, "being updated", CHANGE));
    assertAwaits(
        RENAME,
        inService(TYPE),
        new Awaited(CLUSTER_NAME, "being moved to another type", TYPE_CHANGE));
    assertAwaits(
        RENAME, inService(UPGRADE), new Awaited(CLUSTER_NAME, "being upgraded", UPGRADING));
  }

  @Test
  void whatever_adds_or_removes_nodes_waits_for_an_upgrade_of_the_cluster() {
    Awaited upgrade = new Awaited(CLUSTER_NAME, "being upgraded", UPGRADING);
    for (ClusterCommand command : List.of(ANOTHER, SCALE, REMOVE, REPLACE)) {
      assertAwaits(command, inService(UPGRADE), upgrade);
    }
    assertAwaits(new UpgradePool(CLUSTER, POOL, OTHER, NEXT_VERSION), inService(UPGRADE), upgrade);
  }

  @Test
  void whatever_replaces_nodes_waits_for_the_run_that_adds_removes_or_replaces_them() {
    ClusterState creating = after(request("one"), CREATED);
    ReplaceNode replace = new ReplaceNode(CLUSTER, POOL, OTHER_NODE, OTHER);
    for (ClusterCommand command : List.of(ROLL, replace, UPGRADE)) {
      assertAwaits(command, creating, new Awaited(POOL_NAME, "being created", CREATION));
      assertAwaits(command, inService(SCALE), new Awaited(POOL_NAME, "being scaled", SCALING));
      assertAwaits(command, inService(REMOVE), new Awaited(POOL_NAME, "being scaled", REMOVAL));
    }
    UpgradePool another = new UpgradePool(CLUSTER, POOL, OTHER, VERSION);
    assertAwaits(another, inService(ROLL), new Awaited(POOL_NAME, "being upgraded", ROLLING));
    assertAwaits(
        another,
        inService(REPLACE),
        new Awaited(POOL_NAME, "waiting for a node that is being replaced", REPLACEMENT));
  }

  @Test
  void whatever_changes_a_pool_waits_for_its_roll() {
    for (ClusterCommand command : List.of(LABELS, SCALE, REMOVE)) {
      assertAwaits(command, inService(ROLL), new Awaited(POOL_NAME, "being upgraded", ROLLING));
    }
  }

  @Test
  void whatever_needs_a_pool_waits_for_its_deletion() {
    for (ClusterCommand command : List.of(LABELS, REMOVE, ROLL, REPLACE)) {
      assertAwaits(
          command, inService(DELETE_POOL), new Awaited(POOL_NAME, "being deleted", POOL_DELETION));
      assertNothingEnds(
          "pool_id",
          command,
          inService(DELETE_POOL, new FailPoolDeletion(CLUSTER, POOL, POOL_DELETION, "stuck")));
    }
  }

  @Test
  void a_pool_that_was_not_completed_is_not_rolled_until_a_change_completes_it() {
    ClusterState incomplete =
        after(request("one"), CREATED, new FailPoolCreation(CLUSTER, POOL, CREATION, "no room"));
    assertNothingEnds("pool_id", ROLL, incomplete);
    ClusterState completed =
        applied(
            new FinishPoolUpdate(CLUSTER, POOL, SCALING), applied(scale(SCALING, 2), incomplete));
    assertThat(outcome(ROLL, completed)).isEqualTo("PoolUpgradeStarted");
  }

  @Test
  void an_upgrade_waits_for_all_its_pools_and_names_each() {
    CommandRejected e = rejection(UPGRADE, inService(ANOTHER, SCALE));
    assertThat(e.awaited())
        .containsExactlyInAnyOrder(
            new Awaited("pool/" + OTHER_POOL, "being created", OTHER),
            new Awaited(POOL_NAME, "being scaled", SCALING));
    assertThat(e.getMessage())
        .contains("pool " + OTHER_POOL + " is being created", "; ", "pool " + POOL + " is being");
  }

  @Test
  void a_version_that_the_control_plane_does_not_run_yet_is_no_version_for_pools() {
    ClusterState failed = inService(UPGRADE, fail(UPGRADING));
    assertNothingEnds(
        "cluster_id", createPool(OTHER_POOL, pool("other", 1).at(NEXT_VERSION)), failed);
    assertNothingEnds("cluster_id", new UpgradePool(CLUSTER, POOL, OTHER, NEXT_VERSION), failed);
  }
}
