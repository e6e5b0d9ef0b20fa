package io.keelson.adapters.rest.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Tenants;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Each rule about the arguments of a new cluster, by what breaks it. */
class CreateClusterRulesTest extends EdgeTest {

  /**
   * One broken rule.
   *
   * @param at where to set the value, in dots and indexes
   * @param json the value; empty: leave the argument out
   */
  record Broken(String at, String json, String argument, String reason) {
    static Broken of(String at, String json, String reason) {
      return new Broken(at, json, at, reason);
    }
  }

  static Stream<Broken> broken() {
    List<Broken> all = new ArrayList<>();
    topLevel(all);
    settings(all);
    pools(all);
    return all.stream();
  }

  private static void topLevel(List<Broken> all) {
    String long101 = '"' + "n".repeat(101) + '"';
    all.add(Broken.of("project_id", "", "required"));
    all.add(Broken.of("project_id", "\"nowhere\"", "format"));
    all.add(
        Broken.of("project_id", "\"" + Tenants.PROJECT.toString().substring(1) + "\"", "format"));
    all.add(Broken.of("project_id", "5", "format"));
    all.add(Broken.of("organization_id", "\"" + Tenants.ORGANIZATION + "\"", "constraint"));
    all.add(Broken.of("organization_id", "\"x\"", "format"));
    all.add(Broken.of("name", "", "required"));
    all.add(Broken.of("name", "null", "required"));
    all.add(Broken.of("name", "\"\"", "required"));
    all.add(Broken.of("name", "\" \"", "required"));
    all.add(Broken.of("name", long101, "constraint"));
    all.add(Broken.of("name", "7", "format"));
    all.add(Broken.of("name", "{}", "format"));
    all.add(Broken.of("name", "[\"a\"]", "format"));
    all.add(Broken.of("name", "true", "format"));
    all.add(Broken.of("name", "\"a\\u0000b\"", "format"));
    all.add(Broken.of("name", "\"a\\u001bb\"", "format"));
    all.add(Broken.of("name", "\"a\\nb\"", "format"));
    all.add(Broken.of("name", "\"\\ud800\"", "format"));
    all.add(Broken.of("description", '"' + "d".repeat(4097) + '"', "constraint"));
    all.add(Broken.of("description", "[]", "format"));
    all.add(Broken.of("description", "\"\\u0000\"", "format"));
    all.add(Broken.of("type", "\"kapsule-dedicated-5\"", "constraint"));
    all.add(Broken.of("type", "\"KAPSULE\"", "constraint"));
    all.add(Broken.of("type", long101, "constraint"));
    all.add(Broken.of("type", "1", "format"));
    all.add(Broken.of("version", "", "required"));
    all.add(Broken.of("version", "\"latest\"", "format"));
    all.add(Broken.of("version", "\"1.40\"", "format"));
    all.add(Broken.of("version", "\"v1.40.3\"", "format"));
    all.add(Broken.of("version", "1.4", "format"));
    all.add(Broken.of("version", "\"111.111.111\"", "constraint"));
    all.add(Broken.of("version", "\"1.40.9\"", "constraint"));
    all.add(Broken.of("version", "\"1.42.0\"", "constraint"));
    all.add(Broken.of("version", "\"1.40.1\"", "constraint"));
    all.add(Broken.of("version", "\"1.38.9\"", "constraint"));
    all.add(Broken.of("version", "\"1.37.9\"", "constraint"));
    all.add(Broken.of("cni", "\"weave\"", "constraint"));
    all.add(Broken.of("cni", "\"kilo\"", "constraint"));
    all.add(Broken.of("cni", "\"cillium\"", "constraint"));
    all.add(Broken.of("cni", "\"unknown\"", "constraint"));
    all.add(Broken.of("cni", "\"unknown_runtime\"", "constraint"));
    all.add(Broken.of("cni", "\"default_volume_type\"", "constraint"));
    all.add(Broken.of("cni", "0", "format"));
    all.add(Broken.of("tags", "\"a\"", "format"));
    all.add(Broken.of("tags", "{\"a\":1}", "format"));
    all.add(new Broken("tags", "[\"a\",1]", "tags.1", "format"));
    all.add(new Broken("tags", "[null]", "tags.0", "format"));
    all.add(new Broken("tags", "[\"" + "t".repeat(256) + "\"]", "tags.0", "constraint"));
    all.add(Broken.of("tags", "[" + "\"a\",".repeat(500) + "\"a\"]", "constraint"));
    all.add(Broken.of("feature_gates", "{}", "format"));
    all.add(new Broken("feature_gates", "[\"Gills\"]", "feature_gates.0", "constraint"));
    all.add(
        new Broken(
            "admission_plugins",
            "[\"PodNodeSelector\",\"AlwaysDeny\"]",
            "admission_plugins.1",
            "constraint"));
    all.add(new Broken("apiserver_cert_sans", "[\"a b\"]", "apiserver_cert_sans.0", "format"));
    all.add(Broken.of("private_network_id", "null", "required"));
    all.add(Broken.of("private_network_id", "\"pn\"", "format"));
    all.add(Broken.of("private_network_id", "{}", "format"));
    all.add(Broken.of("pod_cidr", "\"10.0.0.0\"", "format"));
    all.add(Broken.of("pod_cidr", "\"10.0.0.1/16\"", "format"));
    all.add(Broken.of("pod_cidr", "\"10.0.0.256/24\"", "format"));
    all.add(Broken.of("pod_cidr", "\"10.0.0.0/33\"", "format"));
    all.add(Broken.of("pod_cidr", "\"10.0.0.0/28\"", "constraint"));
    all.add(Broken.of("pod_cidr", "\"fd00::/64\"", "format"));
    all.add(Broken.of("pod_cidr", "\"10.32.0.0/16\"", "constraint"));
    all.add(Broken.of("service_cidr", "\"100.64.0.0/20\"", "constraint"));
    all.add(Broken.of("service_cidr", "\"0.0.0.0/0\"", "constraint"));
    all.add(Broken.of("service_cidr", "5", "format"));
    all.add(Broken.of("service_dns_ip", "\"10.33.0.10\"", "constraint"));
    all.add(Broken.of("service_dns_ip", "\"10.32.0.0\"", "constraint"));
    all.add(Broken.of("service_dns_ip", "\"dns\"", "format"));
    all.add(Broken.of("pools", "{}", "format"));
    all.add(Broken.of("pools", "\"quay\"", "format"));
    all.add(new Broken("pools", "[1]", "pools.0", "format"));
    all.add(new Broken("pools", "[null]", "pools.0", "format"));
    all.add(Broken.of("pools", "[" + "{},".repeat(50) + "{}]", "constraint"));
  }

