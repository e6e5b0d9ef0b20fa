package io.keelson.adapters.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.adapters.provisioning.Documents;
import io.keelson.adapters.provisioning.PooledDatabase;
import io.keelson.adapters.provisioning.SettableClock;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import io.keelson.commands.provisioning.Observation;
import io.keelson.commands.provisioning.ObservedCluster;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.PoolDocument;
import io.keelson.commands.provisioning.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The stock of machines of a type, which all clusters share. */
class MachineStockTest {

  private static final String ZONE = "fr-par-1";
  private static final String TYPE = "dev1_m";

  private final DataSource database = PooledDatabase.of("simulator");
  private final SettableClock clock = new SettableClock();
  private final Simulator simulator = with(Map.of(ZONE + "/" + TYPE, 5));
  private final ClusterId cluster = Documents.newCluster();
  private final PoolId pool = Documents.newPool();
  private final ClusterId neighbour = Documents.newCluster();
  private final PoolId neighbours = Documents.newPool();

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void a_type_without_a_configured_stock_has_no_limit() {
    try (Simulator unlimited = with(Map.of())) {
      unlimited.applyCluster(Documents.controlPlane(cluster, 1, 1), "cluster");
      assertThat(unlimited.applyPool(Documents.pool(cluster, pool, 2, 500), "pool"))
          .isInstanceOf(Result.Accepted.class);
      assertThat(unlimited.inStock(ZONE, TYPE)).isTrue();
      assertThat(unlimited.inStock("fr-par-2", "another")).isTrue();
    }
    assertThat(simulator.inStock("fr-par-2", TYPE)).isTrue();
    assertThat(simulator.inStock(ZONE, "another")).isTrue();
  }

  @Test
  void all_clusters_together_get_no_more_machines_than_the_stock_has() {
    present(3, 1);
    assertThat(simulator.inStock(ZONE, TYPE)).isTrue();

    assertRefused(grown(cluster, pool, 3, 5));
    assertThat(grown(cluster, pool, 4, 4)).isInstanceOf(Result.Accepted.class);
    assertThat(simulator.inStock(ZONE, TYPE)).isFalse();
    assertRefused(grown(neighbour, neighbours, 3, 2));
  }

  @Test
  void a_refused_pool_is_unchanged_and_may_request_fewer_machines() {
    present(3, 1);
    ObservedCluster before = see();

    assertRefused(
        simulator.applyPool(
            rolled(3, 3, 0, before.nodes().stream().map(ObservedNode::node).toList()), "surge"));
    clock.advance(Duration.ofSeconds(30));

    assertThat(see()).isEqualTo(before);
    assertThat(
            simulator.applyPool(
                rolled(4, 3, 3, List.of(before.nodes().getFirst().node())), "no surge"))
        .isInstanceOf(Result.Accepted.class);
    clock.advance(Duration.ofSeconds(30));
    assertThat(see().nodes()).hasSize(3).isNotEqualTo(before.nodes());
  }

  @Test
  void a_machine_is_back_in_stock_once_it_is_deleted_and_not_before() {
    present(4, 1);
    assertThat(grown(cluster, pool, 3, 1)).isInstanceOf(Result.Accepted.class);
    assertRefused(grown(neighbour, neighbours, 3, 3));

    clock.advance(Duration.ofSeconds(30));

    assertThat(simulator.inStock(ZONE, TYPE)).isTrue();
    assertThat(grown(neighbour, neighbours, 4, 4)).isInstanceOf(Result.Accepted.class);
  }

  @Test
  void a_removed_cluster_returns_all_its_machines_to_the_stock() {
    present(4, 1);
    simulator.removeCluster(cluster, "remove");
    clock.advance(Duration.ofSeconds(30));

    assertThat(grown(neighbour, neighbours, 3, 5)).isInstanceOf(Result.Accepted.class);
  }

  @Test
  void a_change_without_new_machines_needs_no_stock() {
    present(4, 1);
    try (Simulator smaller = with(Map.of(TYPE, 2))) {
      assertThat(smaller.inStock(ZONE, TYPE)).isFalse();
      assertThat(
              smaller.applyPool(
                  Documents.pool(cluster, pool, 3, 4, Documents.OLD, Map.of("tier", "front")),
                  "labels"))
          .isInstanceOf(Result.Accepted.class);
      assertThat(smaller.applyPool(Documents.pool(cluster, pool, 4, 3), "smaller"))
          .isInstanceOf(Result.Accepted.class);
    }
  }

