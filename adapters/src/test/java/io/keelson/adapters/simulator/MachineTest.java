package io.keelson.adapters.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.provisioning.Documents;
import io.keelson.commands.NodeId;
import io.keelson.commands.provisioning.PoolDocument;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MachineTest {
  private static final NodeId NODE =
      new NodeId(UUID.fromString("7b41a9e1-3753-4ff2-b7ce-e4703e3a39ef"));

  @Test
  void is_named_after_its_cluster_and_its_pool() {
    assertThat(name(pool("workers"))).isEqualTo("scw-a-cluster-with-a-workers-7b41a9");
  }

  @Test
  void has_no_half_characters_in_its_name() {
    String ship = "\ud83d\udea2";

    assertThat(name(pool("x" + ship.repeat(20))))
        .isEqualTo("scw-a-cluster-with-a-x" + ship.repeat(15) + "-7b41a9");
  }

  @Test
  void keeps_the_name_that_it_was_made_with() {
    Machine machine = Machine.requested(NODE, pool("workers"), Instant.EPOCH);

    assertThat(
            machine
                .at(Instant.EPOCH, null, pool("renamed"), new Laws(new Pace(1, 1), Faults.NONE))
                .name())
        .isEqualTo("scw-a-cluster-with-a-workers-7b41a9");
  }

  private static @Nullable String name(PoolDocument pool) {
    return Machine.requested(NODE, pool, Instant.EPOCH).name();
  }

  private static PoolDocument pool(String name) {
    return Documents.named(Documents.pool(Documents.newCluster(), Documents.newPool(), 1, 1), name);
  }
}