  private static void settings(List<Broken> all) {
    String autoscaler = "autoscaler_config";
    all.add(Broken.of(autoscaler, "[]", "format"));
    all.add(Broken.of(autoscaler + ".scale_down_disabled", "\"true\"", "format"));
    all.add(Broken.of(autoscaler + ".scale_down_disabled", "0", "format"));
    all.add(Broken.of(autoscaler + ".scale_down_delay_after_add", "\"soon\"", "format"));
    all.add(Broken.of(autoscaler + ".scale_down_delay_after_add", "\"10\"", "format"));
    all.add(Broken.of(autoscaler + ".scale_down_unneeded_time", "\"-1m\"", "format"));
    all.add(Broken.of(autoscaler + ".scale_down_unneeded_time", "600", "format"));
    all.add(Broken.of(autoscaler + ".estimator", "\"guess\"", "constraint"));
    all.add(Broken.of(autoscaler + ".expander", "\"RANDOM\"", "constraint"));
    all.add(Broken.of(autoscaler + ".estimator", "\"unknown_expander\"", "constraint"));
    all.add(Broken.of(autoscaler + ".expander", "\"unknown\"", "constraint"));
    all.add(Broken.of(autoscaler + ".log_level", "5", "constraint"));
    all.add(Broken.of(autoscaler + ".log_level", "-1", "constraint"));
    all.add(Broken.of(autoscaler + ".log_level", "1.5", "format"));
    all.add(Broken.of(autoscaler + ".log_level", "1.0", "format"));
    all.add(Broken.of(autoscaler + ".log_level", "\"1\"", "format"));
    all.add(Broken.of(autoscaler + ".scale_down_utilization_threshold", "0", "constraint"));
    all.add(Broken.of(autoscaler + ".scale_down_utilization_threshold", "1", "constraint"));
    all.add(Broken.of(autoscaler + ".scale_down_utilization_threshold", "1e999", "constraint"));
    all.add(Broken.of(autoscaler + ".scale_down_utilization_threshold", "\"0.5\"", "format"));
    all.add(Broken.of(autoscaler + ".expendable_pods_priority_cutoff", "2147483648", "constraint"));
    all.add(Broken.of(autoscaler + ".max_graceful_termination_sec", "-1", "constraint"));
    all.add(Broken.of(autoscaler + ".max_graceful_termination_sec", "4294967296", "constraint"));
    all.add(Broken.of("auto_upgrade", "true", "format"));
    all.add(Broken.of("auto_upgrade.enable", "1", "format"));
    all.add(Broken.of("auto_upgrade.maintenance_window", "\"any\"", "format"));
    all.add(Broken.of("auto_upgrade.maintenance_window.start_hour", "24", "constraint"));
    all.add(Broken.of("auto_upgrade.maintenance_window.start_hour", "-1", "constraint"));
    all.add(Broken.of("auto_upgrade.maintenance_window.day", "\"someday\"", "constraint"));
    all.add(Broken.of("auto_upgrade.maintenance_window.day", "\"unknown\"", "constraint"));
    String openId = "open_id_connect_config";
    all.add(Broken.of(openId, "3", "format"));
    all.add(
        new Broken(
            openId,
            "{\"issuer_url\":\"http://id.example.org\",\"client_id\":\"k8s\"}",
            openId + ".issuer_url",
            "format"));
    all.add(Broken.of(openId + ".issuer_url", "\"https://" + "i".repeat(250) + "\"", "constraint"));
    all.add(
        new Broken(
            openId + ".issuer_url",
            "\"https://id.example.org\"",
            openId + ".client_id",
            "required"));
    all.add(new Broken(openId + ".client_id", "\"k8s\"", openId + ".issuer_url", "required"));
    all.add(Broken.of(openId + ".username_claim", '"' + "c".repeat(101) + '"', "constraint"));
    all.add(
        new Broken(
            openId + ".groups_claim",
            "[\"" + "c".repeat(101) + "\"]",
            openId + ".groups_claim.0",
            "constraint"));
    all.add(
        new Broken(
            openId + ".required_claim", "[\"a=b\",\"c\"]", openId + ".required_claim.1", "format"));
  }

