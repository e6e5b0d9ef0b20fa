package io.keelson.infra.app.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.infra.app.directory.EnvFile;
import io.keelson.infra.app.program.Api.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The program is killed repeatedly at random moments while changes of every kind run on clusters,
 * pools and nodes. A client without a response repeats its request. Each change must finish exactly
 * once and have its effect at the provider exactly once.
 *
 * <p>{@code -Dkeelson.crash.seed} replays the moments of another run.
 */
@Timeout(900)
class ChangesCrashTest {

  private static final long SEED = Long.getLong("keelson.crash.seed", 20260901L);
  private static final int KILLS = 3;
  private static final int LATEST_KILL_MILLIS = 2_500;
  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final String BEFORE = "1.34.6";
  private static final String AFTER = "1.35.3";
  private static final String NODES = "/k8s/v1/regions/fr-par/nodes/";
  private static final String RULES =
      "{\"acls\": [{\"ip\": \"192.0.2.0/24\", \"description\": \"office\"}, {\"ip\":"
          + " \"198.51.100.7/32\"}]}";

  @TempDir Path data;

  /** One request of a client, which repeats it until it receives a response. */
  private static final class Change {
    private final String method;
    private final String path;
    private final @Nullable String body;
    private final boolean leaving;
    private final List<String> wrong = new ArrayList<>();
    private boolean sent;
    private boolean done;

    private Change(String method, String path, @Nullable String body, boolean leaving) {
      this.method = method;
      this.path = path;
      this.body = body;
      this.leaving = leaving;
    }

    static Change of(String method, String path, @Nullable String body) {
      return new Change(method, path, body, false);
    }

    /** A request that deletes its subject. */
    static Change leaving(String method, String path) {
      return new Change(method, path, null, true);
    }

    /** A repeated request may find the operation of the first one running or finished. */
    synchronized boolean ask(Api api) throws IOException, InterruptedException {
      if (done) {
        return true;
      }
      boolean again = sent;
      sent = true;
      Response response = api.send(method, path, body, "changes-" + method);
      done = response.status() / 100 == 2 || (again && leaving && response.status() == 404);
      if (!done && !(again && response.status() == 409)) {
        wrong.add(method + " " + path + ": " + response.status() + " " + response.body());
      }
      return done;
    }
  }

  @Test
  void every_change_comes_true_once_in_spite_of_kills() throws Exception {
    Random random = new Random(SEED);
    Map<String, String> clusters = new HashMap<>();
    List<Change> changes = new ArrayList<>();
    List<Integer> moments = new ArrayList<>();
    String token = "";
    for (int kill = 0; kill < KILLS; kill++) {
      try (ProgramRun program = ProgramRun.ready(data)) {
        Api api = api();
        if (kill == 0) {
          clusters.putAll(prepare(api));
          changes.addAll(changes(api, clusters));
          token = kubeconfig(api, clusters);
        }
        moments.add(random.nextInt(LATEST_KILL_MILLIS));
        killWhileAsking(program, changes, api, moments.getLast());
      }
    }
    try (ProgramRun _ = ProgramRun.ready(data)) {
      Api api = api();
      await().atMost(TIMEOUT).until(() -> allAnswered(changes, api));
      assertThat(changes).flatExtracting(change -> change.wrong).isEmpty();
      await()
          .atMost(TIMEOUT)
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(() -> checkAllHasComeTrue(api, clusters));
      checkEverythingWasOnce(api, clusters, moments);
      assertThat(kubeconfig(api, clusters)).isNotEqualTo(token);
    }
  }

  private Api api() {
    return new Api(new EnvFile(data.resolve("keelson.env")).read());
  }

  /** The ready clusters by name; one of them has pools of an older version. */
  private static Map<String, String> prepare(Api api) throws Exception {
    String pools =
        """
        {"name": "default", "node_type": "DEV1-M", "size": 2},
        {"name": "spare", "node_type": "DEV1-M", "size": 2}
        """;
    Map<String, String> clusters = new HashMap<>();
    for (String name : List.of("access", "type", "settings", "pools", "upgrade", "leaving")) {
      Response created = Fleet.create(api, name, BEFORE, pools);
      clusters.put(name, created.body().path("id").asString());
    }
    await()
        .atMost(TIMEOUT)
        .until(() -> Fleet.settled(api).containsAll(clusters.values()) && nodesReady(api, 24));
    Change older = Change.of("POST", path(clusters, "pools") + "/upgrade", upgrade(false));
    assertThat(older.ask(api)).as(() -> older.wrong.toString()).isTrue();
    await().atMost(TIMEOUT).until(() -> Fleet.settled(api).containsAll(clusters.values()));
    return clusters;
  }

