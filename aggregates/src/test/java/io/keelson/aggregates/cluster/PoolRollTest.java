package io.keelson.aggregates.cluster;

import static io.keelson.aggregates.cluster.Clusters.CLUSTER;
import static io.keelson.aggregates.cluster.Clusters.NEXT_VERSION;
import static io.keelson.aggregates.cluster.Clusters.NODE;
import static io.keelson.aggregates.cluster.Clusters.OTHER;
import static io.keelson.aggregates.cluster.Clusters.OTHER_NODE;
import static io.keelson.aggregates.cluster.Clusters.PLANNED_ROLL;
import static io.keelson.aggregates.cluster.Clusters.POOL;
import static io.keelson.aggregates.cluster.Clusters.REMOVAL;
import static io.keelson.aggregates.cluster.Clusters.REPLACEMENT;
import static io.keelson.aggregates.cluster.Clusters.ROLLING;
import static io.keelson.aggregates.cluster.Clusters.SCALING;
import static io.keelson.aggregates.cluster.Clusters.UPDATE;
import static io.keelson.aggregates.cluster.Clusters.UPGRADING;
import static io.keelson.aggregates.cluster.Clusters.VERSION;
import static io.keelson.aggregates.cluster.Clusters.applied;
import static io.keelson.aggregates.cluster.Clusters.argument;
import static io.keelson.aggregates.cluster.Clusters.inService;
import static io.keelson.aggregates.cluster.Clusters.only;
import static io.keelson.aggregates.cluster.Clusters.outcome;
import static io.keelson.aggregates.cluster.Clusters.poolState;
import static io.keelson.aggregates.cluster.SampleCommands.CONTROL_PLANE_DONE;
import static io.keelson.aggregates.cluster.SampleCommands.DELETE_POOL;
import static io.keelson.aggregates.cluster.SampleCommands.LABELS;
import static io.keelson.aggregates.cluster.SampleCommands.PLANNED_ROLL_DONE;
import static io.keelson.aggregates.cluster.SampleCommands.REMOVE;
import static io.keelson.aggregates.cluster.SampleCommands.RENAME;
import static io.keelson.aggregates.cluster.SampleCommands.REPLACE;
import static io.keelson.aggregates.cluster.SampleCommands.ROLL;
import static io.keelson.aggregates.cluster.SampleCommands.UPGRADE;
import static io.keelson.aggregates.cluster.SampleCommands.command;
import static io.keelson.aggregates.cluster.SampleCommands.labels;
import static io.keelson.aggregates.cluster.SampleCommands.scale;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.pool.PoolCommand.FailNodeReplacement;
import io.keelson.commands.pool.PoolCommand.FailPoolUpdate;
import io.keelson.commands.pool.PoolCommand.FailPoolUpgrade;
import io.keelson.commands.pool.PoolCommand.FinishNodeReplacement;
import io.keelson.commands.pool.PoolCommand.FinishPoolUpdate;
import io.keelson.commands.pool.PoolCommand.FinishPoolUpgrade;
import io.keelson.commands.pool.PoolCommand.RemoveNode;
import io.keelson.commands.pool.PoolCommand.ReplaceNode;
import io.keelson.commands.pool.PoolCommand.UpdatePool;
import io.keelson.commands.pool.PoolEvent.NodeReplacementFailed;
import io.keelson.commands.pool.PoolEvent.NodeReplacementFinished;
import io.keelson.commands.pool.PoolEvent.NodeReplacementStarted;
import io.keelson.commands.pool.PoolEvent.PoolDeletionStarted;
import io.keelson.commands.pool.PoolEvent.PoolUpdateStarted;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeFailed;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeFinished;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeStarted;
import io.keelson.commands.spec.PoolChange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs that replace nodes of a pool, all of them or one, and that remove one. */
class PoolRollTest {

  private static final UpdatePool SCALE_TO_FIVE = scale(OTHER, 5);
  private static final FinishPoolUpgrade ROLLED = new FinishPoolUpgrade(CLUSTER, POOL, ROLLING);
  private static final FinishNodeReplacement REPLACED =
      new FinishNodeReplacement(CLUSTER, POOL, REPLACEMENT);
  private static final FinishPoolUpdate REMOVED = new FinishPoolUpdate(CLUSTER, POOL, REMOVAL);

  private static ClusterState ofThree(ClusterCommand... commands) {
    ClusterState state = inService(scale(SCALING, 3), new FinishPoolUpdate(CLUSTER, POOL, SCALING));
    for (ClusterCommand command : commands) {
      state = applied(command, state);
    }
    return state;
  }

  @Test
  void a_pool_is_rolled_to_the_version_that_it_has_already_if_that_is_requested() {
    assertThat(only(PoolUpgradeStarted.class, ROLL, ofThree()))
        .isEqualTo(
            new PoolUpgradeStarted(
                CLUSTER,
                POOL,
                ROLLING,
                null,
                new PoolTarget(POOL, 3, 3, VERSION),
                VERSION,
                UpgradePolicy.DEFAULT,
                List.of()));
  }

