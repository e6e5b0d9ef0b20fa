package io.keelson.infra.app.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.commands.Origin;
import io.keelson.infra.app.directory.EnvFile;
import io.keelson.infra.app.program.Api.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * How many events the usual work on a cluster stores, how large they are, and whether each of them
 * says why it happened. The program creates a cluster with one pool of two nodes, upgrades another
 * with two pools of three nodes, and changes the pool of the first.
 *
 * <p>The creation is every event of the first cluster before the change of its pool, in all
 * streams. The change is what has the change's correlation id. The events of an upgraded node are
 * those of the second cluster since the start of its upgrade, in all streams, without {@link
 * #FIXED}, divided by the number of nodes. {@link #FIXED} depends on the runs, the pools and the
 * control plane, and not on the number of nodes.
 */
@Timeout(600)
class EventBudgetTest {

  private static final Duration TIMEOUT = Duration.ofMinutes(4);
  private static final int NODES = 6;
  private static final Set<String> FIXED =
      Set.of(
          "operation.started",
          "operation.finished",
          "operation.control-plane-requested",
          "operation.components-requested",
          "operation.run-awaited",
          "operation.pool-observation-awaited",
          "operation.nodes-planned",
          "operation.target-converged");
  private static final Set<String> ORIGINS =
      Set.of(Origin.REQUESTS, Origin.TIMERS, Origin.OBSERVATIONS);

  @TempDir static Path data;

  private static ProgramRun program;
  private static Api api;
  private static String caller;
  private static String small;
  private static String large;
  private static String change;
  private static String upgrade;
  private static List<JsonNode> log;

  @BeforeAll
  static void work() throws Exception {
    program = ProgramRun.ready(data);
    Map<String, String> environment = new EnvFile(data.resolve("keelson.env")).read();
    api = new Api(environment);
    caller = environment.getOrDefault("SCW_ACCESS_KEY", "");
    small = create("small", "1.35.3", pool("default", 2));
    large = create("large", "1.34.6", pool("one", 3) + "," + pool("two", 3));
    await().atMost(TIMEOUT).until(() -> Fleet.settled(api).containsAll(Set.of(small, large)));
    upgrade =
        accepted(
            api.post(
                Fleet.PATH + "/" + large + "/upgrade",
                "{\"version\": \"1.35.3\", \"upgrade_pools\": true}",
                "upgrade"));
    awaitEvent(large, "cluster.upgrade-finished");
    JsonNode pool = api.get(Fleet.PATH + "/" + small + "/pools").body().path("pools").get(0);
    change =
        accepted(
            api.patch(
                Fleet.POOLS + pool.path("id").asString(),
                "{\"tags\": [\"blue\"], \"labels\": {\"team\": \"blue\"}}"));
    awaitEvent(small, "pool.update-finished");
    log = Fleet.events(api, "");
  }

  @AfterAll
  static void stop() throws Exception {
    program.close();
  }

  private static String create(String name, String version, String pools) throws Exception {
    return Fleet.create(api, name, version, pools).body().path("id").asString();
  }

  private static String pool(String name, int size) {
    return "{\"name\": \"%s\", \"node_type\": \"DEV1-M\", \"size\": %d}".formatted(name, size);
  }

  /** The correlation id of what follows from the request. */
  private static String accepted(Response response) {
    assertThat(response.status()).as(() -> response.body().toString()).isEqualTo(200);
    return response.requestId();
  }

  private static void awaitEvent(String cluster, String type) {
    await()
        .atMost(TIMEOUT)
        .until(() -> !Fleet.events(api, "&type=" + type + "&cluster_id=" + cluster).isEmpty());
  }

  @Test
  void the_creation_of_a_cluster_with_two_nodes_is_small() {
    long end = first("pool.update-started", small);
    List<JsonNode> creation =
        of(small).stream().filter(e -> e.path("position").asLong() < end).toList();
    long bytes = bytes(creation);
    System.out.println("creation: %d events, %d bytes".formatted(creation.size(), bytes));
    assertThat(creation).as("events: %s", types(creation)).hasSizeLessThanOrEqualTo(30);
    assertThat(bytes).isLessThanOrEqualTo(12_000);
  }

  @Test
  void a_change_of_the_labels_and_tags_of_a_pool_is_small() {
    List<JsonNode> events = correlated(change);
    System.out.println("change: %d events, %d bytes".formatted(events.size(), bytes(events)));
    assertThat(events).as("events: %s", types(events)).hasSizeBetween(1, 6);
  }

  @Test
  void an_upgraded_node_is_few_events() {
    long start = first("cluster.upgrade-started", large);
    List<JsonNode> all =
        of(large).stream().filter(e -> e.path("position").asLong() >= start).toList();
    List<JsonNode> ofNodes = all.stream().filter(e -> !fixed(text(e, "type"))).toList();
    System.out.println(
        "upgrade: %.1f events and %d bytes per node; %d events and %d bytes in total"
            .formatted(
                (double) ofNodes.size() / NODES, bytes(ofNodes) / NODES, all.size(), bytes(all)));
    assertThat(types(ofNodes)).containsEntry("operation.node-replaced", (long) NODES);
    assertThat(ofNodes.size()).as("events: %s", types(ofNodes)).isLessThanOrEqualTo(12 * NODES);
  }

  private static boolean fixed(String type) {
    return type.startsWith("cluster.") || type.startsWith("pool.") || FIXED.contains(type);
  }

  @Test
  void the_runs_of_pools_name_the_upgrade_and_all_runs_the_caller() throws Exception {
    Map<String, JsonNode> runs = runs();
    String root = text(correlated(upgrade).getFirst().path("data"), "operation");
    List<JsonNode> children =
        runs.values().stream()
            .filter(run -> text(run, "parent_operation_id").equals(root))
            .toList();
    assertThat(text(known(runs, root), "parent_operation_id")).isEmpty();
    assertThat(children).hasSize(2).allMatch(run -> !text(run, "pool_id").isEmpty());
    assertThat(children).allMatch(run -> text(run, "correlation_id").equals(upgrade));
    assertThat(runs.values()).hasSizeGreaterThanOrEqualTo(6);
    assertThat(runs.values()).allMatch(run -> text(run, "requested_by").equals(caller));
    assertThat(text(api.get("/keelson/v1/operations/" + root).body(), "requested_by"))
        .isEqualTo(caller);
  }

  @Test
  void every_event_of_a_run_has_the_correlation_and_the_initiator_of_its_root() throws Exception {
    Map<String, JsonNode> runs = runs();
    int checked = 0;
    for (JsonNode event : log) {
      String run = text(event, "operation_id");
      if (!run.isEmpty()) {
        JsonNode root = root(runs, run);
        assertThat(text(event, "correlation_id"))
            .as("correlation of %s", event)
            .isEqualTo(text(root, "correlation_id"));
        assertThat(text(event, "initiator"))
            .as("initiator of %s", event)
            .isEqualTo(text(root, "requested_by"));
        checked++;
      }
    }
    System.out.println("runs: %d, with %d events".formatted(runs.size(), checked));
    assertThat(checked).isGreaterThan(60);
  }

  private static JsonNode known(Map<String, JsonNode> all, String id) {
    assertThat(all).containsKey(id);
    return Objects.requireNonNull(all.get(id));
  }

  private static JsonNode root(Map<String, JsonNode> runs, String id) {
    JsonNode run = known(runs, id);
    String parent = text(run, "parent_operation_id");
    return parent.isEmpty() ? run : root(runs, parent);
  }

  @Test
  void the_causes_of_every_event_end_at_one_request_timer_or_observation() {
    Map<String, JsonNode> byId =
        log.stream().collect(Collectors.toMap(e -> text(e, "id"), Function.identity()));
    Map<String, Integer> ends = new HashMap<>();
    for (String cluster : List.of(small, large)) {
      of(cluster).forEach(event -> ends.merge(end(event, byId), 1, Integer::sum));
    }
    System.out.println("causes: " + ends);
    assertThat(ORIGINS).containsAll(ends.keySet());
    assertThat(ends).containsKeys(Origin.REQUESTS, Origin.OBSERVATIONS);
  }

  private static String end(JsonNode event, Map<String, JsonNode> byId) {
    Set<String> seen = new HashSet<>();
    JsonNode at = event;
    while (text(at.path("cause"), "source").equals(Origin.EVENTS)) {
      assertThat(seen.add(text(at, "id"))).as("no circle before %s", event).isTrue();
      JsonNode cause = known(byId, text(at.path("cause"), "id"));
      assertThat(cause.path("position").asLong()).isLessThan(at.path("position").asLong());
      at = cause;
    }
    return text(at.path("cause"), "source");
  }

  private static Map<String, JsonNode> runs() throws Exception {
    Map<String, JsonNode> runs = new HashMap<>();
    for (String cluster : List.of(small, large)) {
      for (JsonNode run :
          api.get("/keelson/v1/operations?cluster_id=" + cluster).body().path("items")) {
        runs.put(text(run, "id"), run);
      }
    }
    return runs;
  }

  private static List<JsonNode> of(String cluster) {
    return log.stream().filter(e -> text(e, "cluster_id").equals(cluster)).toList();
  }

  private static List<JsonNode> correlated(String id) {
    return log.stream().filter(e -> text(e, "correlation_id").equals(id)).toList();
  }

  private static long first(String type, String cluster) {
    return of(cluster).stream()
        .filter(e -> text(e, "type").equals(type))
        .findFirst()
        .orElseThrow()
        .path("position")
        .asLong();
  }

  private static Map<String, Long> types(List<JsonNode> events) {
    return events.stream()
        .collect(Collectors.groupingBy(e -> text(e, "type"), Collectors.counting()));
  }

  /** The stored bytes of payload and metadata. */
  private static long bytes(List<JsonNode> events) {
    Map<String, Long> sizes = new HashMap<>();
    Fleet.database(new EnvFile(data.resolve("servers.env")).read())
        .query(
            "select id, length(payload) + length(metadata) as size from eventstore.event",
            row -> {
              sizes.put(row.getString("id"), row.getLong("size"));
            });
    return events.stream().mapToLong(e -> sizes.getOrDefault(text(e, "id"), 0L)).sum();
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }
}