  private static List<Change> changes(Api api, Map<String, String> clusters) throws Exception {
    return List.of(
        Change.of("POST", path(clusters, "access") + "/reset-admin-token", null),
        Change.of("PUT", path(clusters, "access") + "/acls", RULES),
        Change.of("POST", NODES + node(api, clusters, "access", "default") + "/reboot", null),
        Change.of(
            "POST", path(clusters, "type") + "/set-type", "{\"type\": \"kapsule-dedicated-4\"}"),
        Change.of("PATCH", pool(api, clusters, "type", "default"), "{\"size\": 3}"),
        Change.leaving("POST", NODES + node(api, clusters, "type", "spare") + "/replace"),
        Change.of("PATCH", path(clusters, "settings"), "{\"tags\": [\"changed\"]}"),
        Change.of("PATCH", pool(api, clusters, "settings", "default"), "{\"tags\": [\"changed\"]}"),
        Change.leaving("DELETE", NODES + node(api, clusters, "settings", "spare")),
        Change.of(
            "POST",
            pool(api, clusters, "pools", "default") + "/upgrade",
            "{\"version\": \"" + AFTER + "\"}"),
        Change.of("POST", path(clusters, "upgrade") + "/upgrade", upgrade(true)),
        Change.leaving("DELETE", path(clusters, "leaving") + "?with_additional_resources=true"));
  }

  private static String upgrade(boolean pools) {
    return "{\"version\": \"" + AFTER + "\", \"upgrade_pools\": " + pools + "}";
  }

