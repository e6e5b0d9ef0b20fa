package io.keelson.adapters.rest.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Rows;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.commands.NodePhase;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.pool.PoolCommand.RemoveNode;
import io.keelson.commands.pool.PoolCommand.UpdatePool;
import io.keelson.commands.spec.PoolChange;
import io.keelson.projections.status.NodeStatus;
import io.keelson.projections.status.PoolStatus;
import io.keelson.projections.status.PoolStatus.Phase;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AutoscalerRoutesTest extends EdgeTest {
  private static final String AUTOSCALER = K8S + "/autoscaler";

  private String cluster = "";

  @BeforeEach
  void create() {
    cluster = post(K8S + "/clusters", Bodies.cluster()).text("id");
    world.pools.replaceAll((_, row) -> Rows.in(Phase.READY, "", row));
    world.sent.clear();
  }

  private PoolStatus pool() {
    return world.pools.values().iterator().next();
  }

  private NodeStatus add(String name) {
    NodeStatus node = Rows.node(pool(), name, NodePhase.READY, Map.of());
    world.nodes.put(node.id(), node);
    return node;
  }

  private Answer resize(String body) {
    return call("PATCH", AUTOSCALER + "/pools/" + pool().id(), Tenants.ADMIN, body);
  }

  private Answer delete(NodeStatus node) {
    return call("DELETE", AUTOSCALER + "/nodes/" + node.id(), Tenants.ADMIN, null);
  }

  private String listed(String route) {
    return route.replace("{id}", cluster);
  }

  @Test
  void shows_a_pool_with_what_its_next_node_would_be() {
    String labels =
        """
        "k8s.scaleway.com/pool":"%1$s","k8s.scaleway.com/pool-name":"quay",\
        "kubernetes.io/arch":"amd64","kubernetes.io/hostname":"scw-%1$s","kubernetes.io/os":"linux",\
        "node.kubernetes.io/instance-type":"DEV1-M","topology.kubernetes.io/region":"fr-par",\
        "topology.kubernetes.io/zone":"fr-par-1"\
        """
            .formatted(pool().id());

    assertThat(get(AUTOSCALER + "/clusters/" + cluster + "/pools").body())
        .isEqualTo(
            """
            {"pools":[{"id":"%s","cluster_id":"%s","name":"quay","status":"ready",\
            "version":"1.40.3","node_type":"dev1_m","autoscaling":false,"size":1,"min_size":0,\
            "max_size":1,"zone":"fr-par-1","node_price_per_hour":0.0198,\
            "capacity":{"cpu":3,"ephemeral-storage":40000000000,"memory":4000000000,"pods":110},\
            "allocatable":{"cpu":3,"ephemeral-storage":36000000000,"memory":2895142400,\
            "pods":110},"labels":{%s},"taints":{},\
            "created_at":"2030-05-04T03:02:01.123456Z","updated_at":"2030-05-04T03:02:01.123456Z"}\
            ],"total_count":1}\
            """
                .formatted(pool().id(), cluster, labels));
  }

  @Test
  void shows_older_autoscalers_the_public_pool_beside_the_same_figures() {
    Answer answer = get(K8S + "/clusters/" + cluster + "/pools-autoscaler");
    JsonNode listed = answer.json().get("pools").get(0);

    assertThat(answer.json().get("total_count").asInt()).isEqualTo(1);
    assertThat(listed.get("pool").toString())
        .isEqualTo(get(K8S + "/pools/" + pool().id()).json().toString());
    JsonNode specs = listed.get("specs");
    assertThat(specs.propertyNames())
        .containsExactly(
            "node_price_per_hour",
            "max_pods",
            "gpu",
            "cpu_capacity",
            "cpu_allocatable",
            "memory_capacity",
            "memory_allocatable",
            "local_storage_capacity",
            "local_storage_allocatable",
            "labels",
            "taints");
    JsonNode today = get(AUTOSCALER + "/clusters/" + cluster + "/pools").json().get("pools").get(0);
    assertThat(specs.get("memory_allocatable")).isEqualTo(today.get("allocatable").get("memory"));
    assertThat(specs.get("local_storage_capacity"))
        .isEqualTo(today.get("capacity").get("ephemeral-storage"));
    assertThat(specs.get("labels")).isEqualTo(today.get("labels"));
    assertThat(specs.get("gpu").asInt()).isZero();
  }

  @Test
  void shows_a_node() {
    NodeStatus node = add("scw-harbour-quay-1");

    assertThat(get(AUTOSCALER + "/clusters/" + cluster + "/nodes").body())
        .isEqualTo(
            """
            {"nodes":[{"id":"%1$s","pool_id":"%2$s","cluster_id":"%3$s",\
            "provider_id":"scaleway://instance/fr-par-1/%1$s","name":"scw-harbour-quay-1",\
            "status":"ready","created_at":"2030-05-04T03:02:01.123456Z",\
            "updated_at":"2030-05-04T03:02:01.123456Z"}],"total_count":1}\
            """
                .formatted(node.id(), pool().id(), cluster));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        AUTOSCALER + "/clusters/{id}/pools",
        AUTOSCALER + "/clusters/{id}/nodes",
        K8S + "/clusters/{id}/pools-autoscaler"
      })
  void says_how_long_a_list_may_be_gone_by(String route) {
    Answer answer = get(listed(route));

    assertThat(answer.header("Cache-Control")).isEqualTo("max-age=10, private");
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void pages_nodes_until_a_page_is_short_or_empty() {
    IntStream.range(0, 101).forEach(i -> add("n" + i));
    String path = AUTOSCALER + "/clusters/" + cluster + "/nodes?page_size=100&page=";

    assertThat(get(path + 1).json().get("nodes")).hasSize(100);
    assertThat(get(path + 2).json().get("nodes")).hasSize(1);
    assertThat(get(path + 3).body()).isEqualTo("{\"nodes\":[],\"total_count\":101}");
  }

  @ParameterizedTest
  @CsvSource({AUTOSCALER + "/clusters/{id}/pools", K8S + "/clusters/{id}/pools-autoscaler"})
  void pages_pools_and_counts_them_beyond_the_last(String route) {
    Answer beyond = get(listed(route) + "?page=2&page_size=100");

    assertThat(beyond.status()).isEqualTo(200);
    assertThat(beyond.json().get("pools")).isEmpty();
    assertThat(beyond.json().get("total_count").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        AUTOSCALER + "/clusters/{id}/pools",
        AUTOSCALER + "/clusters/{id}/nodes",
        K8S + "/clusters/{id}/pools-autoscaler"
      })
  void refuses_a_bad_page_in_the_only_form_that_the_autoscaler_reads(String route) {
    for (String query : List.of("page=0", "page=x", "page_size=101", "page_size=-1")) {
      Answer answer = get(listed(route) + "?" + query);
      assertThat(answer.status()).as(query).isEqualTo(400);
      assertThat(answer.header("Content-Type")).isEqualTo("application/json");
      assertThat(answer.header("Cache-Control")).isEmpty();
    }
    Answer missing = get(route.replace("{id}", UUID.randomUUID().toString()));
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.header("Content-Type")).isEqualTo("application/json");
    assertThat(missing.text("resource")).isEqualTo("cluster");
  }

  @Test
  void lets_a_pool_grow_to_exactly_the_size_that_was_asked() {
    Answer answer = resize("{\"size\":3,\"name\":\"other\",\"min_size\":9}");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().get("size").asInt()).isEqualTo(3);
    assertThat(answer.text("status")).isEqualTo("scaling");
    assertThat(world.sent(UpdatePool.class))
        .singleElement()
        .matches(c -> c.change().equals(PoolChange.ofSize(3)));
    assertThat(resize("{\"size\":3}").json().get("size").asInt()).isEqualTo(3);
  }

  @Test
  void answers_the_size_that_it_wrote_even_while_nobody_can_read_it_yet() {
    world.stale = true;

    assertThat(resize("{\"size\":3}").json().get("size").asInt()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '@',
      value = {
        "{} | size | required",
        "{\"size\":null} | size | required",
        "{\"size\":\"3\"} | size | format",
        "{\"size\":1.5} | size | format",
        "{\"size\":-1} | size | constraint",
        "{\"size\":100001} | size | constraint",
        "{\"size\":99999999999999999999} | size | constraint",
        "[] | body | format",
        "x | body | format"
      })
  void refuses_what_is_no_size(String body, String argument, String reason) {
    Answer answer = resize(body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.json().get("details")).hasSize(1);
    assertThat(answer.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo(argument);
    assertThat(answer.json().get("details").get(0).get("reason").asString()).isEqualTo(reason);
    assertThat(world.sent).isEmpty();
  }

  @Test
  void says_why_a_pool_cannot_be_resized() {
    world.refusal = new CommandRejected(Reason.INVALID, "must be between", "size");
    Answer bounds = resize("{\"size\":3}");
    world.pools.replaceAll((_, row) -> Rows.in(Phase.UPGRADING, "", row));
    world.refusal = new CommandRejected(Reason.BUSY, "is being upgraded", "pool_id");
    Answer busy = resize("{\"size\":3}");
    world.refusal = new StoreUnavailable("gone", new IllegalStateException());
    Answer nobody = resize("{\"size\":3}");

    assertThat(bounds.status()).isEqualTo(400);
    assertThat(busy.status()).isEqualTo(409);
    assertThat(busy.text("type")).isEqualTo("transient_state");
    assertThat(busy.text("current_state")).isEqualTo("upgrading");
    assertThat(nobody.status()).isEqualTo(503);
    assertThat(
            call("PATCH", AUTOSCALER + "/pools/" + UUID.randomUUID(), Tenants.ADMIN, "{\"size\":1}")
                .text("resource"))
        .isEqualTo("pool");
  }

  @Test
  void deletes_a_node_once_however_often_it_is_asked_for() {
    NodeStatus node = add("n");

    Answer first = delete(node);

    assertThat(first.status()).as(first.body()).isEqualTo(200);
    assertThat(first.text("status")).isEqualTo("deleting");
    assertThat(first.text("id")).isEqualTo(node.id().toString());
    assertThat(delete(node).body()).isEqualTo(first.body());
    assertThat(pool().spec().size()).isZero();
    assertThat(world.sent(RemoveNode.class)).hasSize(1);
  }

  @Test
  void says_why_a_node_cannot_be_deleted() {
    NodeStatus node = add("n");
    world.refusal = new CommandRejected(Reason.BUSY, "is being upgraded", "cluster_id");
    Answer busy = delete(node);
    world.refusal = null;
    world.nodes.clear();
    Answer gone = delete(node);

    assertThat(busy.status()).isEqualTo(409);
    assertThat(busy.text("resource")).isEqualTo("cluster");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.text("resource")).isEqualTo("node");
    assertThat(gone.header("Content-Type")).isEqualTo("application/json");
    assertThat(world.sent(ClusterCommand.class)).isEmpty();
  }
}
