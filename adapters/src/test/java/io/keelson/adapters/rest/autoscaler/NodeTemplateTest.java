package io.keelson.adapters.rest.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.commands.PoolId;
import io.keelson.projections.status.PoolStatus;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeTemplateTest extends EdgeTest {
  private String pools = "";

  @BeforeEach
  void create() {
    pools = K8S + "/clusters/" + post(K8S + "/clusters", Bodies.cluster()).text("id") + "/pools";
  }

  private NodeTemplate of(String arguments) {
    Answer answer = post(pools, "{\"name\":\"mole\",\"size\":1," + arguments + "}");
    PoolStatus pool = world.pools.get(PoolId.of(answer.text("id")));
    world.pools.remove(PoolId.of(answer.text("id")));
    return NodeTemplate.of(Objects.requireNonNull(pool, answer.body()));
  }

  @ParameterizedTest
  @CsvSource({
    "PLAY2-PICO, 1, 0, 2000000000, 20000000000, 0.014, amd64",
    "COPARM1-4C-16G, 4, 0, 16000000000, 20000000000, 0.0857, arm64",
    "L4-2-24G, 16, 2, 96000000000, 20000000000, 1.5, amd64",
    "GP1-XS, 4, 0, 16000000000, 150000000000, 0.091, amd64"
  })
  void has_the_figures_of_its_type(
      String type, int cpus, int gpus, long memory, long storage, double price, String arch) {
    NodeTemplate node = of("\"node_type\":\"" + type + "\"");

    assertThat(node.cpus()).isEqualTo(cpus);
    assertThat(node.gpus()).isEqualTo(gpus);
    assertThat(node.memory()).isEqualTo(memory);
    assertThat(node.storage()).isEqualTo(storage);
    assertThat(node.eurosPerHour()).isEqualTo(price);
    assertThat(node.labels())
        .containsEntry("kubernetes.io/arch", arch)
        .containsEntry("node.kubernetes.io/instance-type", type);
    assertThat(node.allocatableMemory()).isPositive().isLessThan(memory);
    assertThat(node.allocatableStorage()).isPositive().isLessThan(storage);
  }

  @Test
  void keeps_an_ever_smaller_part_of_a_larger_node_for_itself() {
    NodeTemplate small = of("\"node_type\":\"DEV1-S\"");
    NodeTemplate large = of("\"node_type\":\"POP2-HM-64C-512G\"");

    assertThat(small.memory() - small.allocatableMemory()).isEqualTo(500_000_000 + (100L << 20));
    assertThat((double) large.allocatableMemory() / large.memory()).isGreaterThan(0.95);
  }

  @Test
  void has_the_labels_and_taints_of_its_pool_but_none_that_goes_with_the_start() {
    NodeTemplate node =
        of(
            """
            "node_type": "DEV1-M",
            "labels": {"tier": "web", "kubernetes.io/os": "plan9"},
            "taints": [{"key": "a", "value": "1"}, {"key": "a", "effect": "NoExecute"},
              {"key": "a", "effect": "PreferNoSchedule"}, {"key": "b"}],
            "startup_taints": [{"key": "s"}]
            """);

    assertThat(node.labels())
        .containsEntry("tier", "web")
        .containsEntry("kubernetes.io/os", "linux")
        .containsEntry("k8s.scaleway.com/pool-name", "mole")
        .containsEntry("topology.kubernetes.io/zone", "fr-par-1");
    assertThat(node.taints()).isEqualTo(Map.of("a", ":NoExecute", "b", ":NoSchedule"));
  }

  @Test
  void has_no_label_that_kubernetes_would_not_take() {
    Answer answer = post(pools, "{\"name\":\"the ⚓\",\"size\":1,\"node_type\":\"DEV1-M\"}");
    PoolStatus pool = Objects.requireNonNull(world.pools.get(PoolId.of(answer.text("id"))));

    assertThat(NodeTemplate.of(pool).labels()).doesNotContainKey("k8s.scaleway.com/pool-name");
  }

  @ParameterizedTest
  @CsvSource({"'{}', 110", "'{\"maxPods\":\"30\"}', 30", "'{\"maxPods\":\"0\"}', 0"})
  void has_as_many_pods_as_its_kubelet_takes(String arguments, int pods) {
    assertThat(of("\"node_type\":\"DEV1-M\",\"kubelet_args\":" + arguments).pods()).isEqualTo(pods);
  }
}
