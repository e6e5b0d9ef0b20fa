package io.keelson.aggregates.cluster;

import static io.keelson.aggregates.cluster.Clusters.CLUSTER;
import static io.keelson.aggregates.cluster.Clusters.CREATION;
import static io.keelson.aggregates.cluster.Clusters.NEXT_VERSION;
import static io.keelson.aggregates.cluster.Clusters.OTHER;
import static io.keelson.aggregates.cluster.Clusters.OTHER_POOL;
import static io.keelson.aggregates.cluster.Clusters.POOL;
import static io.keelson.aggregates.cluster.Clusters.POOL_DELETION;
import static io.keelson.aggregates.cluster.Clusters.REPLACEMENT;
import static io.keelson.aggregates.cluster.Clusters.SCALING;
import static io.keelson.aggregates.cluster.Clusters.TYPE_CHANGE;
import static io.keelson.aggregates.cluster.Clusters.UPDATE;
import static io.keelson.aggregates.cluster.Clusters.UPGRADING;
import static io.keelson.aggregates.cluster.Clusters.VERSION;
import static io.keelson.aggregates.cluster.Clusters.after;
import static io.keelson.aggregates.cluster.Clusters.applied;
import static io.keelson.aggregates.cluster.Clusters.argument;
import static io.keelson.aggregates.cluster.Clusters.external;
import static io.keelson.aggregates.cluster.Clusters.inService;
import static io.keelson.aggregates.cluster.Clusters.only;
import static io.keelson.aggregates.cluster.Clusters.outcome;
import static io.keelson.aggregates.cluster.Clusters.pool;
import static io.keelson.aggregates.cluster.Clusters.poolState;
import static io.keelson.aggregates.cluster.Clusters.poolWithOtherUserData;
import static io.keelson.aggregates.cluster.Clusters.rejection;
import static io.keelson.aggregates.cluster.Clusters.request;
import static io.keelson.aggregates.cluster.SampleCommands.CREATED;
import static io.keelson.aggregates.cluster.SampleCommands.DELETE_POOL;
import static io.keelson.aggregates.cluster.SampleCommands.LABELS;
import static io.keelson.aggregates.cluster.SampleCommands.POOL_CREATED;
import static io.keelson.aggregates.cluster.SampleCommands.RENAME;
import static io.keelson.aggregates.cluster.SampleCommands.REPLACE;
import static io.keelson.aggregates.cluster.SampleCommands.ROLL;
import static io.keelson.aggregates.cluster.SampleCommands.SCALE;
import static io.keelson.aggregates.cluster.SampleCommands.TYPE;
import static io.keelson.aggregates.cluster.SampleCommands.UPGRADE;
import static io.keelson.aggregates.cluster.SampleCommands.change;
import static io.keelson.aggregates.cluster.SampleCommands.command;
import static io.keelson.aggregates.cluster.SampleCommands.createPool;
import static io.keelson.aggregates.cluster.SampleCommands.finish;
import static io.keelson.aggregates.cluster.SampleCommands.labels;
import static io.keelson.aggregates.cluster.SampleCommands.scale;
import static io.keelson.aggregates.cluster.SampleCommands.sizes;
import static io.keelson.aggregates.cluster.SampleCommands.upgrade;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.aggregates.pool.PoolState.Phase;
import io.keelson.commands.CommandRejected.Quota;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterCommand.UpgradeCluster;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.pool.PoolCommand.CreatePool;
import io.keelson.commands.pool.PoolCommand.DeletePool;
import io.keelson.commands.pool.PoolCommand.FailNodeReplacement;
import io.keelson.commands.pool.PoolCommand.FailPoolCreation;
import io.keelson.commands.pool.PoolCommand.FailPoolDeletion;
import io.keelson.commands.pool.PoolCommand.FailPoolUpdate;
import io.keelson.commands.pool.PoolCommand.FinishPoolDeletion;
import io.keelson.commands.pool.PoolCommand.FinishPoolUpdate;
import io.keelson.commands.pool.PoolCommand.UpdatePool;
import io.keelson.commands.pool.PoolEvent.PoolCreationFailed;
import io.keelson.commands.pool.PoolEvent.PoolCreationFinished;
import io.keelson.commands.pool.PoolEvent.PoolCreationStarted;
import io.keelson.commands.pool.PoolEvent.PoolDeletionFailed;
import io.keelson.commands.pool.PoolEvent.PoolDeletionFinished;
import io.keelson.commands.pool.PoolEvent.PoolDeletionStarted;
import io.keelson.commands.pool.PoolEvent.PoolUpdateFailed;
import io.keelson.commands.pool.PoolEvent.PoolUpdateFinished;
import io.keelson.commands.pool.PoolEvent.PoolUpdateStarted;
import io.keelson.commands.spec.PoolChange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How pools are created, changed and deleted, seen from the stream that they share. */
class PoolChangesTest {

