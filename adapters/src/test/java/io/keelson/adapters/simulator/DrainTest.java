package io.keelson.adapters.simulator;

import static io.keelson.adapters.simulator.Sandbox.SETTLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.provisioning.Documents;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.operation.Convergence;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.PoolDocument;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a disruption budget does to a node that is being removed. */
class DrainTest {

  private static final int LONG = 1_000;

  @Test
  void a_budget_holds_as_many_nodes_as_is_probable_half_of_them_without_an_end() {
    Laws laws = new Sandbox(3, Map.of(Fault.DRAIN_BLOCKED, 0.5)).laws;
    List<NodeId> nodes =
        IntStream.range(0, 2_000).mapToObj(i -> new NodeId(new UUID(1, i))).toList();

    List<NodeId> blocked = nodes.stream().filter(n -> Drain.blocked(n, laws)).toList();

    assertThat(blocked.size()).isBetween(900, 1_100);
    assertThat(blocked.stream().filter(n -> Drain.held(n, laws) == null).count())
        .isBetween(400L, 600L);
    assertThat(nodes)
        .filteredOn(n -> !Drain.blocked(n, laws))
        .allSatisfy(n -> assertThat(Drain.held(n, laws)).isEqualTo(Duration.ZERO));
    assertThat(blocked)
        .filteredOn(n -> Drain.held(n, laws) != null)
        .allSatisfy(
            n -> {
              Duration held = Objects.requireNonNull(Drain.held(n, laws));
              assertThat(held).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(3));
              assertThat(held.toSeconds() % 20).as("between two tries").isZero();
            });
  }

  @Test
  void the_message_of_a_held_node_names_what_holds_it_until_it_is_drained() {
    Held held = held(true);
    Sandbox sandbox = held.sandbox();

    assertThat(sandbox.node(held.node(), SETTLED + 6).message())
        .as("the first eviction of its pods")
        .isEmpty();
    ObservedNode later = sandbox.node(held.node(), SETTLED + 40);
    assertThat(later.phase()).isEqualTo(NodePhase.DELETING);
    assertThat(later.message())
        .matches(
            "PodDisruptionBudget default/web allows no eviction"
                + " \\(healthy pods needed: \\d, now: \\d\\): web-[0-9a-f]{8}.*");
    assertThat(sandbox.nodes(SETTLED + 40))
        .filteredOn(n -> !n.node().equals(held.node()))
        .singleElement()
        .satisfies(other -> assertThat(other.message()).isEmpty());
    assertThat(sandbox.pool(SETTLED + 40).blockedReasons())
        .as("what blocks one node does not block the pool as a whole")
        .isEmpty();
    assertThat(sandbox.pool(SETTLED + 40).replicas().ready()).isEqualTo(1);
    assertThat(Convergence.converged(Documents.target(held.document()), sandbox.pool(SETTLED + 40)))
        .isFalse();
    assertThat(sandbox.ids(SETTLED + LONG)).doesNotContain(held.node());
    assertThat(sandbox.nodes(SETTLED + LONG))
        .isNotEmpty()
        .allSatisfy(n -> assertThat(n.message()).isEmpty());
    assertThat(sandbox.pool(SETTLED + LONG).blockedReasons()).isEmpty();
    assertThat(
            Convergence.converged(Documents.target(held.document()), sandbox.pool(SETTLED + LONG)))
        .isTrue();
  }

  @Test
  void a_budget_may_hold_a_node_and_its_place_without_an_end() {
    Held held = held(false);
    Sandbox sandbox = held.sandbox();
    sandbox.apply(
        Documents.rolling(
            Documents.pool(sandbox.cluster, sandbox.pool, 4, 2), 2, List.of(held.node())),
        SETTLED + LONG);

    assertThat(sandbox.nodes(SETTLED + 2 * LONG))
        .extracting(ObservedNode::phase)
        .containsExactlyInAnyOrder(NodePhase.READY, NodePhase.DELETING);
    assertThat(sandbox.nodes(SETTLED + 2 * LONG))
        .filteredOn(n -> !n.message().isEmpty())
        .extracting(ObservedNode::node)
        .containsExactly(held.node());
    assertThat(sandbox.pool(SETTLED + 2 * LONG).blockedReasons()).isEmpty();
  }

  @Test
  void a_pool_waits_for_its_budgets_and_a_cluster_does_not() {
    Sandbox sandbox = held(false).sandbox();
    sandbox.removePool(SETTLED + 100);
    assertThat(sandbox.nodes(SETTLED + LONG)).isNotEmpty();

    sandbox.removeCluster(SETTLED + LONG);
    assertThat(sandbox.world.shown(sandbox.cluster, Sandbox.at(SETTLED + LONG + 60), sandbox.laws))
        .isEmpty();
  }

  @Test
  void a_node_that_was_never_ready_has_no_pods_to_hold_it() {
    Sandbox sandbox = new Sandbox(7, Map.of(Fault.DRAIN_BLOCKED, 1.0));
    sandbox.apply(Documents.controlPlane(sandbox.cluster, 1, 1), 0);
    sandbox.apply(Documents.pool(sandbox.cluster, sandbox.pool, 2, 3), SETTLED);
    sandbox.apply(Documents.pool(sandbox.cluster, sandbox.pool, 3, 0), SETTLED + 15);

    assertThat(sandbox.nodes(SETTLED + 60)).isEmpty();
  }

  private record Held(Sandbox sandbox, NodeId node, PoolDocument document) {}

  /** A pool of two nodes; a budget holds the one to remove, for a while or without an end. */
  private static Held held(boolean forAWhile) {
    while (true) {
      Sandbox sandbox = Sandbox.settled(2, Map.of(Fault.DRAIN_BLOCKED, 1.0));
      NodeId node = sandbox.ids(SETTLED).getFirst();
      if ((Drain.held(node, sandbox.laws) != null) == forAWhile) {
        PoolDocument document =
            Documents.rolling(
                Documents.pool(sandbox.cluster, sandbox.pool, 3, 1), 0, List.of(node));
        sandbox.apply(document, SETTLED);
        return new Held(sandbox, node, document);
      }
    }
  }
}