  private static void pools(List<Broken> all) {
    String pool = "pools.0.";
    all.add(Broken.of(pool + "name", "", "required"));
    all.add(Broken.of(pool + "name", '"' + "p".repeat(101) + '"', "constraint"));
    all.add(Broken.of(pool + "name", "\" \"", "required"));
    all.add(Broken.of(pool + "name", "\"a\\nb\"", "format"));
    all.add(Broken.of(pool + "name", "\"a\\tb\"", "format"));
    all.add(Broken.of(pool + "node_type", "", "required"));
    all.add(Broken.of(pool + "node_type", "\"ROWBOAT-1\"", "constraint"));
    all.add(Broken.of(pool + "node_type", "\"external\"", "constraint"));
    all.add(Broken.of(pool + "node_type", "9", "format"));
    all.add(Broken.of(pool + "size", "", "required"));
    all.add(Broken.of(pool + "size", "null", "required"));
    all.add(Broken.of(pool + "size", "0", "constraint"));
    all.add(Broken.of(pool + "size", "-1", "constraint"));
    all.add(Broken.of(pool + "size", "\"1\"", "format"));
    all.add(Broken.of(pool + "size", "1.5", "format"));
    all.add(Broken.of(pool + "size", "1e3", "format"));
    all.add(Broken.of(pool + "size", "4294967297", "constraint"));
    all.add(Broken.of(pool + "size", "9".repeat(400), "constraint"));
    all.add(Broken.of(pool + "min_size", "-1", "constraint"));
    all.add(Broken.of(pool + "max_size", "\"many\"", "format"));
    all.add(Broken.of(pool + "autoscaling", "\"yes\"", "format"));
    all.add(Broken.of(pool + "autohealing", "2", "format"));
    all.add(Broken.of(pool + "container_runtime", "\"docker\"", "constraint"));
    all.add(Broken.of(pool + "container_runtime", "\"steam\"", "constraint"));
    all.add(Broken.of(pool + "container_runtime", "\"unknown_cni\"", "constraint"));
    all.add(Broken.of(pool + "zone", "\"nl-ams-1\"", "constraint"));
    all.add(Broken.of(pool + "zone", "\"fr-par\"", "constraint"));
    all.add(Broken.of(pool + "root_volume_type", "\"floppy\"", "constraint"));
    all.add(Broken.of(pool + "root_volume_type", "\"unknown_type\"", "constraint"));
    all.add(Broken.of(pool + "root_volume_size", "1000", "constraint"));
    all.add(Broken.of(pool + "root_volume_size", "40000000001", "constraint"));
    all.add(Broken.of(pool + "root_volume_size", "9".repeat(30), "constraint"));
    all.add(Broken.of(pool + "root_volume_size", "20000000000.5", "format"));
    all.add(Broken.of(pool + "placement_group_id", "\"pg\"", "format"));
    all.add(Broken.of(pool + "security_group_id", "\"sg\"", "format"));
    all.add(Broken.of(pool + "private_network_id", "0", "format"));
    all.add(Broken.of(pool + "public_ip_disabled", "{}", "format"));
    all.add(new Broken(pool + "tags", "[1]", pool + "tags.0", "format"));
    all.add(Broken.of(pool + "kubelet_args", "[]", "format"));
    all.add(Broken.of(pool + "kubelet_args.node-labels", "\"a=b\"", "constraint"));
    all.add(Broken.of(pool + "kubelet_args.maxPods", "110", "format"));
    all.add(Broken.of(pool + "kubelet_args.maxPods", "\"65536\"", "format"));
    all.add(Broken.of(pool + "kubelet_args.cpuManagerPolicy", "\"dynamic\"", "format"));
    all.add(Broken.of(pool + "upgrade_policy", "1", "format"));
    all.add(Broken.of(pool + "upgrade_policy.max_unavailable", "0", "constraint"));
    all.add(Broken.of(pool + "upgrade_policy.max_surge", "-1", "constraint"));
    all.add(Broken.of(pool + "kubelet_args", entries(101), "constraint"));
    all.add(Broken.of(pool + "labels", "[]", "format"));
    all.add(Broken.of(pool + "labels", entries(101), "constraint"));
    all.add(Broken.of(pool + "labels.a", "1", "format"));
    for (String taints : List.of(pool + "taints", pool + "startup_taints")) {
      all.add(Broken.of(taints, "{}", "format"));
      all.add(Broken.of(taints, "[" + "{},".repeat(100) + "{}]", "constraint"));
      all.add(new Broken(taints, "[\"k\"]", taints + ".0", "format"));
      all.add(new Broken(taints, "[{},{\"key\":1}]", taints + ".1.key", "format"));
      all.add(new Broken(taints, "[{\"value\":true}]", taints + ".0.value", "format"));
      all.add(new Broken(taints, "[{\"effect\":{}}]", taints + ".0.effect", "format"));
    }
  }