  @Test
  void concurrent_requests_get_no_more_machines_than_the_stock_has() throws Exception {
    try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
      List<Future<Result>> results =
          IntStream.range(0, 16)
              .mapToObj(_ -> callers.submit(() -> one(Documents.newCluster())))
              .toList();
      int accepted = 0;
      for (Future<Result> result : results) {
        accepted += result.get() instanceof Result.Accepted ? 1 : 0;
      }
      assertThat(accepted).isEqualTo(5);
    }
  }

  @Test
  void machines_of_an_earlier_release_count() throws IOException {
    present(4, 1);
    assertThat(grown(cluster, pool, 3, 3)).isInstanceOf(Result.Accepted.class);
    clock.advance(Duration.ofSeconds(30));
    JdbcTemplate jdbc = new JdbcTemplate(database);
    List<Map<String, @Nullable Object>> counted = machines(jdbc);
    jdbc.update("delete from simulator.machine");

    jdbc.execute(migration().substring(migration().indexOf("insert into")));

    assertThat(machines(jdbc)).hasSize(4).isSubsetOf(counted);
  }

  private static List<Map<String, @Nullable Object>> machines(JdbcTemplate jdbc) {
    return jdbc.queryForList(
        "select node_id, cluster_id, pool_id, zone, node_type, from_at from simulator.machine"
            + " order by node_id");
  }

  private static String migration() throws IOException {
    return new ClassPathResource("db/simulator/V2__machines.sql")
        .getContentAsString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fr-par-1/dev1_m", "dev1_m", "DEV1_M", "fr-par-1.dev1-m", "dev1m"})
  void a_type_may_be_spelt_as_property_names_allow(String name) {
    try (Simulator none = with(Map.of(name, 0))) {
      assertThat(none.inStock(ZONE, TYPE)).isFalse();
      assertRefused(none.applyPool(Documents.pool(cluster, pool, 2, 1), "pool"));
      assertThat(none.inStock(ZONE, "dev1_l")).isTrue();
    }
  }

  @Test
  void a_stock_is_not_negative() {
    assertThatThrownBy(() -> with(Map.of(TYPE, -1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(TYPE);
  }

  @Test
  void a_type_may_be_out_of_stock_for_a_while() {
    Faults faults = new Faults(3, Map.of(Fault.CAPACITY, 0.3));
    try (Simulator spells = new Simulator(database, clock, Pace.DEFAULT_SPEED, faults)) {
      spells.applyCluster(Documents.controlPlane(cluster, 1, 1), "cluster");
      boolean was = spells.inStock(ZONE, TYPE);
      int changes = 0;
      for (int i = 0; i < 400; i++) {
        boolean is = spells.inStock(ZONE, TYPE);
        changes += is == was ? 0 : 1;
        was = is;
        assertThat(
                spells.applyPool(
                    Documents.pool(cluster, Documents.newPool(), 1, 1), Integer.toString(i)))
            .isInstanceOf(is ? Result.Accepted.class : Result.Refused.class);
        clock.advance(Duration.ofMillis(100));
      }
      assertThat(changes).isBetween(2, 20);
    }
  }

  private Simulator with(Map<String, Integer> capacity) {
    return new Simulator(database, clock, Pace.DEFAULT_SPEED, Faults.NONE, capacity);
  }

  /** Two clusters whose nodes are there. */
  private void present(int mine, int others) {
    simulator.applyCluster(Documents.controlPlane(cluster, 1, 1), "1");
    simulator.applyCluster(Documents.controlPlane(neighbour, 1, 1), "2");
    assertThat(grown(cluster, pool, 2, mine)).isInstanceOf(Result.Accepted.class);
    assertThat(grown(neighbour, neighbours, 2, others)).isInstanceOf(Result.Accepted.class);
    clock.advance(Duration.ofMinutes(1));
  }

  private Result one(ClusterId id) {
    simulator.applyCluster(Documents.controlPlane(id, 1, 1), "cluster " + id);
    return simulator.applyPool(Documents.pool(id, Documents.newPool(), 2, 1), "pool " + id);
  }

  private Result grown(ClusterId id, PoolId to, int generation, int size) {
    return simulator.applyPool(Documents.pool(id, to, generation, size), to + "/" + generation);
  }

  private PoolDocument rolled(int generation, int size, int maxSize, List<NodeId> nodesToRemove) {
    return Documents.rolling(
        Documents.pool(cluster, pool, generation, size), maxSize, nodesToRemove);
  }

  private ObservedCluster see() {
    return ((Observation.Present) simulator.observe(cluster)).cluster();
  }

  private static void assertRefused(Result result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Result.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(Result.Code.CAPACITY);
              assertThat(refused.field()).isEqualTo("node_type");
            });
  }
}