  private static void killWhileAsking(
      ProgramRun program, List<Change> changes, Api api, int afterMillis) {
    try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
      List<Future<Boolean>> calls =
          changes.stream().map(change -> callers.submit(() -> change.ask(api))).toList();
      await().pollDelay(Duration.ofMillis(afterMillis)).until(() -> true);
      program.kill();
      calls.forEach(call -> call.cancel(true));
    }
  }

  private static boolean allAnswered(List<Change> changes, Api api) throws Exception {
    boolean all = true;
    for (Change change : changes) {
      all &= change.ask(api) || !change.wrong.isEmpty();
    }
    return all;
  }

  private static void checkAllHasComeTrue(Api api, Map<String, String> clusters) throws Exception {
    assertThat(api.get(path(clusters, "leaving")).status()).isEqualTo(404);
    assertThat(api.get("/keelson/v1/operations?state=running").body().path("items")).isEmpty();
    assertThat(unfinished(api, clusters)).isEmpty();
    assertThat(nodesReady(api, 20)).as("20 nodes, all ready").isTrue();
    assertThat(pools(api, clusters, "access", BEFORE)).containsExactly("default 2", "spare 2");
    assertThat(pools(api, clusters, "type", BEFORE)).containsExactly("default 3", "spare 2");
    assertThat(pools(api, clusters, "settings", BEFORE)).containsExactly("default 2", "spare 1");
    assertThat(pools(api, clusters, "pools", AFTER)).containsExactly("default 2");
    assertThat(pools(api, clusters, "upgrade", AFTER)).containsExactly("default 2", "spare 2");
    assertThat(api.get(path(clusters, "type")).body().path("type").asString())
        .isEqualTo("kapsule-dedicated-4");
    assertThat(api.get(path(clusters, "settings")).body().path("tags").toString())
        .isEqualTo("[\"changed\"]");
    List<String> rules = new ArrayList<>();
    for (JsonNode rule : api.get(path(clusters, "access") + "/acls").body().path("rules")) {
      rules.add(rule.path("ip").asString() + " " + rule.path("description").asString());
    }
    assertThat(rules).containsExactlyInAnyOrder("192.0.2.0/24 office", "198.51.100.7/32 ");
  }

  private void checkEverythingWasOnce(Api api, Map<String, String> clusters, List<Integer> moments)
      throws Exception {
    int calls = 0;
    int effects = 0;
    for (Map.Entry<String, String> cluster : clusters.entrySet()) {
      List<JsonNode> reached = Fleet.calls(api, cluster.getValue());
      Map<String, Integer> effective = Fleet.effective(reached);
      assertThat(effective.values())
          .as("effects by request for %s: %s", cluster, effective)
          .allMatch(times -> times <= 1);
      calls += reached.size();
      effects += effective.values().stream().mapToInt(times -> times).sum();
    }
    Map<String, Integer> resets = Fleet.effective(Fleet.calls(api, id(clusters, "access")));
    resets.keySet().removeIf(request -> !request.endsWith("/reset-admin-token"));
    assertThat(resets.values()).as("tokens that came in the place of another").containsExactly(1);
    Map<String, String> servers = new EnvFile(data.resolve("servers.env")).read();
    assertThat(Fleet.gaps(servers)).as("streams with a gap, or out of order").isEmpty();
    try (PublishedEvents published =
        new PublishedEvents(servers.getOrDefault("SPRING_KAFKA_BOOTSTRAP_SERVERS", ""))) {
      PublishedEvents.Count count = published.checkedAgainst(api);
      System.out.printf(
          "changes: seed %d, killed after %s ms: %d operations finished once (%s), %d calls,"
              + " %d effects, each once, %d records in keelson.events, %d of them repeated%n",
          SEED,
          moments,
          finished(api, clusters).size(),
          new TreeSet<>(finished(api, clusters).values()),
          calls,
          effects,
          count.records(),
          count.repeated());
    }
  }

  /**
   * The desired operations that have not finished yet, and those that have finished more than once.
   */
  private static List<String> unfinished(Api api, Map<String, String> clusters) throws Exception {
    List<String> unfinished = new ArrayList<>();
    for (String cluster : clusters.values()) {
      List<JsonNode> events = Fleet.events(api, "&cluster_id=" + cluster);
      Set<String> superseded = new HashSet<>();
      Map<String, Integer> ends = new HashMap<>();
      events.forEach(
          event -> {
            event.path("data").path("superseded").forEach(s -> superseded.add(s.asString()));
            String type = event.path("type").asString();
            if (type.endsWith("finished")) {
              ends.merge(run(event), 1, Integer::sum);
            }
            assertThat(type).as("%s", event).doesNotEndWith("failed");
          });
      for (JsonNode event : events) {
        String type = event.path("type").asString();
        boolean begun = type.endsWith("started");
        boolean desired = !superseded.contains(event.path("data").path("operation").asString(""));
        int expected = desired ? 1 : 0;
        if (begun && ends.getOrDefault(run(event), 0) != expected) {
          unfinished.add(ends.getOrDefault(run(event), 0) + " ends of " + event);
        }
      }
    }
    return unfinished;
  }

  /** The part of a type that the started and the finished event have in common. */
  private static String run(JsonNode event) {
    String type = event.path("type").asString();
    JsonNode fact = event.path("data");
    return String.join(
        " ",
        type.replaceFirst("(started|finished)$", ""),
        event.path("stream").asString(),
        fact.path("operation").asString(""),
        fact.path("pool").asString(""));
  }

  /** The processes of the finished operations by their ids. */
  private static Map<String, String> finished(Api api, Map<String, String> clusters)
      throws Exception {
    Map<String, String> processes = new HashMap<>();
    for (String cluster : clusters.values()) {
      for (JsonNode event : Fleet.events(api, "&type=operation.finished&cluster_id=" + cluster)) {
        String before =
            processes.put(
                event.path("stream").asString(), event.path("data").path("process").asString());
        assertThat(before).as("%s", event).isNull();
      }
    }
    return processes;
  }

  private static boolean nodesReady(Api api, int count) throws Exception {
    int ready = 0;
    for (JsonNode cluster : api.get(Fleet.PATH).body().path("clusters")) {
      String nodes = Fleet.PATH + "/" + cluster.path("id").asString() + "/nodes";
      for (JsonNode node : api.get(nodes).body().path("nodes")) {
        if (!node.path("status").asString().equals("ready")) {
          return false;
        }
        ready++;
      }
    }
    return ready == count;
  }

  /** The ready pools of a version with their sizes, ordered by name. */
  private static List<String> pools(
      Api api, Map<String, String> clusters, String name, String version) throws Exception {
    List<String> pools = new ArrayList<>();
    for (JsonNode pool : api.get(path(clusters, name) + "/pools").body().path("pools")) {
      if (pool.path("version").asString().equals(version)
          && pool.path("status").asString().equals("ready")) {
        pools.add(pool.path("name").asString() + " " + pool.path("size").asInt());
      }
    }
    return pools.stream().sorted().collect(Collectors.toList());
  }

  private static String id(Map<String, String> clusters, String name) {
    return clusters.getOrDefault(name, "");
  }

  private static String path(Map<String, String> clusters, String name) {
    return Fleet.PATH + "/" + id(clusters, name);
  }

  private static String pool(Api api, Map<String, String> clusters, String name, String pool)
      throws Exception {
    for (JsonNode found : api.get(path(clusters, name) + "/pools").body().path("pools")) {
      if (found.path("name").asString().equals(pool)) {
        return Fleet.POOLS + found.path("id").asString();
      }
    }
    throw new AssertionError(name + " has no pool " + pool);
  }

  private static String node(Api api, Map<String, String> clusters, String name, String pool)
      throws Exception {
    String poolPath = pool(api, clusters, name, pool);
    for (JsonNode node : api.get(path(clusters, name) + "/nodes").body().path("nodes")) {
      if (poolPath.endsWith(node.path("pool_id").asString())) {
        return node.path("id").asString();
      }
    }
    throw new AssertionError(poolPath + " has no node");
  }

  private static String kubeconfig(Api api, Map<String, String> clusters) throws Exception {
    Response response = api.get(path(clusters, "access") + "/kubeconfig");
    assertThat(response.status()).isEqualTo(200);
    return response.body().path("content").asString();
  }
}
