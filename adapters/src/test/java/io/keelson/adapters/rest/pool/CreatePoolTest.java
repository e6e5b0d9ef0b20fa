package io.keelson.adapters.rest.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Rows;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.commands.PoolId;
import io.keelson.commands.pool.PoolCommand.CreatePool;
import io.keelson.commands.spec.MachineNetwork;
import io.keelson.commands.spec.PoolSpec;
import io.keelson.projections.status.ClusterStatus;
import io.keelson.projections.status.PoolStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class CreatePoolTest extends EdgeTest {
  private ClusterId cluster = new ClusterId(new UUID(0, 0));
  private String path = "";

  @BeforeEach
  void create() {
    cluster = ClusterId.of(post(K8S + "/clusters", Bodies.cluster()).text("id"));
    path = K8S + "/clusters/" + cluster + "/pools";
    world.clusters.compute(
        cluster, (_, row) -> Rows.in(ClusterStatus.Phase.READY, Objects.requireNonNull(row)));
    world.sent.clear();
  }

  private static String body(Consumer<ObjectNode> change) {
    ObjectNode pool = Bodies.pool((ObjectNode) JSON.readTree(Bodies.cluster())).deepCopy();
    pool.put("name", "mole");
    change.accept(pool);
    return pool.toString();
  }

  private static String body() {
    return body(_ -> {});
  }

  @Test
  void answers_the_pool_as_scaling_and_with_every_default() {
    Answer answer = post(path, "{\"name\":\"mole\",\"node_type\":\"PRO2-XXS\",\"size\":3}");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.text("status")).isEqualTo("scaling");
    assertThat(answer.text("cluster_id")).isEqualTo(cluster.toString());
    assertThat(answer.text("version")).isEqualTo("1.40.3");
    assertThat(answer.text("node_type")).isEqualTo("pro2_xxs");
    assertThat(answer.text("zone")).isEqualTo("fr-par-1");
    assertThat(answer.text("container_runtime")).isEqualTo("containerd");
    assertThat(answer.text("root_volume_type")).isEqualTo("sbs_5k");
    assertThat(answer.json().get("upgrade_policy").toString())
        .isEqualTo("{\"max_unavailable\":1,\"max_surge\":0}");
    assertThat(answer.json().get("security_group_id").asString())
        .isEqualTo(get(path).json().get("pools").get(0).get("security_group_id").asString());
    assertThat(get(K8S + "/pools/" + answer.text("id")).body()).isEqualTo(answer.body());
    assertThat(answer.json().propertyNames())
        .containsExactlyElementsOf(get(path).json().get("pools").get(0).propertyNames());
  }

  @Test
  void takes_a_root_volume_of_no_bytes_for_one_that_was_not_given() {
    String pool = "{\"name\":\"mole\",\"node_type\":\"PRO2-XXS\",\"size\":3";
    Answer answer = post(path, pool.replace("mole", "jetty") + "}");

    Answer zero = post(path, pool + ",\"root_volume_size\":0}");

    assertThat(zero.status()).as(zero.body()).isEqualTo(200);
    assertThat(zero.json().get("root_volume_size"))
        .isEqualTo(answer.json().get("root_volume_size"));
  }

  @Test
  void keeps_everything_that_is_sent() {
    Answer answer =
        post(
            path,
            """
            {"name": "mole", "node_type": "DEV1-M", "size": 2, "autoscaling": true, "min_size": 1,
             "max_size": 4, "autohealing": true, "tags": ["b", "a"], "zone": "fr-par-2",
             "container_runtime": "containerd", "kubelet_args": {"maxPods": "50"},
             "upgrade_policy": {"max_unavailable": 0, "max_surge": 2}, "public_ip_disabled": true,
             "placement_group_id": "11111111-2222-4333-8444-555555555555",
             "root_volume_type": "l_ssd", "root_volume_size": 30000000000,
             "security_group_id": "21111111-2222-4333-8444-555555555555",
             "private_network_id": "31111111-2222-4333-8444-555555555555",
             "labels": {"tier": "web"}, "taints": [{"key": "z"}, {"key": "a", "effect": "NoExecute"}],
             "startup_taints": [{"key": "s", "value": "v"}], "user_data": {}}
            """);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode json = answer.json();
    assertThat(json.get("labels").toString()).isEqualTo("{\"tier\":\"web\"}");
    assertThat(json.get("taints").toString())
        .isEqualTo(
            "[{\"key\":\"a\",\"value\":\"\",\"effect\":\"NoExecute\"},"
                + "{\"key\":\"z\",\"value\":\"\",\"effect\":\"NoSchedule\"}]");
    assertThat(json.get("startup_taints").toString())
        .isEqualTo("[{\"key\":\"s\",\"value\":\"v\",\"effect\":\"NoSchedule\"}]");
    PoolSpec spec = world.sent(CreatePool.class).getFirst().spec();
    MachineNetwork network = spec.machine().network();
    assertThat(List.of(spec.size(), spec.scaling().min(), spec.scaling().max()))
        .containsExactly(2, 1, 4);
    assertThat(spec.scaling().autoscaling()).isTrue();
    assertThat(spec.autohealing()).isTrue();
    assertThat(spec.tags()).containsExactly("b", "a");
    assertThat(spec.machine().zone()).isEqualTo("fr-par-2");
    assertThat(spec.nodes().kubeletArgs()).isEqualTo(Map.of("maxPods", "50"));
    assertThat(spec.upgradePolicy().maxUnavailable()).isZero();
    assertThat(spec.upgradePolicy().maxSurge()).isEqualTo(2);
    assertThat(network.publicIpDisabled()).isTrue();
    assertThat(spec.machine().rootVolume().size()).isEqualTo(30_000_000_000L);
    assertThat(
            Stream.of(
                    network.placementGroupId(),
                    network.securityGroupId(),
                    network.privateNetworkId())
                .map(id -> Objects.requireNonNull(id).toString().substring(0, 1)))
        .containsExactly("1", "2", "3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '@',
      value = {
        "name | null | name | required",
        "name | \"a\\nb\" | name | format",
        "node_type | null | node_type | required",
        "node_type | \"ROWBOAT-1\" | node_type | constraint",
        "node_type | \"external\" | node_type | constraint",
        "size | null | size | required",
        "size | -1 | size | constraint",
        "size | \"1\" | size | format",
        "min_size | -1 | min_size | constraint",
        "max_size | 1.5 | max_size | format",
        "autoscaling | \"yes\" | autoscaling | format",
        "autohealing | 1 | autohealing | format",
        "container_runtime | \"steam\" | container_runtime | constraint",
        "zone | \"nl-ams-1\" | zone | constraint",
        "root_volume_type | \"floppy\" | root_volume_type | constraint",
        "root_volume_size | 1 | root_volume_size | constraint",
        "placement_group_id | \"x\" | placement_group_id | format",
        "security_group_id | \"x\" | security_group_id | format",
        "private_network_id | \"x\" | private_network_id | format",
        "public_ip_disabled | 0 | public_ip_disabled | format",
        "tags | [1] | tags.0 | format",
        "kubelet_args | {\"maxPods\":\"x\"} | kubelet_args.maxPods | format",
        "kubelet_args | {\"node-labels\":\"a=b\"} | kubelet_args.node-labels | constraint",
        "upgrade_policy | {\"max_unavailable\":0} | upgrade_policy.max_unavailable | constraint",
        "labels | {\"-a\":\"x\"} | labels.-a | format",
        "taints | [{}] | taints.0.key | required",
        "startup_taints | [{\"key\":\"a\",\"effect\":\"Evict\"}] | startup_taints.0.effect |"
            + " constraint",
        "user_data | [] | user_data | format",
        "user_data | {\"a\":\"?\"} | user_data.a | format",
        "user_data | {\"a\":\"Yg==\\n\"} | user_data.a | format",
        "user_data | {\"a\":\"_-8=\"} | user_data.a | format",
        "user_data | {\"a\":1} | user_data.a | format",
        "user_data | {\"\":\"Yg==\"} | user_data. | format",
        "user_data | {\"..\":\"Yg==\"} | user_data... | format",
        "user_data | {\"a/b\":\"Yg==\"} | user_data.a/b | format"
      })
  void refuses_what_breaks_a_rule(String name, String json, String argument, String reason) {
    Answer answer = post(path, body(pool -> pool.put(name, "@@")).replace("\"@@\"", json));

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().get("details")).as(answer.body()).hasSize(1);
    assertThat(answer.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo(argument);
    assertThat(answer.json().get("details").get(0).get("reason").asString()).isEqualTo(reason);
    assertThat(world.sent).isEmpty();
  }

  @Test
  void needs_a_body() {
    assertThat(post(path, "").status()).isEqualTo(400);
    assertThat(post(path, "[]").status()).isEqualTo(400);
    assertThat(world.sent).isEmpty();
  }

  @Test
  void answers_a_repeat_with_the_same_key_as_before_and_without_a_second_effect() {
    Map<String, String> key = Map.of("Idempotency-Key", "k");
    Answer first = call("POST", path, Tenants.ADMIN, body(), key);
    PoolId id = PoolId.of(first.text("id"));
    world.pools.compute(
        id, (_, row) -> Rows.in(PoolStatus.Phase.READY, "", Objects.requireNonNull(row)));

    Answer second = call("POST", path, Tenants.ADMIN, body(), key);

    assertThat(second.body()).isEqualTo(first.body());
    assertThat(Set.copyOf(world.sent(CreatePool.class))).hasSize(1);
    assertThat(world.pools).hasSize(2);
  }

  @Test
  void refuses_the_same_key_with_another_body() {
    Map<String, String> key = Map.of("Idempotency-Key", "k");
    String id = call("POST", path, Tenants.ADMIN, body(), key).text("id");

    Answer answer = call("POST", path, Tenants.ADMIN, body(pool -> pool.put("size", 2)), key);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text("type")).isEqualTo("already_exists");
    assertThat(answer.text("resource")).isEqualTo("pool");
    assertThat(answer.text("resource_id")).isEqualTo(id);
  }

  @Test
  void gives_another_pool_for_the_same_key_in_another_cluster() {
    Map<String, String> key = Map.of("Idempotency-Key", "k");
    String other = post(K8S + "/clusters", Bodies.named("other")).text("id");

    assertThat(call("POST", path, Tenants.ADMIN, body(), key).text("id"))
        .isNotEqualTo(
            call("POST", K8S + "/clusters/" + other + "/pools", Tenants.ADMIN, body(), key)
                .text("id"));
  }

  @Test
  void refuses_a_name_that_another_pool_of_the_cluster_has() {
    assertThat(post(path, body(pool -> pool.put("name", "quay"))).body())
        .isEqualTo(
            "{\"details\":[{\"argument_name\":\"name\",\"help_message\":\"pool name must be unique"
                + " across the cluster\",\"reason\":\"constraint\"}],"
                + "\"message\":\"invalid argument(s)\",\"type\":\"invalid_arguments\"}");
  }

  @Test
  void says_that_it_is_the_cluster_that_is_not_ready_for_it() {
    world.refusal = new CommandRejected(Reason.BUSY, "creating", "cluster_id");

    assertThat(post(path, body()).body())
        .isEqualTo(
            "{\"current_state\":\"ready\",\"message\":\"resource is in a transient state\","
                + "\"resource\":\"cluster\",\"resource_id\":\"%s\",\"type\":\"transient_state\"}"
                    .formatted(cluster));
  }

  @Test
  void says_which_quota_it_would_exceed() {
    world.refusal =
        new CommandRejected(new CommandRejected.Quota("cluster_nodes", 150, 151, Tenants.PROJECT));

    Answer answer = post(path, body());

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body())
        .isEqualTo(
            "{\"details\":[{\"current\":151,\"project_id\":\"%s\",\"quota\":150,"
                    .formatted(Tenants.PROJECT)
                + "\"resource\":\"cluster_nodes\"}],\"message\":\"quota exceeded\","
                + "\"type\":\"quotas_exceeded\"}");
  }

  @Test
  void says_what_else_the_domain_refuses() {
    world.refusal = new CommandRejected(Reason.NOT_FOUND, "gone", "cluster_id");
    Answer cluster = post(path, body());
    world.refusal = new CommandRejected(Reason.NOT_FOUND, "was deleted", "pool_id");
    Answer pool = post(path, body());
    world.refusal = new CommandRejected(Reason.INVALID, "must not be empty", "size");
    Answer empty = post(path, body());
    world.refusal = new StoreUnavailable("gone", new IllegalStateException());
    Answer nobody = post(path, body());

    assertThat(cluster.status()).isEqualTo(404);
    assertThat(cluster.text("resource")).isEqualTo("cluster");
    assertThat(pool.status()).isEqualTo(404);
    assertThat(pool.text("resource")).isEqualTo("pool");
    assertThat(empty.status()).isEqualTo(400);
    assertThat(empty.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo("size");
    assertThat(nobody.status()).isEqualTo(503);
  }

  @Test
  void answers_what_it_wrote_even_while_nobody_can_read_it_yet() {
    world.stale = true;

    Answer answer = post(path, body());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("status")).isEqualTo("scaling");
    assertThat(answer.text("name")).isEqualTo("mole");
  }

  @Test
  void lets_external_nodes_join_a_multicloud_cluster() {
    String kosmos = multicloud();

    Answer answer =
        post(
            K8S + "/clusters/" + kosmos + "/pools",
            "{\"name\":\"far\",\"node_type\":\"external\",\"size\":0}");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.text("node_type")).isEqualTo("external");
    assertThat(answer.json().get("root_volume_size").isNull()).isTrue();
  }

  @Test
  void lets_a_pool_of_a_multicloud_cluster_be_in_a_zone_of_another_region() {
    String pools = K8S + "/clusters/" + multicloud() + "/pools";
    String pool = "{\"name\":\"far\",\"node_type\":\"DEV1-M\",\"size\":1,\"zone\":\"%s\"}";

    Answer answer = post(pools, pool.formatted("nl-ams-1"));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.text("zone")).isEqualTo("nl-ams-1");
    assertThat(answer.text("region")).isEqualTo("fr-par");
    assertThat(post(pools, pool.formatted("mars-1")).status()).isEqualTo(400);
  }

  @Test
  void pages_what_was_added() {
    IntStream.range(0, 25).forEach(i -> post(path, body(pool -> pool.put("name", "p" + i))));

    assertThat(get(path).json().get("total_count").asInt()).isEqualTo(26);
    assertThat(get(path).json().get("pools")).hasSize(20);
    assertThat(get(path + "?page=2").json().get("pools")).hasSize(6);
    assertThat(get(path + "?page_size=100").json().get("pools")).hasSize(26);
    assertThat(get(path + "?page_size=101").status()).isEqualTo(400);
  }

  private String multicloud() {
    return post(K8S + "/clusters", Bodies.kosmos()).text("id");
  }
}
