package io.keelson.aggregates.cluster;

import static io.keelson.aggregates.cluster.Clusters.CLUSTER;
import static io.keelson.aggregates.cluster.Clusters.NEXT_VERSION;
import static io.keelson.aggregates.cluster.Clusters.NODE;
import static io.keelson.aggregates.cluster.Clusters.OTHER;
import static io.keelson.aggregates.cluster.Clusters.OTHER_NODE;
import static io.keelson.aggregates.cluster.Clusters.POOL;
import static io.keelson.aggregates.cluster.Clusters.REMOVAL;
import static io.keelson.aggregates.cluster.Clusters.REPLACEMENT;
import static io.keelson.aggregates.cluster.Clusters.ROLLING;
import static io.keelson.aggregates.cluster.Clusters.SCALING;
import static io.keelson.aggregates.cluster.Clusters.UPDATE;
import static io.keelson.aggregates.cluster.Clusters.VERSION;
import static io.keelson.aggregates.cluster.Clusters.after;
import static io.keelson.aggregates.cluster.Clusters.applied;
import static io.keelson.aggregates.cluster.Clusters.argument;
import static io.keelson.aggregates.cluster.Clusters.only;
import static io.keelson.aggregates.cluster.Clusters.outcome;
import static io.keelson.aggregates.cluster.Clusters.wanted;
import static io.keelson.aggregates.cluster.SampleCommands.CONTROL_PLANE_DONE;
import static io.keelson.aggregates.cluster.SampleCommands.CREATED;
import static io.keelson.aggregates.cluster.SampleCommands.DELETE_POOL;
import static io.keelson.aggregates.cluster.SampleCommands.LABELS;
import static io.keelson.aggregates.cluster.SampleCommands.PLANNED_ROLL_DONE;
import static io.keelson.aggregates.cluster.SampleCommands.POOL_CREATED;
import static io.keelson.aggregates.cluster.SampleCommands.REMOVE;
import static io.keelson.aggregates.cluster.SampleCommands.RENAME;
import static io.keelson.aggregates.cluster.SampleCommands.REPLACE;
import static io.keelson.aggregates.cluster.SampleCommands.ROLL;
import static io.keelson.aggregates.cluster.SampleCommands.UPGRADE;
import static io.keelson.aggregates.cluster.SampleCommands.command;
import static io.keelson.aggregates.cluster.SampleCommands.labels;
import static io.keelson.aggregates.cluster.SampleCommands.scale;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.aggregates.cluster.ClusterState.Running;
import io.keelson.commands.Id;
import io.keelson.commands.NodeId;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterCommand.FailNodeReplacement;
import io.keelson.commands.cluster.ClusterCommand.FailPoolUpdate;
import io.keelson.commands.cluster.ClusterCommand.FailPoolUpgrade;
import io.keelson.commands.cluster.ClusterCommand.FinishNodeReplacement;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolUpdate;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolUpgrade;
import io.keelson.commands.cluster.ClusterCommand.RemoveNode;
import io.keelson.commands.cluster.ClusterCommand.ReplaceNode;
import io.keelson.commands.cluster.ClusterCommand.UpdatePool;
import io.keelson.commands.cluster.ClusterEvent.NodeReplacementStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeStarted;
import io.keelson.commands.operation.OperationKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What replaces nodes of a pool, all of them or one, and what takes one away. */
class PoolRollTest {

  private static final UpdatePool SCALE_TO_FIVE = scale(OTHER, 5);
  private static final FinishPoolUpgrade ROLLED = new FinishPoolUpgrade(CLUSTER, POOL, ROLLING);
  private static final FinishNodeReplacement REPLACED =
      new FinishNodeReplacement(CLUSTER, POOL, REPLACEMENT);
  private static final FinishPoolUpdate REMOVED = new FinishPoolUpdate(CLUSTER, POOL, REMOVAL);

  private static ClusterState inService(ClusterCommand... commands) {
    ClusterState state = after(wanted("one"), CREATED, POOL_CREATED, scale(SCALING, 3));
    state = applied(new FinishPoolUpdate(CLUSTER, POOL, SCALING), state);
    for (ClusterCommand command : commands) {
      state = applied(command, state);
    }
    return state;
  }