  private static final ClusterState CREATING = after(request("one"), CREATED);
  private static final CreatePool ANOTHER = createPool(OTHER_POOL, pool("other", 1));

  private static ClusterState with(ClusterState state, ClusterCommand... commands) {
    ClusterState next = state;
    for (ClusterCommand command : commands) {
      next = applied(command, next);
    }
    return next;
  }

  @Test
  void a_pool_is_created_by_itself() {
    assertThat(only(PoolCreationStarted.class, ANOTHER, inService()))
        .isEqualTo(new PoolCreationStarted(CLUSTER, OTHER_POOL, OTHER, 1, pool("other", 1), false));
  }

  @Test
  void the_same_creation_again_changes_nothing_and_another_one_is_refused() {
    ClusterState created = inService(ANOTHER);
    assertThat(outcome(ANOTHER, created)).isEqualTo("-");
    assertThat(outcome(ANOTHER, applied(RENAME, created))).isEqualTo("-");
    assertThat(
            outcome(
                new CreatePool(CLUSTER, OTHER_POOL, OTHER, poolWithOtherUserData("other", 1)),
                created))
        .isEqualTo("!KEY_REUSED");
    assertThat(outcome(new CreatePool(CLUSTER, OTHER_POOL, UPDATE, pool("other", 1)), created))
        .isEqualTo("!KEY_REUSED");
  }

  @Test
  void a_change_reports_only_what_changes_with_old_and_new_values() {
    assertThat(only(PoolUpdateStarted.class, LABELS, inService()))
        .isEqualTo(
            new PoolUpdateStarted(
                CLUSTER,
                POOL,
                UPDATE,
                OperationKind.UPDATE,
                new PoolTarget(POOL, 2, 1, VERSION),
                PoolChange.ofLabels(Map.of()),
                PoolChange.ofLabels(Map.of("tier", "web")),
                List.of(),
                List.of()));
    assertThat(only(PoolUpdateStarted.class, SCALE, inService()))
        .isEqualTo(
            new PoolUpdateStarted(
                CLUSTER,
                POOL,
                SCALING,
                OperationKind.SCALE,
                new PoolTarget(POOL, 2, 3, VERSION),
                PoolChange.ofSize(1),
                PoolChange.ofSize(3),
                List.of(),
                List.of()));
  }

  @Test
  void the_newest_change_supersedes_the_one_before_of_whatever_kind() {
    PoolUpdateStarted size = only(PoolUpdateStarted.class, scale(OTHER, 2), with(CREATING, LABELS));
    assertThat(size.kind()).isEqualTo(OperationKind.SCALE);
    assertThat(size.superseded()).containsExactly(UPDATE);

    PoolUpdateStarted labels = only(PoolUpdateStarted.class, LABELS, with(CREATING, SCALE));
    assertThat(labels.superseded()).containsExactly(SCALING);
    assertThat(labels.target()).isEqualTo(new PoolTarget(POOL, 3, 3, VERSION));

    ClusterState after = with(CREATING, SCALE, LABELS);
    assertThat(outcome(new FinishPoolUpdate(CLUSTER, POOL, SCALING), after)).isEqualTo("-");
    assertThat(outcome(new FailPoolUpdate(CLUSTER, POOL, SCALING, "no"), after)).isEqualTo("-");
    assertThat(ClusterDecider.decide(new FinishPoolUpdate(CLUSTER, POOL, UPDATE), after))
        .isEqualTo(List.of(new PoolUpdateFinished(CLUSTER, POOL, UPDATE)));
    assertThat(ClusterDecider.decide(new FailPoolUpdate(CLUSTER, POOL, UPDATE, "no"), after))
        .isEqualTo(List.of(new PoolUpdateFailed(CLUSTER, POOL, UPDATE, "no")));
  }

  @Test
  void a_change_that_supersedes_a_scale_scales_and_one_that_supersedes_an_update_does_not() {
    assertThat(only(PoolUpdateStarted.class, LABELS, inService(SCALE)).kind())
        .isEqualTo(OperationKind.SCALE);
    assertThat(outcome(ROLL, inService(SCALE, LABELS)))
        .as("nodes are still added")
        .isEqualTo("!BUSY");
    UpdatePool other = labels(POOL, OTHER, Map.of("a", "b"));
    assertThat(only(PoolUpdateStarted.class, other, inService(LABELS)).kind())
        .isEqualTo(OperationKind.UPDATE);
    assertThat(outcome(ROLL, inService(LABELS, other))).isEqualTo("PoolUpgradeStarted");
  }

