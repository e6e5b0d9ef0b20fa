package io.keelson.adapters.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.provisioning.Documents;
import io.keelson.adapters.provisioning.PooledDatabase;
import io.keelson.adapters.provisioning.SettableClock;
import io.keelson.commands.ClusterId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class SimulatorCallsTest {

  private final DataSource database = PooledDatabase.of("simulator");
  private final SimulatorCalls calls = new SimulatorCalls(database);
  private final ClusterId mine = Documents.newCluster();
  private final ClusterId foreign = Documents.newCluster();

  @Test
  void calls_are_listed_in_order_and_in_parts() {
    makeCalls();

    List<String> keys = new ArrayList<>();
    Long cursor = 0L;
    while (cursor != null) {
      SimulatorCalls.Slice slice = calls.list(mine, cursor, 3, _ -> true);
      assertThat(slice.calls()).hasSizeBetween(1, 3);
      slice.calls().forEach(call -> keys.add(call.idempotencyKey()));
      cursor = slice.next();
    }

    assertThat(keys).isEqualTo(IntStream.range(0, 9).mapToObj(i -> "mine " + i).toList());
  }

  @Test
  void a_full_last_part_has_no_cursor() {
    makeCalls();
    assertThat(calls.list(mine, 0, 9, _ -> true).next()).isNull();
    assertThat(calls.list(mine, 0, 8, _ -> true).next()).isNotNull();
  }

  @Test
  void what_is_not_visible_leaves_no_holes() {
    makeCalls();

    SimulatorCalls.Slice slice = calls.list(null, 0, 5, mine::equals);

    assertThat(slice.calls()).hasSize(5).extracting(SimulatorCall::clusterId).containsOnly(mine);
    assertThat(calls.list(foreign, 0, 5, mine::equals).calls()).isEmpty();
  }

  private void makeCalls() {
    try (Simulator simulator = new Simulator(database, new SettableClock())) {
      for (int i = 0; i < 9; i++) {
        simulator.applyCluster(Documents.controlPlane(foreign, 1, 1), "foreign " + i);
        simulator.applyCluster(Documents.controlPlane(foreign, 1, 1), "foreign, again " + i);
        simulator.applyCluster(Documents.controlPlane(mine, 1, 1), "mine " + i);
      }
    }
  }
}