  private static PoolFacts facts(ClusterState state) {
    return ((Running) state).facts().pool(POOL).orElseThrow();
  }

  @Test
  void a_pool_is_rolled_to_the_version_that_it_has_already_if_that_is_asked_for() {
    PoolUpgradeStarted e = only(PoolUpgradeStarted.class, ROLL, inService());

    assertThat(e.upgrade()).isNull();
    assertThat(e.before()).isEqualTo(e.after());
    assertThat(e.after().size()).isEqualTo(3);
    assertThat(e.generation()).isEqualTo(3);
  }

  @Test
  void a_roll_takes_over_what_else_was_changed_of_the_pool() {
    assertThat(only(PoolUpgradeStarted.class, ROLL, inService(LABELS)).superseded())
        .containsExactly(UPDATE);
    ClusterState rolling = inService(LABELS, ROLL);
    assertThat(outcome(new FinishPoolUpdate(CLUSTER, POOL, UPDATE), rolling)).isEqualTo("-");
    assertThat(outcome(labels(POOL, OTHER, Map.of("tier", "web")), applied(ROLLED, rolling)))
        .as("in force")
        .isEqualTo("-");
  }

  @Test
  void a_replacement_leaves_other_changes_of_the_pool_to_themselves() {
    ClusterState replacing = inService(LABELS, REPLACE);
    assertThat(outcome(new FinishPoolUpdate(CLUSTER, POOL, UPDATE), replacing))
        .isEqualTo("PoolUpdateFinished");
    NodeReplacementStarted e = only(NodeReplacementStarted.class, REPLACE, inService(LABELS));
    assertThat(e.spec().labels()).isEqualTo(Map.of("tier", "web"));
    assertThat(e.node()).isEqualTo(NODE);
    assertThat(e.generation()).isEqualTo(4);
  }

  @Test
  void what_follows_a_roll_is_newer_than_all_its_documents() {
    assertThat(only(PoolUpdateStarted.class, LABELS, inService(ROLL, ROLLED)).generation())
        .isEqualTo(3 + 10_000 + 1);
    assertThat(only(PoolUpdateStarted.class, LABELS, inService(REPLACE, REPLACED)).generation())
        .isEqualTo(3 + 10_000 + 1);
  }

  @Test
  void a_roll_that_failed_is_not_in_force() {
    UpdatePool same = labels(POOL, OTHER, Map.of());
    assertThat(outcome(same, inService(ROLL, new FailPoolUpgrade(CLUSTER, POOL, ROLLING, "no"))))
        .isEqualTo("PoolUpdateStarted");
    assertThat(outcome(same, inService(ROLL, ROLLED))).isEqualTo("-");
    assertThat(
            outcome(
                same,
                inService(REPLACE, new FailNodeReplacement(CLUSTER, POOL, REPLACEMENT, "no"))))
        .isEqualTo("PoolUpdateStarted");
    assertThat(outcome(same, inService(REPLACE, REPLACED))).isEqualTo("-");
  }

  @Test
  void one_thing_at_a_time_makes_nodes_come_and_go() {
    for (ClusterCommand busy : List.of(ROLL, REPLACE)) {
      assertThat(outcome(SCALE_TO_FIVE, inService(busy))).isEqualTo("!BUSY");
      assertThat(outcome(LABELS, inService(busy))).isEqualTo("!BUSY");
      assertThat(outcome(REMOVE, inService(busy))).isEqualTo("!BUSY");
      assertThat(argument(REMOVE, inService(busy))).isEqualTo("pool_id");
      assertThat(outcome(RENAME, inService(busy))).isEqualTo("ClusterUpdateStarted");
    }
    for (ClusterCommand scaling : List.of(SCALE_TO_FIVE, REMOVE)) {
      assertThat(outcome(ROLL, inService(scaling))).isEqualTo("!BUSY");
      assertThat(outcome(new ReplaceNode(CLUSTER, POOL, OTHER_NODE, UPDATE), inService(scaling)))
          .isEqualTo("!BUSY");
    }
  }

  @Test
  void a_pool_deletion_ends_a_roll() {
    assertThat(only(PoolDeletionStarted.class, DELETE_POOL, inService(ROLL)).superseded())
        .containsExactly(ROLLING);
    assertThat(outcome(ROLLED, inService(ROLL, DELETE_POOL))).isEqualTo("-");
    assertThat(outcome(REPLACED, inService(REPLACE, DELETE_POOL))).isEqualTo("-");
  }

