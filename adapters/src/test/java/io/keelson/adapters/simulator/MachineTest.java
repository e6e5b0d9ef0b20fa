package io.keelson.adapters.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.provisioning.Documents;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.provisioning.PoolDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MachineTest {
  private static final Machine MACHINE =
      new Machine(
          new NodeId(UUID.fromString("7b41a9e1-3753-4ff2-b7ce-e4703e3a39ef")),
          new KubernetesVersion(1, 40, 3),
          Instant.EPOCH,
          null);

  @Test
  void is_named_after_its_cluster_and_its_pool() {
    assertThat(MACHINE.nameIn(pool("workers"))).isEqualTo("scw-a-cluster-with-a-workers-7b41a9");
  }

  @Test
  void has_no_half_characters_in_its_name() {
    String ship = "\ud83d\udea2";

    assertThat(MACHINE.nameIn(pool("x" + ship.repeat(20))))
        .isEqualTo("scw-a-cluster-with-a-x" + ship.repeat(15) + "-7b41a9");
  }

  private static PoolDocument pool(String name) {
    return new PoolDocument(
        Documents.newCluster(),
        Documents.newPool(),
        1,
        "a-cluster-with-a-long-name",
        name,
        new KubernetesVersion(1, 40, 3),
        "dev1_m",
        "fr-par-1",
        1,
        "containerd",
        "l_ssd",
        40_000_000_000L,
        false,
        new UUID(1, 1),
        null,
        null,
        Map.of(),
        Map.of(),
        List.of(),
        List.of());
  }
}