  @Test
  void a_roll_ends_with_an_event_of_its_own_kind() {
    assertThat(ClusterDecider.decide(ROLLED, ofThree(ROLL)))
        .isEqualTo(List.of(new PoolUpgradeFinished(CLUSTER, POOL, ROLLING, null)));
    assertThat(
            ClusterDecider.decide(new FailPoolUpgrade(CLUSTER, POOL, ROLLING, "no"), ofThree(ROLL)))
        .isEqualTo(List.of(new PoolUpgradeFailed(CLUSTER, POOL, ROLLING, null, "no")));
    assertThat(ClusterDecider.decide(PLANNED_ROLL_DONE, ofThree(UPGRADE, CONTROL_PLANE_DONE)))
        .isEqualTo(List.of(new PoolUpgradeFinished(CLUSTER, POOL, PLANNED_ROLL, UPGRADING)));
    assertThat(ClusterDecider.decide(REPLACED, ofThree(REPLACE)))
        .isEqualTo(List.of(new NodeReplacementFinished(CLUSTER, POOL, NODE, REPLACEMENT)));
    assertThat(
            ClusterDecider.decide(
                new FailNodeReplacement(CLUSTER, POOL, REPLACEMENT, "no"), ofThree(REPLACE)))
        .isEqualTo(List.of(new NodeReplacementFailed(CLUSTER, POOL, NODE, REPLACEMENT, "no")));
    assertThat(outcome(new FinishPoolUpgrade(CLUSTER, POOL, REPLACEMENT), ofThree(REPLACE)))
        .isEqualTo("-");
    assertThat(outcome(new FinishNodeReplacement(CLUSTER, POOL, ROLLING), ofThree(ROLL)))
        .isEqualTo("-");
  }

  @Test
  void an_event_of_an_older_run_ends_no_roll() {
    ClusterState rolling = ofThree(ROLL);
    assertThat(
            ClusterEvolution.evolve(rolling, new PoolUpgradeFinished(CLUSTER, POOL, OTHER, null)))
        .isEqualTo(rolling);
    ClusterState replacing = ofThree(REPLACE);
    assertThat(
            ClusterEvolution.evolve(
                replacing, new NodeReplacementFinished(CLUSTER, POOL, NODE, OTHER)))
        .isEqualTo(replacing);
  }

  @Test
  void a_roll_supersedes_the_change_of_the_pool_that_still_runs() {
    assertThat(only(PoolUpgradeStarted.class, ROLL, ofThree(LABELS)).superseded())
        .containsExactly(UPDATE);
    ClusterState rolling = ofThree(LABELS, ROLL);
    assertThat(outcome(new FinishPoolUpdate(CLUSTER, POOL, UPDATE), rolling)).isEqualTo("-");
    assertThat(outcome(labels(POOL, OTHER, Map.of("tier", "web")), applied(ROLLED, rolling)))
        .as("as requested")
        .isEqualTo("-");
  }

  @Test
  void a_replacement_leaves_the_change_of_the_pool_that_still_runs() {
    ClusterState replacing = ofThree(LABELS, REPLACE);
    assertThat(outcome(new FinishPoolUpdate(CLUSTER, POOL, UPDATE), replacing))
        .isEqualTo("PoolUpdateFinished");
    NodeReplacementStarted e = only(NodeReplacementStarted.class, REPLACE, ofThree(LABELS));
    assertThat(e)
        .isEqualTo(
            new NodeReplacementStarted(
                CLUSTER,
                POOL,
                NODE,
                REPLACEMENT,
                new PoolTarget(POOL, 4, 3, VERSION),
                UpgradePolicy.DEFAULT));
    assertThat(poolState(replacing).spec().nodes().labels()).isEqualTo(Map.of("tier", "web"));
  }

  @Test
  void a_change_after_a_roll_has_a_higher_generation_than_all_documents_of_the_roll() {
    assertThat(only(PoolUpdateStarted.class, LABELS, ofThree(ROLL, ROLLED)).target().generation())
        .isEqualTo(3 + 10_000 + 1);
    assertThat(
            only(PoolUpdateStarted.class, LABELS, ofThree(REPLACE, REPLACED)).target().generation())
        .isEqualTo(3 + 10_000 + 1);
  }

  @Test
  void a_pool_is_not_as_requested_after_a_roll_that_failed() {
    UpdatePool same = labels(POOL, OTHER, Map.of());
    assertThat(outcome(same, ofThree(ROLL, new FailPoolUpgrade(CLUSTER, POOL, ROLLING, "no"))))
        .isEqualTo("PoolUpdateStarted");
    assertThat(outcome(same, ofThree(ROLL, ROLLED))).isEqualTo("-");
    assertThat(
            outcome(
                same, ofThree(REPLACE, new FailNodeReplacement(CLUSTER, POOL, REPLACEMENT, "no"))))
        .isEqualTo("PoolUpdateStarted");
    assertThat(outcome(same, ofThree(REPLACE, REPLACED))).isEqualTo("-");
  }

