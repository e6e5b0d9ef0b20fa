package io.keelson.adapters.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.provisioning.Documents;
import io.keelson.adapters.simulator.WorldWrites.Change;
import io.keelson.commands.ClusterAction;
import io.keelson.commands.ClusterId;
import io.keelson.commands.provisioning.Result;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorldActionsTest {
  private static final ClusterId CLUSTER = new ClusterId(new UUID(0, 7));
  private static final Laws LAWS = new Laws(new Pace(Pace.DEFAULT_SPEED, 1), Faults.NONE);

  private static World world() {
    return WorldWrites.apply(
            World.EMPTY, Documents.controlPlane(CLUSTER, 1, 3), Instant.EPOCH, LAWS)
        .world();
  }

  @ParameterizedTest
  @EnumSource
  void an_action_is_done_once_for_each_key(ClusterAction action) {
    Change first = WorldWrites.act(world(), new CompletedAction(action, "a"));
    Change repeated = WorldWrites.act(first.world(), new CompletedAction(action, "a"));
    Change second = WorldWrites.act(repeated.world(), new CompletedAction(action, "b"));

    assertThat(first.effects()).isEqualTo(1);
    assertThat(repeated.effects()).isZero();
    assertThat(second.effects()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void an_action_on_a_removed_cluster_is_refused(ClusterAction action) {
    World removed = WorldWrites.removeCluster(world(), Instant.EPOCH, LAWS).world();

    Change change = WorldWrites.act(removed, new CompletedAction(action, "a"));

    assertThat(Objects.requireNonNull(change.refused()).code()).isEqualTo(Result.Code.REMOVED);
  }
}
