package io.keelson.adapters.rest.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.Chronicle.Written;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Rows;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.pool.PoolCommand.CreatePool;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A repeat of a call that created a pool, after its cluster has moved on. */
class PoolCreationHistoryTest extends EdgeTest {
  private static final String BODY = "{\"name\":\"mole\",\"node_type\":\"DEV1-M\",\"size\":1}";

  private final Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
  private ClusterId cluster = new ClusterId(new UUID(0, 0));
  private String path = "";

  @BeforeEach
  void create() {
    cluster = ClusterId.of(post(K8S + "/clusters", Bodies.cluster()).text("id"));
    path = K8S + "/clusters/" + cluster + "/pools";
    chronicle.write(
        Written.of(
            "cluster.creation-started",
            cluster,
            "{\"cluster_id\":\"%s\",\"organization\":\"%s\",\"project\":\"%s\",\"region\":\"fr-par\"}"
                .formatted(cluster, Tenants.ORGANIZATION, Tenants.PROJECT)));
  }

  private Answer call() {
    return call("POST", path, Tenants.ADMIN, BODY, key);
  }

  private void record(CreatePool c) {
    chronicle.write(
        Written.of(
                "pool.creation-started",
                cluster,
                """
                {"cluster_id":"%s","pool":"%s","operation":"%s","spec":{"version":"%s"}}
                """
                    .formatted(cluster, c.pool(), c.operation(), c.spec().version()))
            .in(cluster.value(), 1));
  }

  @Test
  void is_the_same_command_and_has_the_same_answer() {
    Answer first = call();
    record(world.sent(CreatePool.class).getFirst());
    world.clusters.computeIfPresent(
        cluster, (_, row) -> Rows.at(KubernetesVersion.of("1.41.1"), row));

    Answer second = call();

    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.text("version")).isEqualTo("1.40.3");
    assertThat(Set.copyOf(world.sent(CreatePool.class))).hasSize(1);
  }

  @Test
  void is_not_held_against_the_stock_even_when_the_pool_is_gone() {
    call();
    record(world.sent(CreatePool.class).getFirst());
    world.pools.clear();
    backend.soldOut.add("fr-par-1 dev1_m");

    assertThat(call().status()).isEqualTo(200);
  }

  @Test
  void has_nothing_to_do_with_another_call() {
    call();
    record(world.sent(CreatePool.class).getFirst());
    world.clusters.computeIfPresent(
        cluster, (_, row) -> Rows.at(KubernetesVersion.of("1.41.1"), row));

    assertThat(post(path, BODY.replace("mole", "pier")).text("version")).isEqualTo("1.41.1");
    assertThat(
            call(
                    "POST",
                    path,
                    Tenants.ADMIN,
                    BODY.replace("mole", "jetty"),
                    Map.of("Idempotency-Key", UUID.randomUUID().toString()))
                .text("version"))
        .isEqualTo("1.41.1");
  }
}
