package io.keelson.adapters.simulator;

import static io.keelson.adapters.simulator.Sandbox.SETTLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.provisioning.Documents;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.operation.Convergence;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.PoolDocument;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How one document after the other rolls a pool. */
class RollTest {

  private static final int MINUTES = 200;

  private final Sandbox sandbox = Sandbox.settled(3);
  private final List<NodeId> before = sandbox.ids(SETTLED);

  @Test
  void nodes_to_remove_are_removed_and_missing_ones_are_created_at_once() {
    PoolDocument rolled = document(3, 3, 0, before.subList(0, 1));
    sandbox.apply(rolled, SETTLED);

    assertThat(sandbox.nodes(SETTLED + 5))
        .extracting(ObservedNode::phase)
        .containsExactly(NodePhase.DELETING, NodePhase.READY, NodePhase.READY, NodePhase.CREATING);
    assertThat(sandbox.pool(SETTLED + 5).replicas().ready()).isEqualTo(2);
    assertThat(Convergence.converged(Documents.target(rolled), sandbox.pool(SETTLED + 5)))
        .isFalse();
    assertThat(sandbox.ids(SETTLED + MINUTES))
        .hasSize(3)
        .doesNotContain(before.getFirst())
        .containsAll(before.subList(1, 3));
    assertThat(Convergence.converged(Documents.target(rolled), sandbox.pool(SETTLED + MINUTES)))
        .isTrue();
  }

  @Test
  void a_new_node_waits_until_there_is_room() {
    sandbox.apply(document(3, 3, 3, before.subList(0, 1)), SETTLED);

    List<List<NodePhase>> seen =
        IntStream.range(SETTLED + 5, SETTLED + MINUTES)
            .mapToObj(s -> sandbox.nodes(s).stream().map(ObservedNode::phase).toList())
            .distinct()
            .toList();

    assertThat(seen)
        .startsWith(
            List.of(NodePhase.DELETING, NodePhase.READY, NodePhase.READY),
            List.of(NodePhase.READY, NodePhase.READY, NodePhase.CREATING))
        .endsWith(List.of(NodePhase.READY, NodePhase.READY, NodePhase.READY));
  }

  @Test
  void a_later_document_may_withdraw_a_node_that_still_waits() {
    sandbox.apply(document(3, 3, 3, before.subList(0, 1)), SETTLED);
    sandbox.apply(document(4, 2, 3, before.subList(0, 1)), SETTLED + 5);

    assertThat(sandbox.ids(SETTLED + MINUTES)).isEqualTo(before.subList(1, 3));
  }

  @Test
  void a_document_that_is_applied_while_a_node_waits_neither_doubles_nor_delays_it() {
    sandbox.apply(document(3, 3, 3, before.subList(0, 1)), SETTLED);
    List<NodeId> after = sandbox.ids(SETTLED + MINUTES);
    int created = createdAt(after.getLast());

    sandbox.apply(document(4, 3, 3, before.subList(0, 1)), SETTLED + 5);

    assertThat(sandbox.ids(SETTLED + MINUTES)).isEqualTo(after);
    assertThat(createdAt(after.getLast())).isEqualTo(created);
  }

  @Test
  void a_later_document_may_make_room_for_a_node_that_waits() {
    sandbox.apply(document(3, 3, 3, before.subList(0, 1)), SETTLED);
    sandbox.apply(document(4, 3, 4, before.subList(0, 1)), SETTLED + 2);

    assertThat(sandbox.nodes(SETTLED + 6 + 1)).hasSize(4);
  }

  @Test
  void there_may_already_be_more_nodes_than_the_max_size() {
    sandbox.apply(document(3, 3, 2, before.subList(0, 2)), SETTLED);

    List<Integer> numbers =
        IntStream.range(SETTLED + 5, SETTLED + 2 * MINUTES)
            .mapToObj(s -> sandbox.nodes(s).size())
            .distinct()
            .toList();

    assertThat(numbers).as("one waits without an end").containsExactly(3, 2);
    assertThat(sandbox.pool(SETTLED + 2 * MINUTES).replicas().ready()).isEqualTo(2);
  }

