package io.keelson.adapters.rest.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.pool.PoolCommand.CreatePool;
import io.keelson.commands.pool.PoolCommand.UpdatePool;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StockCheckTest extends EdgeTest {
  private static final String BODY = "{\"name\":\"mole\",\"node_type\":\"DEV1-M\",\"size\":1}";

  private String pools = "";
  private String pool = "";

  @BeforeEach
  void create() {
    pools = K8S + "/clusters/" + post(K8S + "/clusters", Bodies.cluster()).text("id") + "/pools";
    pool = K8S + "/pools/" + world.pools.keySet().iterator().next();
    world.sent.clear();
    backend.soldOut.add("fr-par-1 dev1_m");
  }

  private Answer patch(String path, String body) {
    return call("PATCH", path, Tenants.ADMIN, body);
  }

  @Test
  void has_no_machine_for_a_new_pool() {
    Answer answer = post(pools, BODY);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.body())
        .isEqualTo(
            "{\"message\":\"resource is out of stock\",\"resource\":\"dev1_m\","
                + "\"type\":\"out_of_stock\"}");
    assertThat(world.sent).isEmpty();
  }

  @Test
  void has_other_machines_or_the_same_elsewhere() {
    assertThat(post(pools, BODY.replace("DEV1-M", "DEV1-L")).status()).isEqualTo(200);
    assertThat(post(pools, BODY.replace("}", ",\"zone\":\"fr-par-2\"}").replace("mole", "pier")))
        .matches(answer -> answer.status() == 200);
  }

  @Test
  void is_not_asked_for_an_empty_pool() {
    assertThat(post(pools, BODY.replace("\"size\":1", "\"size\":0")).status()).isEqualTo(200);
  }

  @Test
  void is_asked_only_about_what_could_be_accepted() {
    assertThat(post(pools, BODY.replace("mole", "")).status()).isEqualTo(400);
  }

  @Test
  void lets_no_pool_grow_but_shrink_and_stay() {
    Answer grown = patch(pool, "{\"size\":2}");
    assertThat(grown.status()).isEqualTo(503);
    assertThat(grown.text("type")).isEqualTo("out_of_stock");
    assertThat(grown.text("resource")).isEqualTo("dev1_m");
    assertThat(patch(pool.replace("/pools/", "/autoscaler/pools/"), "{\"size\":2}").body())
        .isEqualTo(grown.body());
    assertThat(world.sent).isEmpty();

    assertThat(patch(pool, "{\"size\":1}").status()).isEqualTo(200);
    assertThat(patch(pool, "{\"size\":0}").status()).isEqualTo(200);
    assertThat(patch(pool, "{\"tags\":[\"a\"]}").status()).isEqualTo(200);
    assertThat(world.sent(UpdatePool.class)).hasSize(3);
  }

  @Test
  void refuses_no_repeat_of_what_was_promised_before() {
    Map<String, String> key = Map.of("Idempotency-Key", "k");
    backend.soldOut.clear();
    Answer first = call("POST", pools, Tenants.ADMIN, BODY, key);
    backend.soldOut.add("fr-par-1 dev1_m");

    assertThat(call("POST", pools, Tenants.ADMIN, BODY, key).body()).isEqualTo(first.body());
    assertThat(call("POST", pools, Tenants.ADMIN, BODY, Map.of("Idempotency-Key", "l")).status())
        .isEqualTo(503);
    assertThat(world.sent(CreatePool.class)).hasSize(2);
  }

  @Test
  void is_asked_about_the_pools_of_a_new_cluster_unless_that_is_a_repeat() {
    Map<String, String> key = Map.of("Idempotency-Key", "k");
    String body = Bodies.named("marina");
    Answer none = call("POST", K8S + "/clusters", Tenants.ADMIN, body, key);
    backend.soldOut.clear();
    Answer first = call("POST", K8S + "/clusters", Tenants.ADMIN, body, key);
    backend.soldOut.add("fr-par-1 dev1_m");

    assertThat(none.status()).isEqualTo(503);
    assertThat(none.text("type")).isEqualTo("out_of_stock");
    assertThat(first.status()).isEqualTo(200);
    assertThat(call("POST", K8S + "/clusters", Tenants.ADMIN, body, key).body())
        .isEqualTo(first.body());
  }

  @Test
  void refuses_nothing_while_nobody_can_tell() {
    backend.silence = new IllegalStateException("no answer");

    assertThat(post(pools, BODY).status()).isEqualTo(200);
    assertThat(patch(pool, "{\"size\":2}").status()).isEqualTo(200);
    assertThat(world.sent(ClusterCommand.class)).hasSize(2);
  }
}
