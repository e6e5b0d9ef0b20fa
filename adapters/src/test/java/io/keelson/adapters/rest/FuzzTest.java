package io.keelson.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.ClusterId;
import io.keelson.projections.status.ClusterStatus.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** No call of a client causes a 500. The same seed sends the same calls. */
class FuzzTest extends EdgeTest {
  private static final int CALLS = 250;
  private static final Set<String> TYPES =
      Set.of(
          "invalid_arguments",
          "permissions_denied",
          "quotas_exceeded",
          "not_found",
          "transient_state");

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-0",
          "1",
          "-1",
          "1.0",
          "0.5",
          "1e308",
          "1e-308",
          "-1e999",
          "2147483647",
          "2147483648",
          "4294967296",
          "9223372036854775807",
          "9223372036854775808",
          "\"\"",
          "\" \"",
          "\"unknown\"",
          "\"unknown_x\"",
          "\"0\"",
          "\"true\"",
          "\"null\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\\uffff\"",
          "\"⚓\"",
          "\"é\\u0301\"",
          "\"\\u202e\"",
          "\"'; drop table cluster; --\"",
          "\"%s%n\"",
          "\"${jndi:x}\"",
          "\"../..\"",
          "\"00000000-0000-0000-0000-000000000000\"",
          "\"10.0.0.0/8\"",
          "\"1.40.3\"",
          "\"1.40.2\"",
          "\"multicloud\"",
          "\"external\"",
          "\"PRO2_S\"",
          "[]",
          "[[]]",
          "[null]",
          "[{}]",
          "{}",
          "{\"\":\"\"}",
          "{\"a\":{\"b\":null}}",
          "[\"a\",\"a\"]");

  private static final String FULL =
      """
      {"project_id": "%s", "type": "kapsule", "name": "n", "description": "d", "tags": ["t"],
       "version": "1.40.3", "cni": "cilium", "private_network_id": "%s", "organization_id": null,
       "autoscaler_config": {"scale_down_disabled": false, "scale_down_delay_after_add": "10m",
         "estimator": "binpacking", "expander": "random", "ignore_daemonsets_utilization": false,
         "balance_similar_node_groups": false, "expendable_pods_priority_cutoff": -10,
         "scale_down_unneeded_time": "10m", "scale_down_utilization_threshold": 0.5,
         "max_graceful_termination_sec": 600, "skip_nodes_with_local_storage": true,
         "log_level": 2},
       "auto_upgrade": {"enable": true, "maintenance_window": {"start_hour": 1, "day": "any"}},
       "feature_gates": ["ImageVolume"], "admission_plugins": ["PodNodeSelector"],
       "open_id_connect_config": {"issuer_url": "https://i.example", "client_id": "c",
         "username_claim": "sub", "username_prefix": "p", "groups_claim": ["g"],
         "groups_prefix": "g", "required_claim": ["k=v"]},
       "apiserver_cert_sans": ["a.example"], "pod_cidr": "10.0.0.0/16",
       "service_cidr": "10.1.0.0/16", "service_dns_ip": "10.1.0.10",
       "pools": [{"name": "p", "node_type": "DEV1-M", "placement_group_id": null,
         "autoscaling": true, "size": 1, "min_size": 0, "max_size": 3,
         "container_runtime": "containerd", "autohealing": true, "tags": ["t"],
         "kubelet_args": {"maxPods": "110"},
         "upgrade_policy": {"max_unavailable": 1, "max_surge": 1}, "zone": "fr-par-1",
         "root_volume_type": "l_ssd", "root_volume_size": 40000000000,
         "public_ip_disabled": false,
         "security_group_id": "6a7a3a0e-6c0e-4d0e-9a55-0c7a2c1d9f10", "labels": {"a": "b"},
         "taints": [{"key": "k", "value": "v", "effect": "NoSchedule"}], "startup_taints": [],
         "private_network_id": null, "version": "1.40.3",
         "user_data": {"cloud-init": "Yg=="}}]}
      """
          .formatted(Tenants.PROJECT, Bodies.NETWORK);

  private static final String METADATA =
      """
      {"labels": {"a": "b", "example.org/c": "d"},
       "taints": [{"key": "k", "value": "v", "effect": "NoSchedule"}, {"key": "l"}],
       "startup_taints": [{"key": "k", "value": "v", "effect": "NoExecute"}]}
      """;

  private static final String ACTIONS =
      """
      {"version": "1.41.1", "upgrade_pools": true, "type": "kapsule-dedicated-4",
       "private_network_id": "%s",
       "acls": [{"ip": "192.0.2.0/24", "description": "d"}, {"ip": "2001:db8::1"},
         {"scaleway_ranges": true, "description": null}]}
      """
          .formatted(Bodies.NETWORK);

  private String pool = "";

  @BeforeEach
  void create() {
    post(K8S + "/clusters", Bodies.cluster());
    pool = K8S + "/pools/" + world.pools.keySet().iterator().next();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void no_body_of_a_new_cluster_is_a_fault_of_ours(long seed) {
    Random random = new Random(seed);
    int served = 0;
    for (int i = 0; i < CALLS; i++) {
      String body = mutated(FULL, random).replace("\"name\":\"n\"", "\"name\":\"n" + i + "\"");
      served += checked(post(K8S + "/clusters", body), body);
    }
    assertThat(served).as("some are still good").isPositive().isLessThan(CALLS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"labels", "taints", "startup-taints"})
  void no_metadata_of_a_pool_is_a_fault_of_ours(String route) {
    Random random = new Random(route.hashCode());
    for (int i = 0; i < CALLS; i++) {
      String body = mutated(METADATA, random);
      checked(put(pool + "/set-" + route, body), body);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void no_body_of_a_new_or_a_changed_pool_is_a_fault_of_ours(long seed) {
    Random random = new Random(seed);
    String added = JSON.readTree(FULL).get("pools").get(0).toString();
    String cluster = world.clusters.keySet().iterator().next().toString();
    for (int i = 0; i < CALLS; i++) {
      String body = mutated(added, random).replace("\"name\":\"p\"", "\"name\":\"p" + i + "\"");
      checked(post(K8S + "/clusters/" + cluster + "/pools", body), body);
      checked(call("PATCH", pool, Tenants.ADMIN, body), body);
      checked(post(pool + "/upgrade", body), body);
      checked(
          call("PATCH", pool.replace("/pools", "/autoscaler/pools"), Tenants.ADMIN, body), body);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void no_body_of_a_change_of_a_cluster_is_a_fault_of_ours(long seed) {
    Random random = new Random(seed);
    ClusterId id = world.clusters.keySet().iterator().next();
    String cluster = K8S + "/clusters/" + id;
    for (int i = 0; i < CALLS; i++) {
      world.clusters.computeIfPresent(id, (_, row) -> Rows.in(Phase.READY, row));
      String body = mutated(FULL, random);
      checked(call("PATCH", cluster, Tenants.ADMIN, body), body);
      world.clusters.computeIfPresent(id, (_, row) -> Rows.in(Phase.READY, row));
      String actions = mutated(ACTIONS, random);
      for (String action : List.of("upgrade", "set-type", "migrate-to-private-network", "acls")) {
        checked(post(cluster + "/" + action, actions), actions);
      }
      checked(put(cluster + "/acls", actions), actions);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void no_text_in_place_of_json_is_a_fault_of_ours(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CALLS; i++) {
      StringBuilder body = new StringBuilder(FULL);
      for (int n = random.nextInt(1, 5); n > 0; n--) {
        int at = random.nextInt(body.length());
        switch (random.nextInt(3)) {
          case 0 -> body.deleteCharAt(at);
          case 1 -> body.insert(at, (char) random.nextInt(1, 0xD800));
          default -> body.setLength(at + 1);
        }
      }
      checked(post(K8S + "/clusters", body.toString()), body.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"clusters", "versions", "cluster-types", "nodes/x", "pools/x"})
  void no_query_is_a_fault_of_ours(String route) {
    Random random = new Random(route.hashCode());
    List<String> names =
        List.of("page", "page_size", "order_by", "status", "name", "type", "version", "pool_id");
    for (int i = 0; i < CALLS; i++) {
      StringBuilder query = new StringBuilder();
      for (int n = random.nextInt(4); n >= 0; n--) {
        query.append('&').append(names.get(random.nextInt(names.size()))).append('=');
        for (int c = random.nextInt(6); c > 0; c--) {
          query.append("%%%02X".formatted(random.nextInt(256)));
        }
      }
      checked(get(K8S + "/" + route + "?" + query), query.toString());
    }
  }

  /** 1 if it was served. */
  private static int checked(Answer answer, String sent) {
    assertThat(answer.header("Content-Type")).as(sent).isEqualTo("application/json");
    if (answer.status() == 200) {
      return 1;
    }
    assertThat(answer.status()).as(sent).isBetween(400, 499);
    assertThat(answer.text("type")).as(sent).isIn(TYPES);
    if (answer.status() == 400) {
      assertThat(answer.json().get("details")).as(sent).isNotEmpty();
    }
    return 0;
  }

  /** A body with one to three of its values replaced, left out, doubled or wrapped. */
  private static String mutated(String body, Random random) {
    ObjectNode root = (ObjectNode) JSON.readTree(body);
    for (int n = random.nextInt(1, 4); n > 0; n--) {
      mutate(root, random);
    }
    return root.toString();
  }

  private static void mutate(ObjectNode root, Random random) {
    List<JsonNode> places = new ArrayList<>();
    collect(root, places);
    JsonNode place = places.get(random.nextInt(places.size()));
    JsonNode value = value(random);
    if (place instanceof ObjectNode object && !object.isEmpty()) {
      List<String> names = List.copyOf(object.propertyNames());
      String name = names.get(random.nextInt(names.size()));
      switch (random.nextInt(5)) {
        case 0 -> object.remove(name);
        case 1 -> object.set(name, deep(object.get(name), random.nextInt(1, 400)));
        case 2 -> object.set("x".repeat(random.nextInt(1, 400)), value);
        default -> object.set(name, value);
      }
    } else if (place instanceof ArrayNode array) {
      if (random.nextBoolean() && !array.isEmpty()) {
        array.add(array.get(0).deepCopy());
      } else {
        array.add(value);
      }
    }
  }

  private static JsonNode value(Random random) {
    return random.nextInt(10) == 0
        ? JSON.getNodeFactory().stringNode("a".repeat(random.nextInt(6000)))
        : JSON.readTree(VALUES.get(random.nextInt(VALUES.size())));
  }

  private static JsonNode deep(JsonNode value, int depth) {
    JsonNode result = value;
    for (int i = 0; i < depth; i++) {
      result = JSON.createArrayNode().add(result);
    }
    return result;
  }

  private static void collect(JsonNode node, List<JsonNode> places) {
    if (node.isObject() || node.isArray()) {
      places.add(node);
      node.forEach(child -> collect(child, places));
    }
  }
}
