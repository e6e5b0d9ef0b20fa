package io.keelson.aggregates.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Id;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.PoolHealth;
import io.keelson.commands.pool.PoolEvent;
import io.keelson.commands.pool.PoolEvent.PoolCreationFinished;
import io.keelson.commands.pool.PoolEvent.PoolDeletionFailed;
import io.keelson.commands.pool.PoolEvent.PoolDeletionFinished;
import io.keelson.commands.pool.PoolEvent.PoolDeletionStarted;
import io.keelson.commands.pool.PoolEvent.PoolObserved;
import io.keelson.commands.pool.PoolEvent.PoolUpdateFailed;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeFinished;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The order of pools, and the events of pools that a cluster does not have. */
class PoolsTest {

  private static final ClusterId CLUSTER = new ClusterId(Id.derived("test", "cluster"));
  private static final OperationId RUN = new OperationId(Id.derived("test", "run"));
  private static final PoolId FIRST = PoolId.of("00000000-0000-3000-8000-000000000001");
  private static final PoolId SECOND = PoolId.of("f0000000-0000-3000-8000-000000000001");
  private static final PoolHealth PRESENT = new PoolHealth(true, List.of());

  @Test
  void pools_are_in_the_order_of_the_text_of_their_ids() {
    Pools pools =
        new Pools(Map.of(), Set.of(SECOND, FIRST), Map.of(SECOND, PRESENT, FIRST, PRESENT));
    assertThat(pools.deleted()).containsExactly(FIRST, SECOND);
    assertThat(pools.health().keySet()).containsExactly(FIRST, SECOND);
  }

  @Test
  void an_event_of_an_unknown_pool_changes_nothing() {
    for (PoolEvent event :
        List.of(
            new PoolCreationFinished(CLUSTER, FIRST, RUN),
            new PoolUpdateFailed(CLUSTER, FIRST, RUN, "no"),
            new PoolUpgradeFinished(CLUSTER, FIRST, RUN, null),
            new PoolDeletionStarted(CLUSTER, FIRST, RUN, false, List.of()),
            new PoolDeletionFailed(CLUSTER, FIRST, RUN, "no"))) {
      assertThat(PoolEvolution.evolve(Pools.NONE, event)).isEqualTo(Pools.NONE);
    }
  }

  @Test
  void a_deleted_pool_leaves_its_id() {
    assertThat(PoolEvolution.evolve(Pools.NONE, new PoolDeletionFinished(CLUSTER, FIRST, RUN)))
        .isEqualTo(new Pools(Map.of(), Set.of(FIRST), Map.of()));
  }

  @Test
  void the_last_recorded_health_is_kept_until_the_pool_is_absent() {
    Pools observed =
        PoolEvolution.evolve(
            Pools.NONE, new PoolObserved(CLUSTER, FIRST, PoolHealth.ABSENT, PRESENT));
    assertThat(observed.health()).isEqualTo(Map.of(FIRST, PRESENT));
    assertThat(
            PoolEvolution.evolve(
                observed, new PoolObserved(CLUSTER, FIRST, PRESENT, PoolHealth.ABSENT)))
        .isEqualTo(Pools.NONE);
  }
}
