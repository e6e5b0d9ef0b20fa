package io.keelson.infra.app.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.commands.KubernetesVersion;
import io.keelson.infra.app.directory.EnvFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A cluster of three pools and thirty nodes is upgraded while the program is killed repeatedly. The
 * replay of its events proves that no invariant was broken at any time.
 */
@Timeout(600)
class UpgradeTest {

  private static final Duration TIMEOUT = Duration.ofMinutes(4);
  private static final int POOLS = 3;
  private static final int SIZE = 10;
  private static final int SURGE = 2;
  private static final int UNAVAILABLE = 1;
  private static final String BEFORE = "1.34.6";
  private static final String AFTER = "1.35.3";

  @TempDir Path data;

  @Test
  void never_has_too_few_nodes_nor_a_kubelet_newer_than_an_api_server_and_keeps_to_its_plan()
      throws Exception {
    List<Instant> kills = new ArrayList<>();
    String cluster;
    try (ProgramRun program = ProgramRun.ready(data)) {
      Api api = api();
      cluster = create(api);
      await().atMost(TIMEOUT).until(() -> Fleet.settled(api).contains(cluster));
      await()
          .atMost(TIMEOUT)
          .until(
              () ->
                  api.post(
                              Fleet.PATH + "/" + cluster + "/upgrade",
                              "{\"version\": \"" + AFTER + "\", \"upgrade_pools\": true}",
                              null)
                          .status()
                      == 200);
      await().atMost(TIMEOUT).until(() -> selected(api, cluster) >= 3);
      kills.add(Instant.now());
      program.kill();
    }
    try (ProgramRun program = ProgramRun.ready(data)) {
      Api api = api();
      await().atMost(TIMEOUT).until(() -> selected(api, cluster) >= 15);
      kills.add(Instant.now());
      program.kill();
    }
    try (ProgramRun _ = ProgramRun.ready(data)) {
      Api api = api();
      await().atMost(TIMEOUT).until(() -> upgraded(api, cluster));
      List<JsonNode> events = Fleet.events(api, "&cluster_id=" + cluster);
      new Replay().check(events);
      new UpgradeOrder(kills, POOLS, SIZE).check(events);
    }
  }

  private Api api() {
    return new Api(new EnvFile(data.resolve("keelson.env")).read());
  }

  private static String create(Api api) throws Exception {
    String pools =
        String.join(
            ",",
            IntStream.range(0, POOLS)
                .mapToObj(
                    i ->
                        """
                        {"name": "pool-%d", "node_type": "DEV1-M", "size": %d,
                         "upgrade_policy": {"max_surge": %d, "max_unavailable": %d}}
                        """
                            .formatted(i, SIZE, SURGE, UNAVAILABLE))
                .toList());
    return Fleet.create(api, "upgrade", BEFORE, pools).body().path("id").asString();
  }

  private static long selected(Api api, String cluster) throws Exception {
    return Fleet.events(api, "&type=operation.nodes-selected&cluster_id=" + cluster).stream()
        .mapToLong(e -> e.path("data").path("nodes").size())
        .sum();
  }

  private static boolean upgraded(Api api, String cluster) throws Exception {
    return Fleet.events(api, "&type=cluster.upgrade-finished&cluster_id=" + cluster).size() == 1;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asString()));
    return texts;
  }

  /** A node as its events have shown it so far. */
  private record Node(String pool, String phase, String version) {

    Node with(JsonNode change) {
      return new Node(
          pool, change.path("phase").asString(phase), change.path("version").asString(version));
    }

    boolean ready() {
      return phase.equals("READY");
    }
  }

  /** The state after each event, and its invariants since the start of the upgrade. */
  private static final class Replay {

    private final Map<String, Node> nodes = new HashMap<>();
    private KubernetesVersion oldestServer = KubernetesVersion.of("0.0.0");
    private final Set<String> leaving = new HashSet<>();
    private boolean upgrading;

    void check(List<JsonNode> events) {
      int checks = 0;
      for (JsonNode event : events) {
        apply(event);
        upgrading |= event.path("type").asString().equals("cluster.upgrade-started");
        if (upgrading) {
          checkNow(event);
          checks++;
        }
      }
      assertThat(checks).isGreaterThan(POOLS * SIZE);
      assertThat(nodes.values().stream().filter(Node::ready))
          .hasSize(POOLS * SIZE)
          .allMatch(n -> n.version().equals(AFTER));
    }

    private void apply(JsonNode event) {
      JsonNode fact = event.path("data");
      String stream = event.path("stream").asString();
      switch (event.path("type").asString()) {
        case "node.created" ->
            nodes.put(
                stream,
                new Node(fact.path("pool").asString(), "", "").with(fact.path("attributes")));
        case "node.changed", "node.phase-changed" ->
            nodes.computeIfPresent(stream, (_, node) -> node.with(fact.path("after")));
        case "operation.nodes-selected" -> leaving.addAll(texts(fact.path("nodes")));
        case "node.deleted" -> nodes.remove(stream);
        case "cluster.control-plane-observed" ->
            oldestServer =
                texts(fact.path("after").path("versions")).stream()
                    .map(KubernetesVersion::of)
                    .min(Comparator.naturalOrder())
                    .orElse(oldestServer);
        default -> {}
      }
    }

    private void checkNow(JsonNode event) {
      Map<String, Map<String, Node>> pools = new HashMap<>();
      nodes.forEach(
          (id, node) -> pools.computeIfAbsent(node.pool(), _ -> new HashMap<>()).put(id, node));
      assertThat(pools).as("at %s", event).hasSize(POOLS);
      pools.forEach(
          (pool, there) -> {
            assertThat(there.values().stream().filter(Node::ready).count())
                .as("ready nodes of %s at %s", pool, event)
                .isGreaterThanOrEqualTo(SIZE - UNAVAILABLE);
            assertThat(there.keySet().stream().filter(id -> !leaving.contains(id)))
                .as("nodes of %s that stay or come, at %s", pool, event)
                .hasSizeLessThanOrEqualTo(SIZE + SURGE);
            assertThat(there.values().stream().map(n -> KubernetesVersion.of(n.version())))
                .as("kubelets of %s at %s", pool, event)
                .allMatch(version -> version.compareTo(oldestServer) <= 0);
          });
    }
  }
}