  @Test
  void nodes_are_added_removed_or_replaced_for_one_reason_at_a_time() {
    for (ClusterCommand busy : List.of(ROLL, REPLACE)) {
      assertThat(outcome(SCALE_TO_FIVE, ofThree(busy))).isEqualTo("!BUSY");
      assertThat(outcome(LABELS, ofThree(busy))).isEqualTo("!BUSY");
      assertThat(outcome(REMOVE, ofThree(busy))).isEqualTo("!BUSY");
      assertThat(argument(REMOVE, ofThree(busy))).isEqualTo("pool_id");
      assertThat(outcome(RENAME, ofThree(busy))).isEqualTo("ClusterUpdateStarted");
    }
    for (ClusterCommand scaling : List.of(SCALE_TO_FIVE, REMOVE)) {
      assertThat(outcome(ROLL, ofThree(scaling))).isEqualTo("!BUSY");
      assertThat(outcome(new ReplaceNode(CLUSTER, POOL, OTHER_NODE, UPDATE), ofThree(scaling)))
          .isEqualTo("!BUSY");
    }
  }

  @Test
  void a_pool_deletion_ends_a_roll() {
    assertThat(only(PoolDeletionStarted.class, DELETE_POOL, ofThree(ROLL)).superseded())
        .containsExactly(ROLLING);
    assertThat(outcome(ROLLED, ofThree(ROLL, DELETE_POOL))).isEqualTo("-");
    assertThat(outcome(REPLACED, ofThree(REPLACE, DELETE_POOL))).isEqualTo("-");
  }

  @Test
  void a_removed_node_makes_the_pool_smaller() {
    PoolUpdateStarted e = only(PoolUpdateStarted.class, REMOVE, ofThree());

    assertThat(e)
        .isEqualTo(
            new PoolUpdateStarted(
                CLUSTER,
                POOL,
                REMOVAL,
                OperationKind.SCALE,
                new PoolTarget(POOL, 3, 2, VERSION),
                PoolChange.ofSize(3),
                PoolChange.ofSize(2),
                List.of(NODE),
                List.of()));
  }

  @Test
  void a_later_change_lists_the_nodes_that_are_still_to_be_removed() {
    ClusterState removing = ofThree(REMOVE);

    PoolUpdateStarted second =
        only(PoolUpdateStarted.class, new RemoveNode(CLUSTER, POOL, OTHER_NODE, OTHER), removing);
    assertThat(second.target().size()).isEqualTo(1);
    assertThat(second.nodesToRemove()).containsExactly(NODE, OTHER_NODE);
    assertThat(second.superseded()).containsExactly(REMOVAL);
    assertThat(only(PoolUpdateStarted.class, SCALE_TO_FIVE, removing).nodesToRemove())
        .containsExactly(NODE);
    assertThat(only(PoolUpdateStarted.class, LABELS, removing).nodesToRemove())
        .containsExactly(NODE);
    assertThat(only(PoolUpdateStarted.class, LABELS, applied(REMOVED, removing)).nodesToRemove())
        .as("deleted")
        .isEmpty();
  }

  @Test
  void a_node_is_not_counted_twice() {
    RemoveNode again = new RemoveNode(CLUSTER, POOL, NODE, OTHER);
    assertThat(outcome(again, ofThree(REMOVE))).isEqualTo("-");
    assertThat(outcome(again, ofThree(REMOVE, REMOVED))).isEqualTo("-");
    assertThat(outcome(again, ofThree(REPLACE, REPLACED))).as("it was replaced").isEqualTo("-");
  }

  @Test
  void a_node_whose_removal_failed_can_be_removed_once_more_without_being_counted_again() {
    ClusterState failed = ofThree(REMOVE, new FailPoolUpdate(CLUSTER, POOL, REMOVAL, "no"));

    PoolUpdateStarted again =
        only(PoolUpdateStarted.class, new RemoveNode(CLUSTER, POOL, NODE, OTHER), failed);
    assertThat(again.kind()).isEqualTo(OperationKind.SCALE);
    assertThat(again.target().size()).isEqualTo(2);
    assertThat(again.nodesToRemove()).containsExactly(NODE);
  }

  @Test
  void a_pool_without_nodes_stays_empty() {
    assertThat(outcome(REMOVE, ofThree(scale(OTHER, 0)))).isEqualTo("-");
  }

  @Test
  void a_node_that_is_being_removed_is_not_replaced() {
    assertThat(outcome(REPLACE, ofThree(REMOVE))).isEqualTo("!NOT_FOUND");
    assertThat(argument(REPLACE, ofThree(REMOVE))).isEqualTo("node_id");
  }

  @Test
  void no_node_is_older_than_its_pool_once_all_are_replaced() {
    ClusterState newer = ofThree(UPGRADE, CONTROL_PLANE_DONE);
    assertThat(poolState(newer).nodes().oldest()).isEqualTo(VERSION);
    assertThat(poolState(newer).spec().version()).isEqualTo(NEXT_VERSION);
    assertThat(poolState(applied(PLANNED_ROLL_DONE, newer)).nodes().oldest())
        .isEqualTo(NEXT_VERSION);
  }
}