  @Test
  void a_removed_node_makes_the_pool_smaller_and_is_the_one_that_goes() {
    PoolUpdateStarted e = only(PoolUpdateStarted.class, REMOVE, inService());

    assertThat(e.kind()).isEqualTo(OperationKind.SCALE);
    assertThat(e.before().size()).isEqualTo(3);
    assertThat(e.after().size()).isEqualTo(2);
    assertThat(e.unwanted()).containsExactly(NODE);
    assertThat(e.superseded()).isEmpty();
  }

  @Test
  void whatever_is_changed_in_the_meantime_says_which_nodes_go() {
    ClusterState removing = inService(REMOVE);

    PoolUpdateStarted second =
        only(PoolUpdateStarted.class, new RemoveNode(CLUSTER, POOL, OTHER_NODE, OTHER), removing);
    assertThat(second.after().size()).isEqualTo(1);
    assertThat(second.unwanted()).containsExactly(NODE, OTHER_NODE);
    assertThat(second.superseded()).containsExactly(REMOVAL);
    assertThat(only(PoolUpdateStarted.class, SCALE_TO_FIVE, removing).unwanted())
        .containsExactly(NODE);
    assertThat(only(PoolUpdateStarted.class, LABELS, removing).unwanted()).containsExactly(NODE);
    assertThat(only(PoolUpdateStarted.class, LABELS, applied(REMOVED, removing)).unwanted())
        .as("gone")
        .isEmpty();
  }

  @Test
  void a_node_is_not_counted_twice() {
    RemoveNode again = new RemoveNode(CLUSTER, POOL, NODE, OTHER);
    assertThat(outcome(again, inService(REMOVE))).isEqualTo("-");
    assertThat(outcome(again, inService(REMOVE, REMOVED))).isEqualTo("-");
    assertThat(outcome(again, inService(REPLACE, REPLACED))).as("it was replaced").isEqualTo("-");
  }

  @Test
  void a_node_that_did_not_go_can_be_removed_once_more_without_being_counted_again() {
    ClusterState failed = inService(REMOVE, new FailPoolUpdate(CLUSTER, POOL, REMOVAL, "no"));

    PoolUpdateStarted again =
        only(PoolUpdateStarted.class, new RemoveNode(CLUSTER, POOL, NODE, OTHER), failed);
    assertThat(again.kind()).isEqualTo(OperationKind.SCALE);
    assertThat(again.after().size()).isEqualTo(2);
    assertThat(again.unwanted()).containsExactly(NODE);
  }

  @Test
  void a_pool_without_nodes_has_none_to_lose() {
    assertThat(outcome(REMOVE, inService(scale(OTHER, 0)))).isEqualTo("-");
  }

  @Test
  void a_node_that_goes_is_not_replaced() {
    assertThat(outcome(REPLACE, inService(REMOVE))).isEqualTo("!NOT_FOUND");
    assertThat(argument(REPLACE, inService(REMOVE))).isEqualTo("node_id");
  }

  @Test
  void what_is_kept_of_removed_nodes_has_an_end() {
    PoolNodes nodes = PoolNodes.of(VERSION);
    for (int i = 0; i <= PoolNodes.MOST_REMOVED; i++) {
      nodes = nodes.removing(List.of(node(i)));
    }
    assertThat(nodes.removed())
        .hasSize(PoolNodes.MOST_REMOVED)
        .contains(node(1), node(PoolNodes.MOST_REMOVED))
        .doesNotContain(node(0));
  }

  private static NodeId node(int number) {
    return new NodeId(Id.derived("test", "node", String.valueOf(number)));
  }

  @Test
  void no_node_is_older_than_its_pool_once_all_are_replaced() {
    ClusterState newer = inService(UPGRADE, CONTROL_PLANE_DONE);
    assertThat(facts(newer).nodes().oldest()).isEqualTo(VERSION);
    assertThat(facts(newer).spec().version()).isEqualTo(NEXT_VERSION);
    assertThat(facts(applied(PLANNED_ROLL_DONE, newer)).nodes().oldest()).isEqualTo(NEXT_VERSION);
  }
}
