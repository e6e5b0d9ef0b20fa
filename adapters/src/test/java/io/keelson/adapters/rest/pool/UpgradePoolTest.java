package io.keelson.adapters.rest.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Rows;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.pool.PoolCommand.UpgradePool;
import io.keelson.projections.status.OperationStatus.State;
import io.keelson.projections.status.PoolStatus;
import io.keelson.projections.status.PoolStatus.Phase;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpgradePoolTest extends EdgeTest {
  private static final KubernetesVersion OLD = KubernetesVersion.of("1.40.3");
  private static final KubernetesVersion NEW = KubernetesVersion.of("1.41.1");
  private static final String BODY = "{\"version\":\"1.41.1\"}";

  private PoolId pool = new PoolId(new UUID(0, 0));
  private String path = "";

  @BeforeEach
  void upgrade_the_cluster_but_not_its_pool() {
    post(K8S + "/clusters", Bodies.cluster());
    world.clusters.replaceAll((_, row) -> Rows.at(NEW, row));
    pool = world.pools.keySet().iterator().next();
    path = K8S + "/pools/" + pool + "/upgrade";
    change(row -> Rows.in(Phase.READY, "", row));
    world.sent.clear();
  }

  private void change(UnaryOperator<PoolStatus> change) {
    world.pools.compute(pool, (_, row) -> change.apply(Objects.requireNonNull(row)));
  }

  private Answer upgrade(String body) {
    return post(path, body);
  }

  @Test
  void shows_the_new_version_from_the_start() {
    Answer answer = upgrade(BODY);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.text("status")).isEqualTo("upgrading");
    assertThat(answer.text("version")).isEqualTo("1.41.1");
    assertThat(get(K8S + "/pools/" + pool).body()).isEqualTo(answer.body());
    assertThat(world.sent(UpgradePool.class))
        .singleElement()
        .matches(c -> c.pool().equals(pool) && c.target().equals(NEW));
  }

  @Test
  void answers_what_it_wrote_even_while_nobody_can_read_it_yet() {
    world.stale = true;

    Answer answer = upgrade(BODY);

    assertThat(answer.text("status")).isEqualTo("upgrading");
    assertThat(answer.text("version")).isEqualTo("1.41.1");
  }

  @Test
  void leaves_a_pool_as_it_is_of_which_every_node_has_that_version() {
    change(row -> row.desired(row.spec().at(NEW), row.phase(), row.updatedAt()));
    change(row -> Rows.mixed(NEW, row));
    String before = get(K8S + "/pools/" + pool).body();

    assertThat(upgrade(BODY).body()).isEqualTo(before);
    assertThat(world.sent).isEmpty();
  }

  @Test
  void answers_a_repeat_the_same_while_the_pool_is_upgraded() {
    String first = upgrade(BODY).body();

    assertThat(upgrade(BODY).body()).isEqualTo(first);
    assertThat(world.sent(UpgradePool.class)).hasSize(1);
  }

  @Test
  void goes_on_with_a_pool_that_was_left_with_nodes_of_two_versions() {
    change(row -> row.desired(row.spec().at(NEW), Phase.WARNING, row.updatedAt()));
    change(row -> Rows.mixed(OLD, row));

    assertThat(upgrade(BODY).text("status")).isEqualTo("upgrading");
    assertThat(world.sent(UpgradePool.class)).hasSize(1);
  }

  @Test
  void has_one_effect_for_one_key_whatever_came_of_it() {
    Map<String, String> key = Map.of("Idempotency-Key", "k");
    Answer first = call("POST", path, Tenants.ADMIN, BODY, key);
    var operation = world.sent(UpgradePool.class).getFirst().operation();
    change(row -> row.desired(row.spec(), Phase.WARNING, row.updatedAt()));
    change(row -> Rows.mixed(OLD, row));
    world.operations.put(
        operation,
        Rows.operation(
            world.clusters.keySet().iterator().next(),
            OperationKind.UPDATE,
            State.FAILED,
            world.pools.values().iterator().next().createdAt()));

    Answer second = call("POST", path, Tenants.ADMIN, BODY, key);

    assertThat(second.body()).isEqualTo(first.body());
    assertThat(world.sent(UpgradePool.class)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '@',
      value = {
        "{} | version | required",
        "{\"version\":null} | version | required",
        "{\"version\":\"\"} | version | required",
        "{\"version\":1.41} | version | format",
        "{\"version\":[]} | version | format",
        "{\"version\":\"1.41\"} | version | format",
        "{\"version\":\"v1.41.1\"} | version | format",
        "{\"version\":\"latest\"} | version | format",
        "{\"version\":\"1.41.1-rc.1\"} | version | constraint",
        "{\"version\":\"1.40.3\"} | version | constraint",
        "{\"version\":\"1.41.2\"} | version | constraint",
        "{\"version\":\"1.42.1\"} | version | constraint",
        "[] | body | format",
        "nothing | body | format"
      })
  void refuses_any_version_but_the_clusters(String body, String argument, String reason) {
    Answer answer = upgrade(body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().get("details")).as(answer.body()).hasSize(1);
    assertThat(answer.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo(argument);
    assertThat(answer.json().get("details").get(0).get("reason").asString()).isEqualTo(reason);
    assertThat(world.sent).isEmpty();
  }

  @Test
  void says_what_the_domain_refuses() {
    world.refusal = new CommandRejected(Reason.INVALID, "must be that of the cluster", "version");
    Answer version = upgrade(BODY);
    world.refusal = new CommandRejected(Reason.BUSY, "is being upgraded", "cluster_id");
    Answer cluster = upgrade(BODY);
    change(row -> Rows.in(Phase.SCALING, "", row));
    world.refusal = new CommandRejected(Reason.BUSY, "is being scaled", "pool_id");
    Answer pool = upgrade(BODY);
    world.refusal = new CommandRejected(Reason.NOT_FOUND, "gone", "pool_id");
    Answer gone = upgrade(BODY);
    world.refusal = new StoreUnavailable("gone", new IllegalStateException());
    Answer nobody = upgrade(BODY);

    assertThat(version.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo("version");
    assertThat(cluster.status()).isEqualTo(409);
    assertThat(cluster.text("type")).isEqualTo("transient_state");
    assertThat(cluster.text("resource")).isEqualTo("cluster");
    assertThat(pool.status()).isEqualTo(409);
    assertThat(pool.text("resource")).isEqualTo("pool");
    assertThat(pool.text("current_state")).isEqualTo("scaling");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(nobody.status()).isEqualTo(503);
  }

  @Test
  void needs_a_pool_and_a_body() {
    assertThat(upgrade("").status()).isEqualTo(400);
    assertThat(post(K8S + "/pools/" + UUID.randomUUID() + "/upgrade", BODY).text("resource"))
        .isEqualTo("pool");
    assertThat(world.sent(ClusterCommand.class)).isEmpty();
  }
}
