package io.keelson.adapters.rest.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Rows;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.pool.PoolCommand.UpdatePool;
import io.keelson.commands.spec.PoolChange;
import io.keelson.projections.status.PoolStatus.Phase;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

class PoolRoutesTest extends EdgeTest {
  private String cluster = "";
  private PoolId pool = new PoolId(new UUID(0, 0));
  private String path = "";

  @BeforeEach
  void create() {
    cluster =
        post(
                K8S + "/clusters",
                Bodies.cluster(
                    body ->
                        ((ArrayNode) body.get("pools"))
                            .add(Bodies.pool(body).deepCopy().put("name", "mole"))))
            .text("id");
    pool = world.pools.keySet().iterator().next();
    path = K8S + "/pools/" + pool;
    world.sent.clear();
  }

  @Test
  void shows_one_as_it_is_listed() {
    Answer list = get(K8S + "/clusters/" + cluster + "/pools");

    assertThat(list.json().propertyNames()).containsExactly("total_count", "pools");
    assertThat(list.json().get("total_count").asInt()).isEqualTo(2);
    assertThat(get(path).json()).isEqualTo(list.json().get("pools").get(0));
  }

  @Test
  void filters_and_pages() {
    String pools = K8S + "/clusters/" + cluster + "/pools";
    world.pools.compute(
        pool, (_, row) -> Rows.in(Phase.WARNING, "no capacity", Objects.requireNonNull(row)));

    assertThat(get(pools + "?name=mol&status=unknown&order_by=created_at_asc").json().get("pools"))
        .hasSize(1);
    assertThat(get(pools + "?status=warning").json().get("pools")).hasSize(1);
    assertThat(get(pools + "?page_size=1&page=2").json().get("pools")).hasSize(1);
    assertThat(get(pools + "?page_size=1&page=3").json().toString())
        .isEqualTo("{\"total_count\":2,\"pools\":[]}");
    assertThat(get(pools + "?status=afloat").status()).isEqualTo(400);
    assertThat(get(pools + "?status=unknown_status").status()).isEqualTo(400);
    assertThat(get(pools + "?order_by=unknown").status()).isEqualTo(400);
    assertThat(get(path).text("error_message")).isEqualTo("no capacity");
  }

  @ParameterizedTest
  @CsvSource({
    "name_asc, mole quay",
    "name_desc, quay mole",
    "status_asc, quay mole",
    "status_desc, mole quay",
    "version_asc, mole quay",
    "version_desc, quay mole",
    "created_at_asc, quay mole",
    "created_at_desc, mole quay",
    "updated_at_asc, quay mole",
    "updated_at_desc, mole quay",
    "'', quay mole"
  })
  void lists_in_every_order(String order, String names) {
    world.pools.replaceAll(
        (id, row) ->
            id.equals(pool)
                ? Rows.in(
                    Phase.READY,
                    "",
                    row.desired(
                        row.spec().at(KubernetesVersion.of("1.41.1")),
                        row.phase(),
                        row.updatedAt()))
                : Rows.later(row));

    assertThat(
            get(K8S + "/clusters/" + cluster + "/pools?order_by=" + order)
                .json()
                .get("pools")
                .valueStream()
                .map(listed -> listed.get("name").asString())
                .collect(Collectors.joining(" ")))
        .isEqualTo(names);
  }