  private static String entries(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"k" + i + "\":\"v\"")
        .collect(Collectors.joining(",", "{", "}"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void is_refused_with_its_argument(Broken broken) {
    Answer answer = post(K8S + "/clusters", with(broken));

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.text("type")).isEqualTo("invalid_arguments");
    assertThat(answer.text("message")).isEqualTo("invalid argument(s)");
    JsonNode details = answer.json().get("details");
    assertThat(details).as(answer.body()).hasSize(1);
    assertThat(details.get(0).get("argument_name").asString()).isEqualTo(broken.argument);
    assertThat(details.get(0).get("reason").asString()).isEqualTo(broken.reason);
    assertThat(details.get(0).get("help_message").asString()).isNotBlank();
    assertThat(world.sent).isEmpty();
  }

  @Test
  void are_told_all_at_once() {
    Answer answer =
        post(
            K8S + "/clusters",
            Bodies.cluster(
                body -> {
                  body.put("name", "").put("version", "1.38.9").put("cni", "rope");
                  Bodies.pool(body).put("size", -1).put("zone", "mars-1");
                }));

    assertThat(
            answer.json().get("details").valueStream().map(d -> d.get("argument_name").asString()))
        .containsExactlyInAnyOrder("name", "version", "cni", "pools.0.size", "pools.0.zone");
  }

  @Test
  void forbid_two_pools_of_one_name() {
    Answer answer =
        post(
            K8S + "/clusters",
            Bodies.cluster(
                body -> ((ArrayNode) body.get("pools")).add(Bodies.pool(body).deepCopy())));

    assertThat(answer.json().get("details").toString())
        .isEqualTo(
            "[{\"argument_name\":\"pools.1.name\",\"help_message\":\"pool name must be unique"
                + " across the cluster\",\"reason\":\"constraint\"}]");
  }

  @Test
  void forbid_a_private_network_for_a_multicloud_cluster() {
    Answer answer =
        post(
            K8S + "/clusters",
            Bodies.cluster(body -> body.put("type", "multicloud").put("cni", "kilo")));

    assertThat(answer.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo("private_network_id");
  }

  @Test
  void hold_an_autoscaled_pool_between_its_bounds() {
    Answer answer =
        post(
            K8S + "/clusters",
            Bodies.cluster(
                body ->
                    Bodies.pool(body).put("autoscaling", true).put("size", 4).put("max_size", 3)));

    assertThat(answer.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo("pools.0.size");
  }

  @Test
  void forbid_bounds_that_cross() {
    Answer answer =
        post(
            K8S + "/clusters",
            Bodies.cluster(body -> Bodies.pool(body).put("min_size", 3).put("max_size", 2)));

    assertThat(answer.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo("pools.0.min_size");
  }

  private static String with(Broken broken) {
    String body = Bodies.cluster();
    ObjectNode root = (ObjectNode) JSON.readTree(body);
    List<String> path = List.of(broken.at.split("\\.", -1));
    JsonNode node = root;
    for (String step : path.subList(0, path.size() - 1)) {
      JsonNode next = node.isArray() ? node.get(Integer.parseInt(step)) : node.get(step);
      node = next == null || next.isNull() ? ((ObjectNode) node).putObject(step) : next;
    }
    ObjectNode owner = (ObjectNode) node;
    owner.remove(path.getLast());
    if (broken.json.isEmpty()) {
      return root.toString();
    }
    owner.put(path.getLast(), "@@");
    return root.toString().replace("\"@@\"", broken.json);
  }

  @Test
  void allow_fifty_pools() {
    Answer answer =
        post(
            K8S + "/clusters",
            Bodies.cluster(
                body -> {
                  for (int i = 1; i < 50; i++) {
                    ((ArrayNode) body.get("pools"))
                        .add(Bodies.pool(body).deepCopy().put("name", "quay " + i));
                  }
                }));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(world.pools).hasSize(50);
  }
}
