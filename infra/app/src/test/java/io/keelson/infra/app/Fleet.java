package io.keelson.infra.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.infra.app.Api.Answer;
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

/** Many clusters, as a client asks for them and sees them. */
final class Fleet {

  /** What each of them makes the provider do: a control plane, components, and two pools. */
  static final int WISHES = 4;

  static final String PATH = "/k8s/v1/regions/fr-par/clusters";
  static final String POOLS = "/k8s/v1/regions/fr-par/pools/";

  private Fleet() {}

  static Answer create(Api api, String name) throws IOException, InterruptedException {
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
   * Asks for a cluster, under a key of its own.
   *
   * @param pools JSON objects with commas between them
   */
  static Answer create(Api api, String name, String version, String pools)
      throws IOException, InterruptedException {
    Answer answer =
        api.post(
            PATH,
            """
            {"project_id": "%s", "name": "%s", "version": "%s", "cni": "cilium",
             "private_network_id": "6f7b2c1e-6b0c-4b8e-9a51-3a1f3b5d9c01", "pools": [%s]}
            """
                .formatted(api.project(), name, version, pools),
            name);
    assertThat(answer.status()).as(() -> answer.body().toString()).isEqualTo(200);
    return answer;
  }

  /** The clusters that are ready, with all their pools. */
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
   * Asks for three changes of a cluster's pools: one grows, one goes, one comes. Asking again is as
   * if it had never been asked before.
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

  /** The clusters of which every change has come true, nodes included. */
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

  /** One wish may reach the provider often, but only one of its calls may have changed anything. */
  static Effects effects(Api api, Set<String> ids, int wishes)
      throws IOException, InterruptedException {
    int calls = 0;
    int total = 0;
    for (String id : ids) {
      List<JsonNode> items = calls(api, id);
      calls += items.size();
      total += items.stream().mapToInt(call -> call.path("effects").asInt()).sum();
      Map<String, Integer> effective = effective(items);
      assertThat(effective).as("wishes for cluster %s", id).hasSize(wishes);
      assertThat(effective.values()).as("effects by wish: %s", effective).containsOnly(1);
    }
    return new Effects(calls, total);
  }

  /** What reached the provider for a cluster. */
  static List<JsonNode> calls(Api api, String id) throws IOException, InterruptedException {
    List<JsonNode> calls = new ArrayList<>();
    api.get("/keelson/v1/simulator/calls?limit=1000&cluster_id=" + id)
        .body()
        .path("items")
        .forEach(calls::add);
    return calls;
  }

  /** How many calls of each wish have changed anything. */
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

  /** All events that a query finds, page by page. */
  static List<JsonNode> events(Api api, String query) throws IOException, InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    do {
      Api.Answer answer = api.get("/keelson/v1/events?limit=50" + query + "&cursor=" + cursor);
      assertThat(answer.status()).isEqualTo(200);
      answer.body().path("items").forEach(all::add);
      JsonNode next = answer.body().path("next_cursor");
      cursor = next.isNull() ? "" : next.asString();
    } while (!cursor.isEmpty());
    return all;
  }

  /** The streams of events that have a gap, or are out of order. */
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

  /** The database that {@code servers.env} leads to. */
  static JdbcTemplate database(Map<String, String> servers) {
    return new JdbcTemplate(
        new DriverManagerDataSource(
            servers.getOrDefault("SPRING_DATASOURCE_URL", ""),
            servers.getOrDefault("SPRING_DATASOURCE_USERNAME", ""),
            servers.getOrDefault("SPRING_DATASOURCE_PASSWORD", "")));
  }
}