  @Test
  void replaces_labels() {
    Answer answer =
        put(
            path + "/set-labels",
            "{\"labels\":{\"b\":\"2\",\"example.org/a\":\"x.y_z-0\",\"c\":\"\"}}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("labels").toString())
        .isEqualTo("{\"b\":\"2\",\"c\":\"\",\"example.org/a\":\"x.y_z-0\"}");
    assertThat(get(path).body()).isEqualTo(answer.body());
    assertThat(put(path + "/set-labels", "{\"labels\":null}").json().get("labels").toString())
        .isEqualTo("{}");
  }

  @Test
  void replaces_taints_and_shows_them_by_key() {
    String body =
        "{\"@\":[{\"key\":\"z\",\"value\":\"1\",\"effect\":\"NoExecute\"},"
            + "{\"key\":\"a\",\"value\":null,\"effect\":\"PreferNoSchedule\"},"
            + "{\"key\":\"a\",\"value\":\"2\",\"effect\":\"\"}]}";
    String expected =
        "[{\"key\":\"a\",\"value\":\"2\",\"effect\":\"NoSchedule\"},"
            + "{\"key\":\"a\",\"value\":\"\",\"effect\":\"PreferNoSchedule\"},"
            + "{\"key\":\"z\",\"value\":\"1\",\"effect\":\"NoExecute\"}]";

    Answer taints = put(path + "/set-taints", body.replace("@", "taints"));
    Answer startup = put(path + "/set-startup-taints", body.replace("@", "startup_taints"));

    assertThat(taints.json().get("taints").toString()).isEqualTo(expected);
    assertThat(startup.json().get("startup_taints").toString()).isEqualTo(expected);
    assertThat(put(path + "/set-taints", "{}").json().get("taints").toString()).isEqualTo("[]");
  }

  @Test
  void reads_effects_of_taints_as_the_python_client_writes_them() {
    String taints =
        "{\"taints\":[{\"key\":\"a\",\"value\":\"\",\"effect\":\"no_schedule\"},"
            + "{\"key\":\"b\",\"value\":\"\",\"effect\":\"prefer_no_schedule\"},"
            + "{\"key\":\"c\",\"value\":\"\",\"effect\":\"no_execute\"}]}";

    JsonNode answer = put(path + "/set-taints", taints).json().get("taints");

    assertThat(answer.valueStream().map(taint -> taint.get("effect").asString()))
        .containsExactly("NoSchedule", "PreferNoSchedule", "NoExecute");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '@',
      value = {
        "labels | labels | 5 | labels | format",
        "labels | labels | [] | labels | format",
        "labels | labels | {\"a\":1} | labels.a | format",
        "labels | labels | {\"-a\":\"x\"} | labels.-a | format",
        "labels | labels | {\"\":\"x\"} | labels. | format",
        "labels | labels | {\"a/b/c\":\"x\"} | labels.a/b/c | format",
        "labels | labels | {\"A.example.org/b\":\"x\"} | labels.A.example.org/b | format",
        "labels | labels | {\"/b\":\"x\"} | labels./b | format",
        "labels | labels | {\"a\":\"b c\"} | labels.a | format",
        "labels | labels | {\"a\":\"-\"} | labels.a | format",
        "labels | labels | {\"a\":\"\\u0000\"} | labels.a | format",
        "labels | labels | {\"\\u0000\":\"a\"} | labels | format",
        "taints | taints | {} | taints | format",
        "taints | taints | [1] | taints.0 | format",
        "taints | taints | [{}] | taints.0.key | required",
        "taints | taints | [{\"key\":\"\"}] | taints.0.key | required",
        "taints | taints | [{\"key\":\"a b\"}] | taints.0.key | format",
        "taints | taints | [{\"key\":7}] | taints.0.key | format",
        "taints | taints | [{\"key\":\"a\",\"value\":\"?\"}] | taints.0.value | format",
        "taints | taints | [{\"key\":\"a\",\"effect\":\"Evict\"}] | taints.0.effect | constraint",
        "taints | taints | [{\"key\":\"a\"},{\"key\":\"a\"}] | taints.1 | constraint",
        "startup-taints | startup_taints | [{\"key\":\"a\"},{\"key\":\"a\",\"value\":\"b\"}] |"
            + " startup_taints.1 | constraint",
        "startup-taints | startup_taints | \"a\" | startup_taints | format"
      })
  void refuses_what_kubernetes_would_not_take(
      String route, String name, String json, String argument, String reason) {
    Answer answer = put(path + "/set-" + route, "{\"" + name + "\":" + json + "}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("details")).as(answer.body()).hasSize(1);
    assertThat(answer.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo(argument);
    assertThat(answer.json().get("details").get(0).get("reason").asString()).isEqualTo(reason);
    assertThat(world.sent).isEmpty();
  }

  @Test
  void refuses_keys_and_values_that_are_too_long() {
    String name = "n".repeat(63);
    String subdomain = ("d".repeat(60) + ".").repeat(4) + "e".repeat(9);
    assertThat(
            put(path + "/set-labels", "{\"labels\":{\"" + subdomain + "/" + name + "\":\"v\"}}")
                .status())
        .isEqualTo(200);
    assertThat(put(path + "/set-labels", "{\"labels\":{\"" + name + "n\":\"v\"}}").status())
        .isEqualTo(400);
    assertThat(put(path + "/set-labels", "{\"labels\":{\"k\":\"" + name + "n\"}}").status())
        .isEqualTo(400);
    assertThat(
            put(path + "/set-taints", "{\"taints\":[{\"key\":\"" + "k".repeat(317) + "\"}]}")
                .json()
                .get("details")
                .get(0)
                .get("reason")
                .asString())
        .isEqualTo("constraint");
  }

  @Test
  void refuses_more_labels_or_taints_than_a_hundred() {
    for (int count : new int[] {100, 101}) {
      int status = count == 100 ? 200 : 400;
      String labels =
          IntStream.range(0, count)
              .mapToObj(i -> "\"k" + i + "\":\"\"")
              .collect(Collectors.joining(","));
      String taints =
          IntStream.range(0, count)
              .mapToObj(i -> "{\"key\":\"k" + i + "\"}")
              .collect(Collectors.joining(","));

      assertThat(put(path + "/set-labels", "{\"labels\":{" + labels + "}}").status())
          .isEqualTo(status);
      assertThat(put(path + "/set-taints", "{\"taints\":[" + taints + "]}").status())
          .isEqualTo(status);
      assertThat(
              put(path + "/set-startup-taints", "{\"startup_taints\":[" + taints + "]}").status())
          .isEqualTo(status);
    }
  }

  @Test
  void answers_what_it_wrote_even_while_nobody_can_read_it_yet() {
    world.stale = true;

    Answer answer = put(path + "/set-labels", "{\"labels\":{\"a\":\"b\"}}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("labels").toString()).isEqualTo("{\"a\":\"b\"}");
    assertThat(world.sent(UpdatePool.class).getFirst().change())
        .isEqualTo(PoolChange.ofLabels(Map.of("a", "b")));
  }

  @Test
  void says_what_the_domain_refuses() {
    world.refusal = new CommandRejected(Reason.BUSY, "going");
    world.pools.compute(pool, (_, row) -> Rows.in(Phase.DELETING, "", Objects.requireNonNull(row)));
    Answer busy = put(path + "/set-labels", "{}");
    world.refusal = new CommandRejected(Reason.NOT_FOUND, "gone");
    Answer gone = put(path + "/set-taints", "{}");
    world.refusal = new StoreUnavailable("gone", new IllegalStateException());
    Answer nobody = put(path + "/set-startup-taints", "{}");

    assertThat(busy.status()).isEqualTo(409);
    assertThat(busy.text("resource")).isEqualTo("pool");
    assertThat(busy.text("current_state")).isEqualTo("deleting");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.text("resource_id")).isEqualTo(pool.toString());
    assertThat(nobody.status()).isEqualTo(503);
  }

  @Test
  void needs_a_body() {
    for (String route : new String[] {"labels", "taints", "startup-taints"}) {
      assertThat(put(path + "/set-" + route, "").text("type")).isEqualTo("invalid_arguments");
      assertThat(put(path + "/set-" + route, "[]").status()).isEqualTo(400);
    }
    assertThat(world.sent(ClusterCommand.class)).isEmpty();
  }
}
