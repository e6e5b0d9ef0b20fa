package io.keelson.projections.status;

import static io.keelson.projections.status.Examples.CLUSTER;
import static io.keelson.projections.status.Examples.CURRENT;
import static io.keelson.projections.status.Examples.NEXT;
import static io.keelson.projections.status.Examples.OPERATION;
import static io.keelson.projections.status.Examples.POOL;
import static io.keelson.projections.status.Examples.after;
import static io.keelson.projections.status.Examples.at;
import static io.keelson.projections.status.Examples.blocked;
import static io.keelson.projections.status.Examples.instant;
import static io.keelson.projections.status.Examples.operationEvent;
import static io.keelson.projections.status.Examples.planned;
import static io.keelson.projections.status.Examples.roll;
import static io.keelson.projections.status.Examples.selected;
import static io.keelson.projections.status.Examples.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.NodeId;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.operation.Blocker;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.Target;
import io.keelson.commands.upgrade.RollEvent.NodeReplaced;
import io.keelson.projections.Delivery;
import io.keelson.projections.status.OperationStatus.Progress;
import io.keelson.projections.status.RollProgress.Estimate;
import io.keelson.projections.status.RolledNode.State;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RollProgressTest {

  private static final List<NodeId> NODES = List.of(node(1), node(2), node(3), node(4), node(5));

  @Test
  void shows_of_each_node_how_far_it_is_replaced() {
    OperationStatus row =
        after(
            rolling(new UpgradePolicy(1, 1)),
            at(1, planned(node(1), node(2), node(3))),
            at(2, selected(node(1), node(2))),
            at(5, replaced(1, 11)));

    assertThat(row.roll().nodes())
        .containsExactly(
            new RolledNode(
                node(1), CURRENT, NEXT, State.REPLACED, instant(5), instant(2), node(11)),
            new RolledNode(node(2), CURRENT, NEXT, State.SELECTED, instant(2), instant(2), null),
            new RolledNode(node(3), CURRENT, NEXT, State.PLANNED, instant(1), null, null));
    assertThat(row.progress()).isEqualTo(new Progress(1, 3));
    assertThat(row.roll().maxInFlight()).isEqualTo(2);
  }

  @Test
  void keeps_what_is_known_of_a_node_that_is_planned_or_selected_again() {
    OperationStatus row =
        after(
            rolling(UpgradePolicy.DEFAULT),
            at(1, planned(node(1))),
            at(2, selected(node(1))),
            at(3, planned(node(2), node(1))),
            at(4, selected(node(1))),
            at(5, replaced(1, 11)),
            at(6, replaced(1, 12)),
            at(7, selected(node(1))));

    assertThat(row.roll().nodes())
        .containsExactly(
            new RolledNode(
                node(1), CURRENT, NEXT, State.REPLACED, instant(5), instant(2), node(11)),
            new RolledNode(node(2), CURRENT, NEXT, State.PLANNED, instant(3), null, null));
  }

  @Test
  void knows_no_time_before_the_first_node_is_replaced() {
    OperationStatus row =
        after(
            rolling(UpgradePolicy.DEFAULT),
            at(1, planned(node(1), node(2))),
            at(2, selected(node(1))));

    assertThat(row.roll().medianSeconds()).isEmpty();
    assertThat(row.estimate(instant(10))).isEmpty();
    assertThat(RollProgress.NONE.medianSeconds()).isEmpty();
  }

  @Test
  void takes_the_median_and_the_ninetieth_percentile_of_the_replaced_nodes() {
    OperationStatus row = oneByOne(10, 30, 20);

    assertThat(row.roll().medianSeconds()).hasValue(20);
    // The fourth node is in flight for 5 seconds, and the fifth is planned.
    assertThat(row.estimate(instant(66))).contains(new Estimate(15 + 20, 25 + 30));
  }

  @Test
  void counts_no_negative_time_for_a_node_that_takes_longer_than_the_others() {
    assertThat(oneByOne(10, 10, 10).estimate(instant(1_000))).contains(new Estimate(10, 10));
  }

  @Test
  void counts_nodes_in_parallel_once() {
    OperationStatus row =
        after(
            rolling(new UpgradePolicy(1, 1)),
            at(1, planned(node(1), node(2), node(3), node(4), node(5))),
            at(2, selected(node(1), node(2))),
            at(12, replaced(1, 11)),
            at(12, replaced(1, 11)),
            at(13, replaced(2, 12)));

    // Three more nodes, two at a time, each 10 seconds at p50 and 11 at p90.
    assertThat(row.estimate(instant(13))).contains(new Estimate(20, 22));
  }

  @Test
  void knows_no_time_while_it_is_blocked_and_after_its_end() {
    OperationStatus row = oneByOne(10, 10, 10);

    assertThat(
            after(row, at(100, blocked(Target.pool(POOL), new Blocker(node(4), "web-pdb"))))
                .estimate(instant(100)))
        .isEmpty();
    assertThat(after(row, at(100, operationEvent("OperationFailed"))).estimate(instant(100)))
        .isEmpty();
  }

  /** Five nodes, of which three are replaced in so many seconds, and the fourth is selected. */
  private static OperationStatus oneByOne(int... seconds) {
    OperationStatus row =
        after(rolling(UpgradePolicy.DEFAULT), at(1, planned(NODES.toArray(new NodeId[0]))));
    long now = 1;
    for (int i = 0; i < seconds.length; i++) {
      row = after(row, recorded(row, now, selected(NODES.get(i))));
      now += seconds[i];
      row = after(row, recorded(row, now, replaced(i + 1, i + 11)));
    }
    return after(row, recorded(row, now, selected(NODES.get(seconds.length))));
  }

  private static Delivery<OperationEvent> recorded(
      OperationStatus row, long second, OperationEvent event) {
    return new Delivery<>(event, row.version() + 1, instant(second), Map.of());
  }

  private static NodeReplaced replaced(int number, int successor) {
    return new NodeReplaced(OPERATION, CLUSTER, POOL, node(number), node(successor));
  }

  private static OperationStatus rolling(UpgradePolicy policy) {
    return OperationFold.first(at(0, started(roll(policy), Target.pool(POOL)))).orElseThrow();
  }

  private static NodeId node(int number) {
    return new NodeId(new UUID(5, number));
  }
}