  @Test
  void a_change_of_labels_may_supersede_a_scale_while_the_cluster_is_upgraded() {
    UpgradeCluster alone = upgrade(UPGRADING, NEXT_VERSION, false);
    assertThat(outcome(LABELS, inService(SCALE, alone))).isEqualTo("PoolUpdateStarted");
  }

  @Test
  void a_change_that_failed_can_be_requested_again_and_counts_as_a_scale() {
    ClusterState failed = inService(LABELS, new FailPoolUpdate(CLUSTER, POOL, UPDATE, "no"));
    PoolUpdateStarted again =
        only(PoolUpdateStarted.class, labels(POOL, OTHER, Map.of("tier", "web")), failed);
    assertThat(again.kind()).isEqualTo(OperationKind.SCALE);
    assertThat(again.before()).isEqualTo(again.after());
    assertThat(again.superseded()).isEmpty();
    ClusterState finished = inService(LABELS, new FinishPoolUpdate(CLUSTER, POOL, UPDATE));
    assertThat(outcome(labels(POOL, OTHER, Map.of("tier", "web")), finished)).isEqualTo("-");
    assertThat(outcome(labels(POOL, OTHER, Map.of("a", "b")), with(failed, UPGRADE)))
        .isEqualTo("!BUSY");
  }

  @Test
  void only_the_newest_change_decides_whether_the_pool_is_as_requested() {
    UpdatePool same = labels(POOL, OTHER, Map.of("tier", "web"));
    ClusterState replaced =
        inService(
            LABELS,
            REPLACE,
            new FailNodeReplacement(CLUSTER, POOL, REPLACEMENT, "no"),
            new FinishPoolUpdate(CLUSTER, POOL, UPDATE));
    assertThat(outcome(same, replaced)).isEqualTo("PoolUpdateStarted");
  }

  @Test
  void a_pool_that_could_not_be_created_is_completed_by_a_change() {
    ClusterState failed = with(CREATING, new FailPoolCreation(CLUSTER, POOL, CREATION, "no"));
    assertThat(outcome(scale(OTHER, 1), failed)).isEqualTo("PoolUpdateStarted");
    ClusterState completed =
        with(failed, scale(OTHER, 1), new FinishPoolUpdate(CLUSTER, POOL, OTHER));
    assertThat(outcome(scale(UPDATE, 1), completed)).isEqualTo("-");
    assertThat(poolState(completed).phase()).isEqualTo(Phase.RUNNING);
    assertThat(
            poolState(with(failed, scale(OTHER, 1), new FailPoolUpdate(CLUSTER, POOL, OTHER, "no")))
                .phase())
        .isEqualTo(Phase.CREATION_FAILED);
  }

  @Test
  void a_creation_that_fails_after_a_newer_change_leaves_that_change_effective() {
    ClusterState changed =
        with(CREATING, LABELS, new FailPoolCreation(CLUSTER, POOL, CREATION, "no"));
    assertThat(poolState(changed).effective()).isTrue();
    assertThat(
            poolState(with(CREATING, new FailPoolCreation(CLUSTER, POOL, CREATION, "no")))
                .effective())
        .isFalse();
  }

  @Test
  void the_creation_of_a_pool_ends_with_an_event() {
    assertThat(ClusterDecider.decide(POOL_CREATED, CREATING))
        .isEqualTo(List.of(new PoolCreationFinished(CLUSTER, POOL, CREATION)));
    assertThat(ClusterDecider.decide(new FailPoolCreation(CLUSTER, POOL, CREATION, "no"), CREATING))
        .isEqualTo(List.of(new PoolCreationFailed(CLUSTER, POOL, CREATION, "no")));
  }

  @Test
  void a_pool_deletion_supersedes_whatever_runs_for_the_pool() {
    assertThat(only(PoolDeletionStarted.class, DELETE_POOL, with(CREATING, LABELS)))
        .isEqualTo(
            new PoolDeletionStarted(
                CLUSTER, POOL, POOL_DELETION, false, List.of(CREATION, UPDATE)));
    ClusterState deleting = with(CREATING, LABELS, DELETE_POOL);
    assertThat(outcome(POOL_CREATED, deleting)).isEqualTo("-");
    assertThat(outcome(new FinishPoolUpdate(CLUSTER, POOL, UPDATE), deleting)).isEqualTo("-");
    assertThat(
            ClusterDecider.decide(new FinishPoolDeletion(CLUSTER, POOL, POOL_DELETION), deleting))
        .isEqualTo(List.of(new PoolDeletionFinished(CLUSTER, POOL, POOL_DELETION)));
    assertThat(
            ClusterDecider.decide(
                new FailPoolDeletion(CLUSTER, POOL, POOL_DELETION, "stuck"), deleting))
        .isEqualTo(List.of(new PoolDeletionFailed(CLUSTER, POOL, POOL_DELETION, "stuck")));
  }

