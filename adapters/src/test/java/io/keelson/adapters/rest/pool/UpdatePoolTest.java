package io.keelson.adapters.rest.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Rows;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.pool.PoolCommand.UpdatePool;
import io.keelson.commands.spec.PoolChange;
import io.keelson.projections.status.PoolStatus.Phase;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdatePoolTest extends EdgeTest {
  private PoolId pool = new PoolId(new UUID(0, 0));
  private String path = "";

  @BeforeEach
  void create() {
    post(K8S + "/clusters", Bodies.cluster());
    pool = world.pools.keySet().iterator().next();
    path = K8S + "/pools/" + pool;
    world.pools.compute(pool, (_, row) -> Rows.in(Phase.READY, "", Objects.requireNonNull(row)));
    world.sent.clear();
  }

  private Answer patch(String body) {
    return call("PATCH", path, Tenants.ADMIN, body);
  }

  @Test
  void resizes() {
    Answer answer = patch("{\"size\":3}");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.text("status")).isEqualTo("scaling");
    assertThat(answer.json().get("size").asInt()).isEqualTo(3);
    assertThat(get(path).body()).isEqualTo(answer.body());
    assertThat(world.sent(UpdatePool.class).getFirst().change()).isEqualTo(PoolChange.ofSize(3));
  }

  @Test
  void changes_everything_that_can_be_changed_and_keeps_the_status() {
    Answer answer =
        patch(
            """
            {"autoscaling": true, "size": 1, "min_size": 1, "max_size": 7, "autohealing": true,
             "tags": ["x"], "kubelet_args": {"maxPods": "60"},
             "upgrade_policy": {"max_unavailable": 2, "max_surge": 3},
             "security_group_id": "21111111-2222-4333-8444-555555555555"}
            """);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.text("status")).isEqualTo("ready");
    assertThat(world.sent(UpdatePool.class).getFirst().change())
        .isEqualTo(
            new PoolChange(
                true,
                1,
                1,
                7,
                true,
                List.of("x"),
                Map.of("maxPods", "60"),
                2,
                3,
                UUID.fromString("21111111-2222-4333-8444-555555555555"),
                null,
                null,
                null));
    assertThat(answer.json().get("max_size").asInt()).isEqualTo(7);
    assertThat(answer.json().get("upgrade_policy").toString())
        .isEqualTo("{\"max_unavailable\":2,\"max_surge\":3}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"autoscaling\":null,\"size\":null,\"min_size\":null,\"max_size\":null,"
            + "\"autohealing\":null,\"tags\":null,\"kubelet_args\":null,\"upgrade_policy\":null,"
            + "\"security_group_id\":null}",
        "{\"upgrade_policy\":{\"max_unavailable\":null,\"max_surge\":null}}",
        "{\"security_group_id\":\"\"}",
        "{\"name\":\"other\",\"node_type\":\"PRO2-XXS\",\"zone\":\"fr-par-3\",\"labels\":{\"a\":\"b\"}}"
      })
  void keeps_what_is_not_given_or_cannot_be_changed(String body) {
    String before = get(path).body();

    assertThat(patch(body).body()).isEqualTo(before);
    assertThat(world.sent(UpdatePool.class).getFirst().change())
        .isEqualTo(
            new PoolChange(
                null, null, null, null, null, null, null, null, null, null, null, null, null));
  }

  @Test
  void replaces_lists_and_maps_as_a_whole() {
    patch("{\"tags\":[\"a\"],\"kubelet_args\":{\"maxPods\":\"60\"}}");

    Answer answer = patch("{\"tags\":[],\"kubelet_args\":{}}");

    assertThat(answer.json().get("tags")).isEmpty();
    assertThat(answer.json().get("kubelet_args")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '@',
      value = {
        "{\"size\":-1} | size | constraint",
        "{\"size\":\"1\"} | size | format",
        "{\"size\":1.5} | size | format",
        "{\"size\":100001} | size | constraint",
        "{\"min_size\":-1} | min_size | constraint",
        "{\"max_size\":{}} | max_size | format",
        "{\"autoscaling\":1} | autoscaling | format",
        "{\"autohealing\":\"no\"} | autohealing | format",
        "{\"tags\":\"a\"} | tags | format",
        "{\"tags\":[null]} | tags.0 | format",
        "{\"kubelet_args\":[]} | kubelet_args | format",
        "{\"kubelet_args\":{\"maxPods\":\"x\"}} | kubelet_args.maxPods | format",
        "{\"kubelet_args\":{\"bilge\":\"x\"}} | kubelet_args.bilge | constraint",
        "{\"upgrade_policy\":1} | upgrade_policy | format",
        "{\"upgrade_policy\":{\"max_unavailable\":-1}} | upgrade_policy.max_unavailable |"
            + " constraint",
        "{\"upgrade_policy\":{\"max_surge\":\"1\"}} | upgrade_policy.max_surge | format",
        "{\"security_group_id\":\"sg\"} | security_group_id | format",
        "[] | body | format",
        "nothing | body | format"
      })
  void refuses_what_is_no_such_argument(String body, String argument, String reason) {
    Answer answer = patch(body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().get("details")).as(answer.body()).hasSize(1);
    assertThat(answer.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo(argument);
    assertThat(answer.json().get("details").get(0).get("reason").asString()).isEqualTo(reason);
    assertThat(world.sent).isEmpty();
  }

  @Test
  void cannot_count_external_nodes() {
    String kosmos = post(K8S + "/clusters", Bodies.kosmos()).text("id");
    String far =
        post(
                K8S + "/clusters/" + kosmos + "/pools",
                "{\"name\":\"far\",\"node_type\":\"external\",\"size\":0}")
            .text("id");

    Answer answer = call("PATCH", K8S + "/pools/" + far, Tenants.ADMIN, "{\"size\":1}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo("size");
  }

  @Test
  void says_what_the_domain_refuses() {
    world.refusal = new CommandRejected(Reason.INVALID, "must be between", "min_size");
    Answer bounds = patch("{\"min_size\":3}");
    world.refusal = new CommandRejected(Reason.BUSY, "is being upgraded");
    world.pools.compute(
        pool, (_, row) -> Rows.in(Phase.UPGRADING, "", Objects.requireNonNull(row)));
    Answer busy = patch("{\"size\":3}");
    world.refusal = new CommandRejected(Reason.BUSY, "is being created", "cluster_id");
    Answer cluster = patch("{\"size\":3}");
    world.refusal = new CommandRejected(Reason.NOT_FOUND, "gone", "pool_id");
    Answer gone = patch("{\"size\":3}");

    assertThat(bounds.status()).isEqualTo(400);
    assertThat(bounds.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo("min_size");
    assertThat(busy.status()).isEqualTo(409);
    assertThat(busy.text("type")).isEqualTo("transient_state");
    assertThat(busy.text("resource")).isEqualTo("pool");
    assertThat(busy.text("current_state")).isEqualTo("upgrading");
    assertThat(cluster.text("resource")).isEqualTo("cluster");
    assertThat(cluster.text("current_state")).isEqualTo("creating");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.text("resource_id")).isEqualTo(pool.toString());
  }

  @Test
  void answers_what_it_wrote_even_while_nobody_can_read_it_yet() {
    world.stale = true;

    assertThat(patch("{\"size\":2}").text("status")).isEqualTo("scaling");
    assertThat(patch("{\"tags\":[\"a\"]}").text("status")).isEqualTo("ready");
    assertThat(patch("{\"tags\":[\"a\"]}").json().get("tags")).hasSize(1);
  }

  @Test
  void needs_a_pool_and_a_body() {
    assertThat(patch("").status()).isEqualTo(400);
    assertThat(call("PATCH", K8S + "/pools/" + UUID.randomUUID(), Tenants.ADMIN, "{}").status())
        .isEqualTo(404);
    assertThat(world.sent(ClusterCommand.class)).isEmpty();
  }
}
