package io.keelson.adapters.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.keelson.adapters.provisioning.Documents;
import io.keelson.adapters.provisioning.PooledDatabase;
import io.keelson.adapters.provisioning.SettableClock;
import io.keelson.adapters.simulator.SimulatorCall.Outcome;
import io.keelson.commands.ClusterAction;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.Convergence;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.ComponentsDocument;
import io.keelson.commands.provisioning.Observation;
import io.keelson.commands.provisioning.ObservedCluster;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.PoolDocument;
import io.keelson.commands.provisioning.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class SimulatorTest {

  private static final DataSource DATABASE = PooledDatabase.of("simulator");

  private final SettableClock clock = new SettableClock();
  private final ClusterId cluster = Documents.newCluster();
  private final PoolId pool = Documents.newPool();
  private final ClusterDocument controlPlane = Documents.controlPlane(cluster, 1, 1);
  private final PoolDocument workers = Documents.pool(cluster, pool, 2, 2);

  // --- Faults of calls.

  @Test
  void a_response_is_lost_after_the_effect() {
    try (Simulator simulator = with(Fault.LOST_RESPONSE, 1.0)) {
      assertThat(simulator.applyCluster(controlPlane, "key"))
          .isInstanceOf(Result.Unavailable.class);
      assertThat(simulator.observe(cluster)).isInstanceOf(Observation.Present.class);
    }
    assertThat(calls()).extracting(SimulatorCall::outcome).containsExactly(Outcome.RESPONSE_LOST);
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void a_lost_call_has_no_effect() {
    try (Simulator simulator = with(Fault.LOST_CALL, 1.0)) {
      assertThat(simulator.applyCluster(controlPlane, "key"))
          .isInstanceOf(Result.Unavailable.class);
      assertThat(simulator.observe(cluster)).isInstanceOf(Observation.Absent.class);
    }
    assertThat(calls()).extracting(SimulatorCall::outcome).containsExactly(Outcome.UNAVAILABLE);
    assertThat(effects()).isZero();
  }

  @Test
  void each_attempt_is_drawn_for_anew_and_the_same_again_with_the_same_seed() {
    List<String> first = resultsOfTenAttempts("seeded/" + cluster);
    new JdbcTemplate(DATABASE).update("delete from simulator.call");
    assertThat(first).contains("Accepted", "Unavailable");
    assertThat(resultsOfTenAttempts("seeded/" + cluster)).isEqualTo(first);
  }

  @Test
  void a_write_that_is_delivered_twice_has_one_effect() {
    try (Simulator simulator = with(Fault.DOUBLE_DELIVERY, 1.0)) {
      simulator.applyCluster(controlPlane, "1");
      simulator.applyPool(workers, "2");
      clock.advance(Duration.ofSeconds(20));
      simulator.rebootNode(cluster, pool, see(simulator).nodes().getFirst().node(), "5");
      simulator.applyAcl(Documents.acl(cluster, 3, "10.0.0.0/8"), "6");
      simulator.act(cluster, ClusterAction.RESET_ADMIN_TOKEN, "7");
      simulator.removePool(cluster, pool, "3");
      simulator.removeCluster(cluster, "4");
    }
    assertThat(calls())
        .extracting(SimulatorCall::effects)
        .containsExactly(1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0);
  }

  @Test
  void a_slow_response_delays_no_other_caller() throws Exception {
    Faults faults = new Faults(0, Map.of(Fault.SLOW_RESPONSE, 1.0));
    try (Simulator slow = new Simulator(DATABASE, clock, 100, faults);
        Simulator neighbour = new Simulator(DATABASE, clock);
        ExecutorService caller = Executors.newSingleThreadExecutor()) {
      long begin = System.nanoTime();
      Future<Long> took =
          caller.submit(
              () -> {
                long start = System.nanoTime();
                slow.applyCluster(controlPlane, "key");
                return System.nanoTime() - start;
              });
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> neighbour.observe(cluster) instanceof Observation.Present);
      assertThat(neighbour.applyPool(workers, "meanwhile")).isInstanceOf(Result.Accepted.class);
      Duration meanwhile = Duration.ofNanos(System.nanoTime() - begin);
      assertThat(meanwhile.toMillis() > 550 || !took.isDone())
          .as("the neighbour got its results before, unless the machine stalled")
          .isTrue();
      assertThat(Duration.ofNanos(took.get())).isGreaterThan(Duration.ofMillis(550));
    }
  }

  @Test
  void quota_and_capacity_are_refused_for_good() {
    for (Map.Entry<Fault, Result.Code> fault :
        Map.of(Fault.QUOTA, Result.Code.QUOTA, Fault.CAPACITY, Result.Code.CAPACITY).entrySet()) {
      try (Simulator simulator = with(fault.getKey(), 1.0)) {
        simulator.applyCluster(controlPlane, "cp");
        for (int attempt = 0; attempt < 3; attempt++) {
          assertThat(simulator.applyPool(workers, "pool"))
              .isInstanceOfSatisfying(
                  Result.Refused.class,
                  refused -> {
                    assertThat(refused.code()).isEqualTo(fault.getValue());
                    assertThat(refused.field()).isNotEmpty();
                    assertThat(refused.message()).isNotEmpty();
                  });
        }
        assertThat(see(simulator).pools()).isEmpty();
      }
    }
    assertThat(effects()).as("of the cluster alone").isEqualTo(1);
  }

  @Test
  void a_cluster_that_is_unreachable_is_neither_present_nor_absent() {
    try (Simulator simulator = with(Fault.UNREACHABLE, 1.0)) {
      simulator.applyCluster(controlPlane, "key");
      assertThat(simulator.observe(cluster)).isInstanceOf(Observation.Unreachable.class);
    }
  }

  // --- Crashes.

  @Test
  void another_instance_continues_where_one_was_killed() {
    try (Simulator killed = with(Fault.LOST_RESPONSE, 1.0)) {
      killed.applyCluster(controlPlane, "cp");
      clock.advance(Duration.ofMillis(300));
      killed.applyPool(workers, "pool");
    }
    try (Simulator next = new Simulator(DATABASE, clock)) {
      assertThat(next.applyCluster(controlPlane, "cp")).isInstanceOf(Result.Accepted.class);
      assertThat(next.applyPool(workers, "pool")).isInstanceOf(Result.Accepted.class);
      clock.advance(Duration.ofSeconds(10));
      assertThat(see(next).nodes()).hasSize(2);
    }
    assertThat(calls()).extracting(SimulatorCall::effects).containsExactly(1, 1, 0, 0);
  }

  @Test
  void the_next_instance_does_not_replace_a_credential_again_whose_response_was_lost() {
    String lost;
    try (Simulator killed = with(Fault.LOST_RESPONSE, 1.0)) {
      killed.applyCluster(controlPlane, "cp");
      clock.advance(Duration.ofSeconds(10));
      String first = killed.kubeAccess(cluster).orElseThrow().token();
      assertThat(killed.act(cluster, ClusterAction.RESET_ADMIN_TOKEN, "reset"))
          .isInstanceOf(Result.Unavailable.class);
      lost = killed.kubeAccess(cluster).orElseThrow().token();
      assertThat(lost).isNotEqualTo(first);
    }
    try (Simulator next = new Simulator(DATABASE, clock)) {
      assertThat(next.act(cluster, ClusterAction.RESET_ADMIN_TOKEN, "reset"))
          .isInstanceOf(Result.Accepted.class);
      assertThat(next.kubeAccess(cluster).orElseThrow().token()).isEqualTo(lost);
    }
  }

  @Test
  void another_instance_continues_a_roll() {
    PoolDocument rolled;
    List<NodeId> after;
    try (Simulator killed = with(Fault.LOST_RESPONSE, 1.0)) {
      killed.applyCluster(controlPlane, "cp");
      killed.applyPool(workers, "pool");
      clock.advance(Duration.ofSeconds(10));
      NodeId toRemove = see(killed).nodes().getFirst().node();
      rolled = Documents.rolling(Documents.pool(cluster, pool, 3, 2), 2, List.of(toRemove));
      killed.applyPool(rolled, "rolled");
    }
    try (Simulator next = new Simulator(DATABASE, clock)) {
      assertThat(next.applyPool(rolled, "rolled")).isInstanceOf(Result.Accepted.class);
      clock.advance(Duration.ofSeconds(10));
      assertThat(Convergence.converged(Documents.target(rolled), see(next).pools().getFirst()))
          .isTrue();
      after = see(next).nodes().stream().map(ObservedNode::node).toList();
      assertThat(next.applyPool(rolled, "rolled")).isInstanceOf(Result.Accepted.class);
      clock.advance(Duration.ofSeconds(10));
      assertThat(see(next).nodes()).extracting(ObservedNode::node).isEqualTo(after);
    }
    assertThat(calls()).extracting(SimulatorCall::effects).containsExactly(1, 1, 1, 0, 0);
  }

  @Test
  void an_observation_does_not_depend_on_earlier_observations() {
    try (Simulator one = new Simulator(DATABASE, clock)) {
      one.applyCluster(controlPlane, "cp");
      one.applyPool(workers, "pool");
      for (int i = 0; i < 60; i++) {
        clock.advance(Duration.ofMillis(60));
        try (Simulator fresh = new Simulator(DATABASE, clock)) {
          assertThat(fresh.observe(cluster)).isEqualTo(one.observe(cluster));
        }
      }
    }
  }

  @Test
  void a_rollback_of_the_caller_does_not_undo_a_write() {
    TransactionTemplate callers = new TransactionTemplate(new JdbcTransactionManager(DATABASE));
    try (Simulator simulator = new Simulator(DATABASE, clock)) {
      assertThatThrownBy(
              () ->
                  callers.executeWithoutResult(
                      _ -> {
                        simulator.applyCluster(controlPlane, "cp");
                        throw new IllegalStateException("the caller dies");
                      }))
          .hasMessage("the caller dies");
      assertThat(simulator.observe(cluster)).isInstanceOf(Observation.Present.class);
    }
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void repeats_from_many_threads_have_one_effect() throws Exception {
    try (Simulator simulator = with(Fault.DOUBLE_DELIVERY, 0.5);
        ExecutorService callers = Executors.newFixedThreadPool(8)) {
      List<Future<Result>> results =
          IntStream.range(0, 16)
              .mapToObj(_ -> callers.submit(() -> simulator.applyCluster(controlPlane, "key")))
              .toList();
      for (Future<Result> result : results) {
        assertThat(result.get()).isInstanceOf(Result.Accepted.class);
      }
    }
    assertThat(calls()).hasSizeGreaterThanOrEqualTo(16);
    assertThat(effects()).isEqualTo(1);
  }

  // --- The log.

  @Test
  void writes_are_logged_and_observations_are_not() {
    String nodeTarget;
    try (Simulator simulator = new Simulator(DATABASE, clock)) {
      simulator.applyCluster(controlPlane, "1");
      simulator.applyComponents(Documents.components(cluster, 2), "2");
      simulator.applyPool(workers, "3");
      simulator.observe(cluster);
      clock.advance(Duration.ofSeconds(20));
      NodeId node = see(simulator).nodes().getFirst().node();
      simulator.applyAcl(Documents.acl(cluster, 3, "10.0.0.0/8"), "8");
      simulator.rebootNode(cluster, pool, node, "9");
      simulator.rebootNode(cluster, pool, node, "9");
      simulator.act(cluster, ClusterAction.RESET_ADMIN_TOKEN, "10");
      simulator.act(cluster, ClusterAction.RESET_ADMIN_TOKEN, "10");
      nodeTarget = "node/" + node;
      simulator.removePool(cluster, pool, "4");
      simulator.removeAdditionalResources(cluster, "5");
      simulator.removeAdditionalResources(cluster, "5");
      simulator.removeCluster(cluster, "6");
      simulator.applyPool(workers, "7");
    }
    assertThat(calls())
        .extracting(
            SimulatorCall::verb,
            SimulatorCall::target,
            SimulatorCall::generation,
            SimulatorCall::idempotencyKey,
            SimulatorCall::outcome,
            SimulatorCall::effects)
        .containsExactly(
            row("applyCluster", "control-plane", 1L, "1", Outcome.ACCEPTED, 1),
            row("applyComponents", "system-components", 2L, "2", Outcome.ACCEPTED, 1),
            row("applyPool", "pool/" + pool, 2L, "3", Outcome.ACCEPTED, 1),
            row("applyAcl", "acl", 3L, "8", Outcome.ACCEPTED, 1),
            row("rebootNode", nodeTarget, null, "9", Outcome.ACCEPTED, 1),
            row("rebootNode", nodeTarget, null, "9", Outcome.ACCEPTED, 0),
            row("act", "action/reset-admin-token", null, "10", Outcome.ACCEPTED, 1),
            row("act", "action/reset-admin-token", null, "10", Outcome.ACCEPTED, 0),
            row("removePool", "pool/" + pool, null, "4", Outcome.ACCEPTED, 1),
            row(
                "removeAdditionalResources",
                "additional-resources",
                null,
                "5",
                Outcome.ACCEPTED,
                1),
            row(
                "removeAdditionalResources",
                "additional-resources",
                null,
                "5",
                Outcome.ACCEPTED,
                0),
            row("removeCluster", "cluster", null, "6", Outcome.ACCEPTED, 1),
            row("applyPool", "pool/" + pool, 2L, "7", Outcome.REFUSED, 0));
    assertThat(calls().getLast().at()).isEqualTo(clock.instant());
  }

  @Test
  void the_removal_of_something_absent_has_no_effect() {
    try (Simulator simulator = new Simulator(DATABASE, clock)) {
      simulator.removePool(cluster, pool, "1");
      simulator.removeAdditionalResources(cluster, "2");
      simulator.removeCluster(cluster, "3");
    }
    assertThat(effects()).isZero();
  }

  // --- Speed.

  @Test
  void at_the_default_speed_a_small_cluster_takes_seconds() {
    ComponentsDocument components =
        new ComponentsDocument(
            cluster,
            2,
            Documents.OLD,
            List.of("cni-cilium", "coredns", "csi", "konnectivity-agent", "kube-proxy"));
    PoolDocument one = Documents.pool(cluster, pool, 3, 1);
    try (Simulator simulator = new Simulator(DATABASE, clock)) {
      simulator.applyCluster(controlPlane, "cp");
      Duration first =
          takes(
              simulator,
              c -> Convergence.converged(Documents.target(controlPlane), c.controlPlane()));
      simulator.applyComponents(components, "components");
      Duration second =
          takes(
              simulator, c -> Convergence.converged(Documents.target(components), c.components()));
      simulator.applyPool(one, "pool");
      Duration third =
          takes(simulator, c -> Convergence.converged(Documents.target(one), c.pools().getFirst()));

      assertThat(first.plus(second)).isBetween(Duration.ofMillis(1_500), Duration.ofMillis(2_000));
      assertThat(third).isBetween(Duration.ofMillis(700), Duration.ofMillis(1_100));
    }
  }

  @Test
  void at_another_speed_the_same_takes_longer() {
    try (Simulator simulator = new Simulator(DATABASE, clock, 1, Faults.NONE)) {
      simulator.applyCluster(controlPlane, "cp");
      assertThat(
              takes(
                  simulator,
                  c -> Convergence.converged(Documents.target(controlPlane), c.controlPlane())))
          .isBetween(Duration.ofSeconds(45), Duration.ofSeconds(56));
    }
  }

  // --- Secrets.

  @Test
  void no_secret_is_in_the_world_or_in_any_text() {
    try (Simulator simulator = new Simulator(DATABASE, clock)) {
      simulator.applyCluster(controlPlane, "cp");
      clock.advance(Duration.ofSeconds(10));
      String token = simulator.kubeAccess(cluster).orElseThrow().token();

      String world =
          new JdbcTemplate(DATABASE)
              .queryForObject(
                  "select world::text from simulator.cluster where cluster_id = ?",
                  String.class,
                  cluster.value());
      assertThat(world).doesNotContain(token);
      assertThat(new Credentials("authority", token).toString()).doesNotContain(token);
    }
  }

  @Test
  void user_data_is_not_stored() {
    try (Simulator simulator = new Simulator(DATABASE, clock)) {
      simulator.applyCluster(controlPlane, "cp");
      assertThat(
              simulator.applyPool(
                  Documents.withUserData(workers, "cloud-init", "c2VjcmV0LXBsYW50ZWQ="), "pool"))
          .isInstanceOf(Result.Accepted.class);
    }
    String world =
        new JdbcTemplate(DATABASE)
            .queryForObject(
                "select world::text from simulator.cluster where cluster_id = ?",
                String.class,
                cluster.value());
    assertThat(world)
        .doesNotContain("c2VjcmV0LXBsYW50ZWQ=")
        // printf 'cloud-init\0c2VjcmV0LXBsYW50ZWQ=' | sha256sum
        .doesNotContain("1b66e6c8b2ffa29785e948681c1bb64cf1f242e3064bce7fdc3864f16baa3c58");
  }

  @Test
  void every_cluster_has_credentials_of_its_own() {
    ClusterId other = Documents.newCluster();
    try (Simulator simulator = new Simulator(DATABASE, clock)) {
      simulator.applyCluster(controlPlane, "1");
      simulator.applyCluster(Documents.controlPlane(other, 1, 1), "2");
      clock.advance(Duration.ofSeconds(10));
      assertThat(simulator.kubeAccess(cluster)).isNotEqualTo(simulator.kubeAccess(other));
    }
  }

  private Simulator with(Fault fault, double probability) {
    return new Simulator(
        DATABASE, clock, Pace.DEFAULT_SPEED, new Faults(5, Map.of(fault, probability)));
  }

  private List<String> resultsOfTenAttempts(String key) {
    try (Simulator simulator = with(Fault.LOST_CALL, 0.5)) {
      return IntStream.range(0, 10)
          .mapToObj(_ -> simulator.applyCluster(controlPlane, key).getClass().getSimpleName())
          .toList();
    }
  }

  private Duration takes(Simulator simulator, Predicate<ObservedCluster> until) {
    Instant start = clock.instant();
    while (!until.test(see(simulator))) {
      clock.advance(Duration.ofMillis(10));
    }
    return Duration.between(start, clock.instant());
  }

  private ObservedCluster see(Simulator simulator) {
    return Optional.of(simulator.observe(cluster))
        .map(Observation.Present.class::cast)
        .map(Observation.Present::cluster)
        .orElseThrow();
  }

  private List<SimulatorCall> calls() {
    return new SimulatorCalls(DATABASE).list(cluster, 0, 1_000, _ -> true).calls();
  }

  private int effects() {
    return calls().stream().mapToInt(SimulatorCall::effects).sum();
  }

  private static Tuple row(@Nullable Object... columns) {
    return Tuple.tuple(columns);
  }
}
