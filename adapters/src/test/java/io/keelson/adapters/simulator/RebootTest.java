package io.keelson.adapters.simulator;

import static io.keelson.adapters.simulator.Sandbox.SETTLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.provisioning.Documents;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.provisioning.ObservedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A machine that boots again. */
class RebootTest {

  private static final int LATER = SETTLED + 60;

  private final Sandbox sandbox = Sandbox.settled(2);
  private final NodeId node = sandbox.ids(SETTLED).getFirst();

  @Test
  void it_is_not_ready_for_a_while_and_then_has_another_boot_id() {
    ObservedNode before = sandbox.node(node, SETTLED);
    sandbox.reboot(node, "key", SETTLED);

    List<ObservedNode> seen =
        IntStream.range(SETTLED, LATER).mapToObj(s -> sandbox.node(node, s)).distinct().toList();

    assertThat(seen)
        .extracting(ObservedNode::phase)
        .containsExactly(NodePhase.READY, NodePhase.REBOOTING, NodePhase.READY);
    assertThat(seen.get(1).conditions()).containsEntry("Ready", "False");
    assertThat(seen.get(1).bootId()).isEqualTo(before.bootId()).isNotEmpty();
    assertThat(seen.getLast().bootId()).isNotEqualTo(before.bootId()).isNotEmpty();
    assertThat(seen.getLast().providerId()).isEqualTo(before.providerId());
    assertThat(sandbox.pool(SETTLED + 10).replicas().ready()).isEqualTo(1);
  }

  @Test
  void each_boot_has_an_id_of_its_own() {
    List<String> ids = new ArrayList<>(List.of(sandbox.node(node, SETTLED).bootId()));
    for (int i = 1; i <= 30; i++) {
      sandbox.reboot(node, "key " + i, SETTLED + 100 * i);
      ids.add(sandbox.node(node, SETTLED + 100 * i + 90).bootId());
    }

    assertThat(ids).doesNotHaveDuplicates().doesNotContain("");
    assertThat(sandbox.node(node, 2 * SETTLED).bootId()).isEqualTo(ids.getLast());
  }

  @Test
  void the_same_key_boots_it_once() {
    assertThat(sandbox.reboot(node, "key", SETTLED)).isEqualTo(1);
    World once = sandbox.world;

    assertThat(sandbox.reboot(node, "key", SETTLED + 10)).isZero();
    assertThat(sandbox.reboot(node, "key", LATER)).isZero();
    assertThat(sandbox.world).isEqualTo(once);
    assertThat(sandbox.reboot(node, "another key", LATER)).isEqualTo(1);
  }

  @Test
  void the_others_do_not_notice() {
    ObservedNode other = sandbox.nodes(SETTLED).getLast();
    sandbox.reboot(node, "key", SETTLED);

    assertThat(IntStream.range(SETTLED, LATER))
        .allSatisfy(s -> assertThat(sandbox.node(other.node(), s)).isEqualTo(other));
  }

  @Test
  void a_node_that_is_absent_or_does_not_run_does_not_boot() {
    assertThat(sandbox.reboot(new NodeId(new UUID(1, 1)), "1", SETTLED)).isZero();
    sandbox.apply(Documents.pool(sandbox.cluster, sandbox.pool, 3, 3), SETTLED);
    NodeId young = sandbox.ids(SETTLED + 6).getLast();
    assertThat(sandbox.reboot(young, "2", SETTLED + 6)).isZero();
    assertThat(sandbox.node(young, SETTLED + 6).bootId()).isEmpty();
    sandbox.apply(
        Documents.rolling(Documents.pool(sandbox.cluster, sandbox.pool, 4, 2), 0, List.of(node)),
        LATER);
    assertThat(sandbox.reboot(node, "3", LATER + 1)).isZero();
    assertThat(sandbox.reboot(node, "4", 2 * SETTLED)).isZero();
    sandbox.removePool(2 * SETTLED);
    assertThat(sandbox.reboot(young, "5", 3 * SETTLED)).isZero();
    sandbox.removeCluster(3 * SETTLED);
    assertThat(sandbox.reboot(young, "6", 4 * SETTLED)).isZero();
  }
}
