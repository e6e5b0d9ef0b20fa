package io.keelson.adapters.rest.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Rows;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.commands.Id;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterCommand.CreateCluster;
import io.keelson.projections.status.ClusterStatus.Phase;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class CreateClusterTest extends EdgeTest {
  private static final String CLUSTERS = K8S + "/clusters";

  @Test
  void answers_the_whole_cluster_in_the_order_of_the_recordings() {
    Answer answer = post(CLUSTERS, Bodies.cluster());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    String id = answer.text("id");
    assertThat(id).matches(Id.FORM);
    assertThat(answer.body())
        .isEqualTo(
            """
            {"region":"fr-par","id":"%1$s","organization_id":"%2$s","project_id":"%3$s",\
            "created_at":"2030-05-04T03:02:01.123456Z","updated_at":"2030-05-04T03:02:01.123456Z",\
            "type":"kapsule","name":"harbour","description":"","status":"creating",\
            "version":"1.40.3","cni":"cilium","tags":[],\
            "cluster_url":"https://%1$s.api.k8s.fr-par.scw.cloud:6443",\
            "dns_wildcard":"*.%1$s.nodes.k8s.fr-par.scw.cloud",\
            "autoscaler_config":{"scale_down_disabled":false,"scale_down_delay_after_add":"10m",\
            "estimator":"binpacking","expander":"random","ignore_daemonsets_utilization":false,\
            "balance_similar_node_groups":false,"expendable_pods_priority_cutoff":-10,\
            "scale_down_unneeded_time":"10m","scale_down_utilization_threshold":0.5,\
            "max_graceful_termination_sec":600,"skip_nodes_with_local_storage":true,\
            "log_level":2},\
            "auto_upgrade":{"enabled":false,"maintenance_window":{"start_hour":0,"day":"any"}},\
            "upgrade_available":true,"feature_gates":[],"admission_plugins":[],\
            "open_id_connect_config":{"issuer_url":"","client_id":"","username_claim":"",\
            "username_prefix":"","groups_claim":[],"groups_prefix":"","required_claim":[]},\
            "apiserver_cert_sans":[],"private_network_id":"%4$s",\
            "commitment_ends_at":"2030-05-04T03:02:01.123456Z","acl_available":true,\
            "iam_nodes_group_id":"","pod_cidr":"100.64.0.0/15","service_cidr":"10.32.0.0/20",\
            "service_dns_ip":"10.32.0.10"}\
            """
                .formatted(id, Tenants.ORGANIZATION, Tenants.PROJECT, Bodies.NETWORK));
    assertThat(world.sent(CreateCluster.class)).hasSize(1);
  }

  @Test
  void keeps_every_setting_that_is_given() {
    Answer answer =
        post(
            CLUSTERS,
            Bodies.cluster(
                body -> {
                  body.put("type", "kapsule-dedicated-8").put("description", "line 1\nline 2 ⚓");
                  body.put("cni", "calico").put("version", "1.40.2");
                  body.putArray("tags").add("b").add("a");
                  body.putArray("feature_gates").add("ImageVolume");
                  body.putArray("admission_plugins").add("AlwaysPullImages");
                  body.putArray("apiserver_cert_sans").add("api.example.org");
                  body.put("pod_cidr", "10.0.0.0/16").put("service_cidr", "172.20.0.0/16");
                  body.putObject("autoscaler_config")
                      .put("expander", "priority")
                      .put("estimator", "unknown_estimator")
                      .put("scale_down_utilization_threshold", 0.25)
                      .put("expendable_pods_priority_cutoff", 0)
                      .put("max_graceful_termination_sec", 0)
                      .put("skip_nodes_with_local_storage", false)
                      .putNull("log_level");
                  body.putObject("auto_upgrade")
                      .put("enable", true)
                      .putObject("maintenance_window")
                      .put("start_hour", 23)
                      .put("day", "sunday");
                  ObjectNode openId = body.putObject("open_id_connect_config");
                  openId.put("issuer_url", "https://id.example.org").put("client_id", "k8s");
                  openId.putArray("required_claim").add("hd=example.org");
                }));

    assertThat(answer.status()).isEqualTo(200);
    JsonNode cluster = answer.json();
    assertThat(cluster.get("type").asString()).isEqualTo("kapsule-dedicated-8");
    assertThat(cluster.get("description").asString()).isEqualTo("line 1\nline 2 ⚓");
    assertThat(cluster.get("tags").toString()).isEqualTo("[\"b\",\"a\"]");
    assertThat(cluster.get("commitment_ends_at").asString())
        .isEqualTo("2030-06-03T03:02:01.123456Z");
    assertThat(cluster.get("service_dns_ip").asString()).isEqualTo("172.20.0.10");
    JsonNode autoscaler = cluster.get("autoscaler_config");
    assertThat(autoscaler.get("expander").asString()).isEqualTo("priority");
    assertThat(autoscaler.get("estimator").asString()).isEqualTo("binpacking");
    assertThat(autoscaler.get("expendable_pods_priority_cutoff").asInt()).isZero();
    assertThat(autoscaler.get("max_graceful_termination_sec").asInt()).isZero();
    assertThat(autoscaler.get("skip_nodes_with_local_storage").asBoolean()).isFalse();
    assertThat(autoscaler.get("log_level").asInt()).isEqualTo(2);
    assertThat(cluster.get("auto_upgrade").toString())
        .isEqualTo(
            "{\"enabled\":true,\"maintenance_window\":{\"start_hour\":23,\"day\":\"sunday\"}}");
    assertThat(cluster.get("open_id_connect_config").get("required_claim").toString())
        .isEqualTo("[\"hd=example.org\"]");
  }

  @Test
  void resolves_every_default_of_its_pools() {
    String id =
        post(
                CLUSTERS,
                Bodies.cluster(
                    body -> {
                      Bodies.pool(body).putObject("labels").put("not even", "a label!");
                      Bodies.pool(body).putArray("taints").addObject().put("key", "k");
                      ((ArrayNode) body.get("pools"))
                          .addObject()
                          .put("name", "mole")
                          .put("node_type", "PRO2_XXS")
                          .put("size", 0)
                          .put("zone", "fr-par-2");
                    }))
            .text("id");

    JsonNode pools = get(CLUSTERS + "/" + id + "/pools").json().get("pools");

    JsonNode quay = pools.get(0);
    assertThat(quay.toString())
        .isEqualTo(
            """
            {"region":"fr-par","id":"%s","cluster_id":"%s",\
            "created_at":"2030-05-04T03:02:01.123456Z","updated_at":"2030-05-04T03:02:01.123456Z",\
            "name":"quay","status":"scaling","version":"1.40.3","node_type":"dev1_m",\
            "autoscaling":false,"size":1,"min_size":0,"max_size":1,\
            "container_runtime":"containerd","autohealing":false,"tags":[],\
            "placement_group_id":null,"kubelet_args":{},\
            "upgrade_policy":{"max_unavailable":1,"max_surge":0},"zone":"fr-par-1",\
            "root_volume_type":"l_ssd","root_volume_size":40000000000,\
            "public_ip_disabled":false,"security_group_id":"%s","labels":{},"taints":[],\
            "startup_taints":[],"private_network_id":null,"error_message":null}\
            """
                .formatted(
                    quay.get("id").asString(), id, quay.get("security_group_id").asString()));
    JsonNode mole = pools.get(1);
    assertThat(mole.get("node_type").asString()).isEqualTo("pro2_xxs");
    assertThat(mole.get("root_volume_type").asString()).isEqualTo("sbs_5k");
    assertThat(mole.get("root_volume_size").asLong()).isEqualTo(20_000_000_000L);
    assertThat(mole.get("zone").asString()).isEqualTo("fr-par-2");
    assertThat(mole.get("size").asInt()).isZero();
    assertThat(mole.get("security_group_id")).isNotEqualTo(quay.get("security_group_id"));
  }

  @Test
  void takes_a_multicloud_cluster_with_external_nodes_and_without_a_network() {
    Answer answer =
        post(
            CLUSTERS,
            Bodies.cluster(
                body -> {
                  body.put("type", "multicloud").put("cni", "unknown_cni");
                  body.putNull("private_network_id");
                  Bodies.pool(body).put("node_type", "external").put("size", 0);
                }));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("cni")).isEqualTo("kilo");
    assertThat(answer.json().get("private_network_id").isNull()).isTrue();
    JsonNode pool = get(CLUSTERS + "/" + answer.text("id") + "/pools").json().get("pools").get(0);
    assertThat(pool.get("node_type").asString()).isEqualTo("external");
    assertThat(pool.get("root_volume_size").isNull()).isTrue();
  }

  @Test
  void falls_into_the_default_project_when_only_the_organization_is_named() {
    Answer answer =
        post(
            CLUSTERS,
            Bodies.cluster(
                body -> {
                  body.putNull("project_id");
                  body.put("organization_id", Tenants.ORGANIZATION.toString());
                }));

    assertThat(answer.text("project_id")).isEqualTo(Tenants.PROJECT.toString());
  }

  @Test
  void takes_a_body_whose_type_is_not_said_and_ignores_what_it_does_not_know() {
    Answer answer =
        call(
            "POST",
            CLUSTERS,
            Tenants.ADMIN,
            Bodies.cluster(body -> body.put("enable_dashboard", true).putObject("ingress")),
            Map.of("Content-Type", "application/json; charset=utf-8", "Accept", "text/html"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void refuses_a_name_that_another_cluster_of_the_project_has() {
    post(CLUSTERS, Bodies.named("twin"));

    Answer answer = post(CLUSTERS, Bodies.named("twin"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo(
            "{\"details\":[{\"argument_name\":\"name\",\"help_message\":\"cluster name must be"
                + " unique across the project\",\"reason\":\"constraint\"}],"
                + "\"message\":\"invalid argument(s)\",\"type\":\"invalid_arguments\"}");
  }

  @Test
  void says_which_quota_more_nodes_than_the_type_has_would_exceed() {
    Answer answer =
        post(
            CLUSTERS,
            Bodies.cluster(
                body -> {
                  Bodies.pool(body).put("size", 100);
                  ((ArrayNode) body.get("pools"))
                      .add(Bodies.pool(body).deepCopy().put("name", "b").put("size", 51));
                }));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.json().toString())
        .isEqualTo(
            "{\"details\":[{\"current\":151,\"project_id\":\"%s\",\"quota\":150,"
                    .formatted(Tenants.PROJECT)
                + "\"resource\":\"cluster_nodes\"}],\"message\":\"quota exceeded\","
                + "\"type\":\"quotas_exceeded\"}");
    assertThat(world.sent).isEmpty();
  }

  @Test
  void answers_a_repeat_with_the_same_key_as_before_and_without_a_second_effect() {
    Map<String, String> key = Map.of("Idempotency-Key", "order-66/a_b");
    Answer first = call("POST", CLUSTERS, Tenants.ADMIN, Bodies.cluster(), key);
    ClusterId id = ClusterId.of(first.text("id"));
    world.clusters.compute(id, (_, row) -> Rows.in(Phase.READY, Objects.requireNonNull(row)));

    Answer second = call("POST", CLUSTERS, Tenants.ADMIN, Bodies.cluster(), key);

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(world.clusters).hasSize(1);
    assertThat(world.sent(CreateCluster.class)).hasSize(2);
    assertThat(Set.copyOf(world.sent(CreateCluster.class))).hasSize(1);
  }

  @Test
  void refuses_the_same_key_with_another_body_naming_the_header() {
    Map<String, String> key = Map.of("Idempotency-Key", "k1");
    String id = call("POST", CLUSTERS, Tenants.ADMIN, Bodies.named("a"), key).text("id");

    Answer answer = call("POST", CLUSTERS, Tenants.ADMIN, Bodies.named("b"), key);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text("type")).isEqualTo("already_exists");
    assertThat(answer.text("resource")).isEqualTo("cluster");
    assertThat(answer.text("resource_id")).isEqualTo(id);
    assertThat(answer.text("help_message")).contains("Idempotency-Key");
  }

  @Test
  void gives_other_ids_for_another_key_another_region_project_and_organization() {
    String siblings =
        Bodies.cluster(body -> body.put("project_id", Tenants.SIBLING_PROJECT.toString()));
    String theirs =
        Bodies.cluster(body -> body.put("project_id", Tenants.OTHER_PROJECT.toString()));
    String italy = "/k8s/v1/regions/it-mil/clusters";
    Map<String, String> key = Map.of("Idempotency-Key", "k");
    String here = call("POST", CLUSTERS, Tenants.ADMIN, Bodies.named("a"), key).text("id");
    String there = call("POST", italy, Tenants.ADMIN, Bodies.named("b"), key).text("id");
    String other = call("POST", CLUSTERS, Tenants.STRANGER, theirs, key).text("id");
    String beside = call("POST", CLUSTERS, Tenants.SIBLING, siblings, key).text("id");
    String next =
        call("POST", CLUSTERS, Tenants.ADMIN, Bodies.named("c"), Map.of("Idempotency-Key", "k2"))
            .text("id");

    assertThat(Set.of(here, there, other, beside, next)).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/k8s/v1/regions/fr-par/clusters;a=1",
        "/k8s/v1/regions/%66r-par/clusters",
        "/k8s/v1/regions/fr-par;b=2/%63lusters"
      })
  void takes_a_repeat_as_one_however_its_path_is_spelt(String path) {
    Map<String, String> key = Map.of("Idempotency-Key", "k");
    Answer first = call("POST", CLUSTERS, Tenants.ADMIN, Bodies.cluster(), key);

    Answer second = call("POST", path, Tenants.ADMIN, Bodies.cluster(), key);

    assertThat(second.status()).as(second.body()).isEqualTo(200);
    assertThat(second.text("id")).isEqualTo(first.text("id"));
    assertThat(world.clusters).hasSize(1);
  }

  @Test
  void refuses_a_key_that_is_empty_too_long_or_not_visible() {
    for (String key : new String[] {" ", "a b", "k".repeat(256)}) {
      Answer answer =
          call("POST", CLUSTERS, Tenants.ADMIN, Bodies.cluster(), Map.of("Idempotency-Key", key));

      assertThat(answer.status()).as(key).isEqualTo(400);
      assertThat(answer.json().get("details").get(0).get("argument_name").asString())
          .isEqualTo("Idempotency-Key");
    }
    assertThat(world.sent).isEmpty();
  }

  @Test
  void gives_every_thing_that_it_makes_an_id_of_its_own() {
    post(CLUSTERS, Bodies.cluster());

    CreateCluster command = world.sent(CreateCluster.class).getFirst();
    Set<Id> ids = command.pools().stream().map(pool -> (Id) pool.id()).collect(Collectors.toSet());
    ids.add(command.clusterId());
    ids.add(command.operation());
    assertThat(ids.stream().map(Id::value)).doesNotHaveDuplicates().hasSize(3);
  }

  @Test
  void says_on_whose_behalf_and_in_which_call_it_was_asked_for() {
    Answer answer = post(CLUSTERS, Bodies.cluster());

    assertThat(world.origins.getFirst().principal())
        .isEqualTo(tenants.accessKey(Tenants.ADMIN).value());
    assertThat(world.origins.getFirst().requestId()).isEqualTo(answer.header("X-Request-Id"));
  }

  @Test
  void answers_what_it_wrote_even_while_nobody_can_read_it_yet() {
    world.stale = true;

    Answer answer = post(CLUSTERS, Bodies.cluster());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("status")).isEqualTo("creating");
    assertThat(answer.text("created_at")).isEqualTo("2030-05-04T03:02:01.123456Z");
  }

  @Test
  void answers_what_it_wrote_even_when_the_read_side_fails_afterwards() {
    world.blindness = new DataAccessResourceFailureException("gone");

    Answer answer = post(CLUSTERS, Bodies.cluster());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(world.sent(CreateCluster.class)).hasSize(1);
  }

  @Test
  void says_503_with_a_time_to_come_back_when_the_store_is_gone() {
    world.refusal = new StoreUnavailable("gone", new IllegalStateException("no route to host"));

    Answer answer = post(CLUSTERS, Bodies.cluster());

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.header("Retry-After")).isEqualTo("2");
    assertThat(answer.text("type")).isEqualTo("unavailable");
    assertThat(answer.body()).doesNotContain("route");
  }

  @Test
  void says_what_the_domain_refuses_as_an_invalid_argument() {
    world.refusal = new CommandRejected(Reason.INVALID, "must be afloat", "description");

    Answer answer = post(CLUSTERS, Bodies.cluster());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("details").toString())
        .isEqualTo(
            "[{\"argument_name\":\"description\",\"help_message\":\"must be afloat\","
                + "\"reason\":\"constraint\"}]");
  }

  @Test
  void does_not_offer_an_upgrade_from_the_newest_version() {
    assertThat(
            post(CLUSTERS, Bodies.cluster(body -> body.put("version", "1.41.1")))
                .json()
                .get("upgrade_available")
                .asBoolean())
        .isFalse();
    assertThat(world.sent(CreateCluster.class).getFirst().operation())
        .isInstanceOf(OperationId.class);
  }
}
