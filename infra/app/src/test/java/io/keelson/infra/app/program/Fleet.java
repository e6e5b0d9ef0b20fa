package io.keelson.infra.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.infra.app.program.Api.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/** Many clusters, as a client requests and observes them. */
final class Fleet {

  /** The provider calls for each cluster: a control plane, components, and two pools. */
  static final int REQUESTS = 4;

  static final String PATH = "/k8s/v1/regions/fr-par/clusters";
  static final String POOLS = "/k8s/v1/regions/fr-par/pools/";

  private Fleet() {}

  static Response create(Api api, String name) throws IOException, InterruptedException {
    return create(
        api,
        name,
        "1.35.3",
        """
        {"name": "default", "node_type": "DEV1-M", "size": 1},
        {"name": "spare", "node_type": "DEV1-M", "size": 1}
        """);
  }

  /**
   * Requests a cluster with an idempotency key of its own.
   *
   * @param pools JSON objects with commas between them
   */
  static Response create(Api api, String name, String version, String pools)
      throws IOException, InterruptedException {
    Response response =
        api.post(
            PATH,
            """
            {"project_id": "%s", "name": "%s", "version": "%s", "cni": "cilium",
             "private_network_id": "6f7b2c1e-6b0c-4b8e-9a51-3a1f3b5d9c01", "pools": [%s]}
            """
                .formatted(api.project(), name, version, pools),
            name);
    assertThat(response.status()).as(() -> response.body().toString()).isEqualTo(200);
    return response;
  }

  /** The clusters that are ready together with all their pools. */
  static Set<String> settled(Api api) throws IOException, InterruptedException {
    Set<String> settled = new HashSet<>();
    for (JsonNode cluster : api.get(PATH + "?page_size=100").body().path("clusters")) {
      String id = cluster.path("id").asString();
      boolean ready = cluster.path("status").asString().equals("ready");
      if (ready && poolsReady(api, id)) {
        settled.add(id);
      }
    }
    return settled;
  }

  private static boolean poolsReady(Api api, String id) throws IOException, InterruptedException {
    for (JsonNode pool : api.get(PATH + "/" + id + "/pools").body().path("pools")) {
      if (!pool.path("status").asString().equals("ready")) {
        return false;
      }
    }
    return true;
  }

  /**
   * Requests three changes of the pools of a cluster: one grows, one is deleted, one is created.
   * The call may be repeated.
   */
  static void change(Api api, String id) throws IOException, InterruptedException {
    for (JsonNode pool : api.get(PATH + "/" + id + "/pools").body().path("pools")) {
      String path = POOLS + pool.path("id").asString();
      switch (pool.path("name").asString()) {
        case "default" ->
            assertThat(api.patch(path, "{\"size\": 2}").status()).as(path).isEqualTo(200);
        case "spare" -> assertThat(api.delete(path).status()).as(path).isIn(200, 404);
        default -> {}
      }
    }
    assertThat(
            api.post(
                    PATH + "/" + id + "/pools",
                    "{\"name\": \"late\", \"node_type\": \"DEV1-M\", \"size\": 1}",
                    "late")
                .status())
        .isEqualTo(200);
  }

  /** The clusters in which all changes have finished, nodes included. */
  static Set<String> changed(Api api, Set<String> ids) throws IOException, InterruptedException {
    Set<String> changed = new HashSet<>();
    for (String id : ids) {
      Set<String> pools = new HashSet<>();
      for (JsonNode pool : api.get(PATH + "/" + id + "/pools").body().path("pools")) {
        pools.add(
            pool.path("name").asString()
                + " "
                + pool.path("size").asInt()
                + " "
                + pool.path("status").asString());
      }
      Set<String> nodes = new HashSet<>();
      for (JsonNode node : api.get(PATH + "/" + id + "/nodes").body().path("nodes")) {
        nodes.add(node.path("id").asString() + " " + node.path("status").asString());
      }
      if (pools.equals(Set.of("default 2 ready", "late 1 ready"))
          && nodes.size() == 3
          && nodes.stream().allMatch(node -> node.endsWith(" ready"))) {
        changed.add(id);
      }
    }
    return changed;
  }

  record Effects(int calls, int effects) {}

  /**
   * A request may reach the provider several times, but only one of its calls may change something.
   */
  static Effects effects(Api api, Set<String> ids, int requests)
      throws IOException, InterruptedException {
    int calls = 0;
    int total = 0;
    for (String id : ids) {
      List<JsonNode> items = calls(api, id);
      calls += items.size();
      total += items.stream().mapToInt(call -> call.path("effects").asInt()).sum();
      Map<String, Integer> effective = effective(items);
      assertThat(effective).as("requests for cluster %s", id).hasSize(requests);
      assertThat(effective.values()).as("effects by request: %s", effective).containsOnly(1);
    }
    return new Effects(calls, total);
  }

  /** The provider calls for a cluster. */
  static List<JsonNode> calls(Api api, String id) throws IOException, InterruptedException {
    List<JsonNode> calls = new ArrayList<>();
    api.get("/keelson/v1/simulator/calls?limit=1000&cluster_id=" + id)
        .body()
        .path("items")
        .forEach(calls::add);
    return calls;
  }

  /** The number of calls with an effect by request. */
  static Map<String, Integer> effective(List<JsonNode> calls) {
    Map<String, Integer> effective = new HashMap<>();
    for (JsonNode call : calls) {
      effective.merge(
          call.path("idempotency_key").asString(),
          call.path("effects").asInt() > 0 ? 1 : 0,
          Integer::sum);
    }
    return effective;
  }

  /** All events of a query, read page by page. */
  static List<JsonNode> events(Api api, String query) throws IOException, InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    do {
      Api.Response response = api.get("/keelson/v1/events?limit=50" + query + "&cursor=" + cursor);
      assertThat(response.status()).isEqualTo(200);
      response.body().path("items").forEach(all::add);
      JsonNode next = response.body().path("next_cursor");
      cursor = next.isNull() ? "" : next.asString();
    } while (!cursor.isEmpty());
    return all;
  }

  /** The streams whose events have a gap or a wrong order. */
  static List<String> gaps(Map<String, String> servers) {
    return database(servers)
        .query(
            """
            select distinct stream from (
              select stream, version,
                     row_number() over (partition by stream order by position) - 1 as expected
              from eventstore.event) e
            where version <> expected
            """,
            (row, _) -> row.getString("stream"));
  }

  /** The database of {@code servers.env}. */
  static JdbcTemplate database(Map<String, String> servers) {
    return new JdbcTemplate(
        new DriverManagerDataSource(
            servers.getOrDefault("SPRING_DATASOURCE_URL", ""),
            servers.getOrDefault("SPRING_DATASOURCE_USERNAME", ""),
            servers.getOrDefault("SPRING_DATASOURCE_PASSWORD", "")));
  }
}
