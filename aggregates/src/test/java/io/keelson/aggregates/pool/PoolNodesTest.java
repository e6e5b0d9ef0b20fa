package io.keelson.aggregates.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolNodesTest {

  private static final KubernetesVersion VERSION = KubernetesVersion.of("1.35.3");

  private static NodeId node(int number) {
    return new NodeId(Id.derived("test", "node", String.valueOf(number)));
  }

  @Test
  void a_limited_number_of_removed_nodes_is_remembered() {
    PoolNodes nodes = PoolNodes.of(VERSION);
    for (int i = 0; i <= PoolNodes.MAX_REMOVED; i++) {
      nodes = nodes.removing(List.of(node(i)));
    }
    assertThat(nodes.removed())
        .hasSize(PoolNodes.MAX_REMOVED)
        .startsWith(node(1))
        .endsWith(node(PoolNodes.MAX_REMOVED));
  }

  @Test
  void each_removed_node_is_remembered_once() {
    PoolNodes nodes =
        PoolNodes.of(VERSION)
            .removing(List.of(node(1), node(1)))
            .replaced(node(2))
            .replaced(node(1));
    assertThat(nodes)
        .isEqualTo(new PoolNodes(VERSION, List.of(node(1), node(1)), List.of(node(1), node(2))));
    assertThat(nodes.settled()).isEqualTo(new PoolNodes(VERSION, List.of(), nodes.removed()));
  }
}