  @Test
  void an_unknown_node_to_remove_has_no_effect() {
    sandbox.apply(document(3, 3, 4, List.of(new NodeId(new UUID(1, 1)))), SETTLED);

    assertThat(sandbox.ids(SETTLED + MINUTES)).isEqualTo(before);
  }

  @Test
  void a_document_applied_again_changes_nothing() {
    PoolDocument rolled = document(3, 3, 4, before.subList(0, 1));
    assertThat(sandbox.apply(rolled, SETTLED)).isEqualTo(1);
    World once = sandbox.world;

    assertThat(sandbox.apply(rolled, SETTLED + 10)).isZero();
    assertThat(sandbox.world).isEqualTo(once);
  }

  @Test
  void a_pool_selects_more_nodes_to_remove_if_its_size_is_smaller() {
    sandbox.apply(document(3, 1, 0, before.subList(0, 1)), SETTLED);

    assertThat(sandbox.ids(SETTLED + MINUTES)).containsExactly(before.get(1));
  }

  @Test
  void a_removed_pool_gets_no_more_nodes() {
    sandbox.apply(document(3, 3, 3, before), SETTLED);
    sandbox.removePool(SETTLED + 1);

    assertThat(IntStream.range(SETTLED + 6, SETTLED + MINUTES))
        .allSatisfy(
            s ->
                assertThat(sandbox.nodes(s))
                    .allMatch(n -> n.phase() == NodePhase.DELETING && before.contains(n.node())));
  }

  // --- Versions.

  @Test
  void new_nodes_have_the_new_version_and_others_keep_theirs() {
    sandbox.apply(Documents.controlPlane(sandbox.cluster, 3, 1, Documents.NEW), SETTLED);
    sandbox.apply(document(3, 3, 4, before.subList(0, 1), Documents.NEW), SETTLED + MINUTES);

    assertThat(sandbox.pool(SETTLED + 2 * MINUTES).replicas().versions())
        .isEqualTo(Map.of(Documents.OLD, 2, Documents.NEW, 1));
  }

  @Test
  void no_node_is_created_that_would_be_newer_than_an_api_server() {
    PoolDocument newer = document(3, 3, 4, before.subList(0, 1), Documents.NEW);
    sandbox.apply(newer, SETTLED);

    assertThat(sandbox.nodes(SETTLED + MINUTES)).hasSize(2);
    assertThat(sandbox.pool(SETTLED + MINUTES).blockedReasons())
        .singleElement()
        .asString()
        .startsWith("KubernetesVersionSkew")
        .contains(Documents.OLD.toString(), Documents.NEW.toString());

    int upgraded = SETTLED + 2 * MINUTES;
    sandbox.apply(Documents.controlPlane(sandbox.cluster, 4, 3, Documents.NEW), upgraded);
    assertThat(IntStream.range(upgraded, upgraded + MINUTES))
        .filteredOn(
            s -> sandbox.shown(s).controlPlane().replicas().versions().containsKey(Documents.OLD))
        .hasSizeGreaterThan(5)
        .allSatisfy(
            s -> assertThat(sandbox.nodes(s)).noneMatch(n -> n.version().equals(Documents.NEW)));
    assertThat(Convergence.converged(Documents.target(newer), sandbox.pool(upgraded + MINUTES)))
        .isTrue();
    assertThat(sandbox.pool(upgraded + MINUTES).blockedReasons()).isEmpty();
  }

  private int createdAt(NodeId node) {
    return IntStream.range(SETTLED, SETTLED + MINUTES)
        .filter(s -> sandbox.ids(s).contains(node))
        .findFirst()
        .orElseThrow();
  }

  private PoolDocument document(int generation, int size, int maxSize, List<NodeId> nodesToRemove) {
    return document(generation, size, maxSize, nodesToRemove, Documents.OLD);
  }

  private PoolDocument document(
      int generation,
      int size,
      int maxSize,
      List<NodeId> nodesToRemove,
      KubernetesVersion version) {
    return Documents.rolling(
        Documents.pool(sandbox.cluster, sandbox.pool, generation, size, version, Map.of()),
        maxSize,
        nodesToRemove);
  }
}