  @Test
  void the_name_of_a_deleted_pool_is_free_and_its_id_is_not() {
    ClusterState none =
        inService(DELETE_POOL, new FinishPoolDeletion(CLUSTER, POOL, POOL_DELETION));
    assertThat(outcome(createPool(OTHER_POOL, pool("default", 1)), none))
        .isEqualTo("PoolCreationStarted");
    assertThat(outcome(createPool(POOL, pool("default", 1)), none)).isEqualTo("!NOT_FOUND");
    assertThat(argument(createPool(POOL, pool("default", 1)), none)).isEqualTo("pool_id");
  }

  @Test
  void nodes_are_counted_over_all_pools_that_stay() {
    ClusterState two = inService(createPool(OTHER_POOL, pool("other", 100)));
    assertThat(outcome(scale(UPDATE, 50), two)).isEqualTo("PoolUpdateStarted");
    assertThat(rejection(scale(UPDATE, 51), two).quota())
        .isEqualTo(new Quota("cluster_nodes", 150, 151, request("one").project()));
    ClusterState one = applied(new DeletePool(CLUSTER, OTHER_POOL, POOL_DELETION), two);
    assertThat(outcome(scale(UPDATE, 150), one)).isEqualTo("PoolUpdateStarted");
  }

  @Test
  void a_pool_that_does_not_grow_is_not_counted() {
    ClusterState large =
        inService(
            TYPE,
            finish(TYPE_CHANGE),
            scale(SCALING, 200),
            createPool(OTHER_POOL, pool("other", 50)));
    assertThat(outcome(scale(UPDATE, 201), large)).isEqualTo("!QUOTA");
    assertThat(outcome(scale(UPDATE, 199), large)).isEqualTo("PoolUpdateStarted");
  }

  @Test
  void bounds_bind_the_size_while_there_is_an_autoscaler() {
    ClusterState state = inService();
    assertThat(outcome(change(sizes(7, 1, 3, null)), state)).isEqualTo("PoolUpdateStarted");
    assertThat(outcome(change(sizes(1, 1, 1, true)), state)).isEqualTo("PoolUpdateStarted");
    assertThat(argument(change(sizes(7, 1, 3, true)), state)).isEqualTo("size");
    assertThat(argument(change(sizes(null, 2, 3, true)), state)).isEqualTo("min_size");
    assertThat(argument(change(sizes(null, null, null, true)), applied(scale(UPDATE, 2), state)))
        .isEqualTo("autoscaling");
    assertThat(argument(change(sizes(null, null, 0, true)), state)).isEqualTo("max_size");
    assertThat(argument(change(sizes(null, 5, 4, null)), state)).isEqualTo("min_size");
    assertThat(argument(change(sizes(null, 5, null, null)), state)).isEqualTo("min_size");
    ClusterState bounded = applied(change(sizes(null, 1, 1, null)), state);
    assertThat(argument(new UpdatePool(CLUSTER, POOL, UPDATE, sizes(null, null, 0, null)), bounded))
        .isEqualTo("max_size");
  }

  @Test
  void a_pool_must_be_able_to_replace_a_node() {
    assertThat(argument(change(policy(0, 0)), inService()))
        .isEqualTo("upgrade_policy.max_unavailable");
    assertThat(outcome(change(policy(0, 1)), inService())).isEqualTo("PoolUpdateStarted");
    assertThat(outcome(change(policy(2, 0)), inService())).isEqualTo("PoolUpdateStarted");
  }

  private static PoolChange policy(int maxUnavailable, int maxSurge) {
    return new PoolChange(
        null, null, null, null, null, null, null, maxUnavailable, maxSurge, null, null, null, null);
  }

  @Test
  void the_first_pool_of_a_cluster_may_be_empty_if_its_nodes_join_by_themselves() {
    ClusterState none =
        inService(DELETE_POOL, new FinishPoolDeletion(CLUSTER, POOL, POOL_DELETION));
    assertThat(argument(createPool(OTHER_POOL, pool("other", 0)), none)).isEqualTo("size");
    assertThat(outcome(createPool(OTHER_POOL, external("other")), none))
        .isEqualTo("PoolCreationStarted");
    assertThat(
            outcome(
                createPool(OTHER_POOL, pool("other", 0)), with(none, TYPE, finish(TYPE_CHANGE))))
        .as("a dedicated control plane")
        .isEqualTo("PoolCreationStarted");
  }
}
