package io.keelson.infra.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.infra.e2e.RunningApi.Response;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Routes of older clients that no client library calls, and the exact form of responses. */
@Timeout(600)
@ExtendWith(Keelson.Started.class)
class RawRoutesTest {

  @Test
  void an_unknown_route_is_not_found(Keelson keelson) throws Exception {
    RunningApi api = new RunningApi(keelson.environment());

    for (Response response :
        List.of(
            api.get("/harbours"),
            api.post("/clusters/" + UUID.randomUUID() + "/launch", "{}"),
            api.send("GET", "/k8s/v1beta4/regions/fr-par/clusters", null),
            api.send("DELETE", "/nothing", null))) {
      assertThat(response.status()).isEqualTo(404);
      assertThat(response.contentType()).isEqualTo("application/json");
      assertThat(response.body()).isEqualTo("{\"message\":\"Not Found\"}");
      assertThat(UUID.fromString(response.requestId())).hasToString(response.requestId());
    }
  }

  @Test
  void the_gateway_names_its_platform(Keelson keelson) throws Exception {
    JsonNode metadata = new RunningApi(keelson.environment()).send("GET", "/metadata", null).ok();

    for (String name : List.of("platform", "partition", "domain")) {
      assertThat(metadata.path(name).asString("")).as(name).isNotEmpty();
    }
  }

  @Test
  void older_clients_move_pools_to_newer_images(Keelson keelson) throws Exception {
    RunningApi api = new RunningApi(keelson.environment());
    String cluster = api.readyCluster("images");
    String path = "/clusters/" + cluster + "/migrate-pools-to-new-images";
    String pool =
        api.get("/clusters/" + cluster + "/pools").ok().path("pools").path(0).path("id").asString();

    for (String body :
        List.of("{}", "{\"pool_ids\": null}", "{\"pool_ids\": [\"" + pool + "\"]}")) {
      Response response = api.post(path, body);
      assertThat(response.status()).as(response.body()).isIn(200, 204);
      api.awaitReady("/clusters/" + cluster);
      api.awaitReady("/pools/" + pool);
    }
    api.post("/clusters/" + UUID.randomUUID() + "/migrate-pools-to-new-images", "{}")
        .isRefused(404, "not_found");
  }

  @Test
  void older_clients_replace_a_node_by_deleting_it(Keelson keelson) throws Exception {
    RunningApi api = new RunningApi(keelson.environment());
    String cluster = api.readyCluster("replaced");
    JsonNode node = api.get("/clusters/" + cluster + "/nodes").ok().path("nodes").path(0);
    String pool = node.path("pool_id").asString();
    String replaced = node.path("id").asString();

    JsonNode response = api.delete("/nodes/" + replaced + "?replace=true&skip_drain=false").ok();

    assertThat(response.path("id").asString()).isEqualTo(replaced);
    api.awaitDeleted("/nodes/" + replaced);
    assertThat(api.awaitReady("/pools/" + pool).path("size").asInt()).isEqualTo(2);
    JsonNode nodes =
        api.await(
            "/clusters/" + cluster + "/nodes?status=ready",
            list -> list.path("total_count").asInt() == 2);
    assertThat(nodes.path("nodes").valueStream().map(found -> found.path("id").asString()))
        .doesNotContain(replaced);
  }

  @Test
  void nulls_and_unknown_values_change_nothing(Keelson keelson) throws Exception {
    RunningApi api = new RunningApi(keelson.environment());
    String path = "/clusters/" + api.readyCluster("nulls");
    JsonNode before = api.get(path).ok();

    JsonNode changed =
        api.patch(
                path,
                """
                {"name": null, "tags": null, "enable_dashboard": true,
                 "autoscaler_config": {"estimator": "unknown_estimator", "expander": null},
                 "auto_upgrade": {"enable": null, "maintenance_window": null},
                 "open_id_connect_config": {"issuer_url": null}}
                """)
            .ok();

    assertThat(changed.path("status").asString()).isEqualTo("updating");
    JsonNode after = api.awaitReady(path);
    for (String name :
        List.of("name", "tags", "autoscaler_config", "auto_upgrade", "open_id_connect_config")) {
      assertThat(after.path(name)).as(name).isEqualTo(before.path(name));
    }
  }

  @Test
  void access_rules_are_replaced_by_an_empty_list(Keelson keelson) throws Exception {
    RunningApi api = new RunningApi(keelson.environment());
    String cluster = "/clusters/" + api.readyCluster("rules");

    JsonNode rules = api.get(cluster + "/acls?page=1&page_size=50").ok();
    assertThat(rules.path("total_count").asInt()).isEqualTo(1);
    assertThat(rules.path("rules").path(0).path("region").asString("?")).isEmpty();

    Response none = api.put(cluster + "/acls", "{\"acls\": null}");
    assertThat(none.ok()).isEqualTo(none.json());
    assertThat(none.body()).isEqualTo("{\"rules\":[]}");
    api.awaitReady(cluster);
    JsonNode added =
        api.post(cluster + "/acls", "{\"acls\": [{\"ip\": \"192.0.2.1/32\"}]}").ok().path("rules");
    api.awaitReady(cluster);
    Response deleted = api.delete("/acls/" + added.path(0).path("id").asString());
    assertThat(deleted.status()).as(deleted.body()).isIn(200, 204);
    assertThat(deleted.body()).isEmpty();
  }

  @Test
  void the_admin_token_is_reset_without_a_response_body(Keelson keelson) throws Exception {
    RunningApi api = new RunningApi(keelson.environment());
    String cluster = "/clusters/" + api.readyCluster("token");
    String before = api.get(cluster + "/kubeconfig?dl=1").body();
    JsonNode file = api.get(cluster + "/kubeconfig").ok();
    assertThat(new String(Base64.getDecoder().decode(file.path("content").asString()), UTF_8))
        .isEqualTo(before);

    Response response =
        api.send("POST", "/k8s/v1/regions/fr-par" + cluster + "/reset-admin-token", null);

    assertThat(response.status()).as(response.body()).isIn(200, 204);
    assertThat(response.body()).isEmpty();
    api.await(cluster + "/kubeconfig", now -> !now.path("content").equals(file.path("content")));
  }

  @Test
  void user_data_of_a_pool_is_read_as_a_file(Keelson keelson) throws Exception {
    RunningApi api = new RunningApi(keelson.environment());
    String cluster = "/clusters/" + api.readyCluster("user-data");
    String content = Base64.getEncoder().encodeToString("#cloud-config\n".getBytes(UTF_8));
    String pool =
        api.post(
                cluster + "/pools",
                "{\"name\": \"late\", \"node_type\": \"DEV1-M\", \"size\": 1, \"user_data\":"
                    + " {\"cloud-init\": \"%s\"}}".formatted(content))
            .ok()
            .path("id")
            .asString();

    JsonNode file = api.get("/pools/" + pool + "/user-data/cloud-init").ok();
    assertThat(file.path("content").asString()).isEqualTo(content);
    assertThat(api.get("/pools/" + pool + "/user-data/cloud-init?dl=1").body())
        .isEqualTo("#cloud-config\n");
    api.get("/pools/" + pool + "/user-data/none").isRefused(404, "not_found");
  }
}
