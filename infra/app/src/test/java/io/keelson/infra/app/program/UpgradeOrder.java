package io.keelson.infra.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The order in which an upgrade did its work: control plane, then components, then pools; the nodes
 * of each pool follow its plan.
 */
final class UpgradeOrder {

  private final List<Instant> kills;
  private final int pools;
  private final int size;
  private final Map<String, List<String>> planned = new HashMap<>();
  private final Map<String, List<String>> selected = new HashMap<>();
  private final Map<String, List<String>> cordoned = new HashMap<>();
  private final Map<String, Set<String>> replaced = new HashMap<>();
  private final Map<String, Instant> selectedAt = new HashMap<>();
  private final Map<String, Instant> deletedAt = new HashMap<>();

  /**
   * @param kills when the program was killed
   * @param size of each pool
   */
  UpgradeOrder(List<Instant> kills, int pools, int size) {
    this.kills = kills;
    this.pools = pools;
    this.size = size;
  }

  void check(List<JsonNode> events) {
    checkStages(events.stream().map(e -> e.path("type").asString()).toList());
    events.forEach(this::read);
    assertThat(planned).hasSize(pools);
    assertThat(planned.values()).allMatch(nodes -> nodes.size() == size);
    assertThat(selected).isEqualTo(planned);
    planned.forEach(
        (pool, nodes) -> {
          assertThat(replaced.get(pool)).containsExactlyInAnyOrderElementsOf(nodes);
          List<String> expected = new ArrayList<>(nodes);
          expected.removeIf(this::isDeletedDuringKill);
          assertThat(cordoned.get(pool)).as("cordoned of %s", nodes).containsSubsequence(expected);
          assertThat(nodes).containsSubsequence(cordoned.getOrDefault(pool, List.of()));
        });
  }

  private void checkStages(List<String> types) {
    assertThat(types.indexOf("cluster.upgrade-started"))
        .isLessThan(types.indexOf("cluster.control-plane-upgraded"));
    assertThat(types.indexOf("cluster.control-plane-upgraded"))
        .isLessThan(types.indexOf("pool.upgrade-started"));
    assertThat(types.lastIndexOf("pool.upgrade-finished"))
        .isLessThan(types.indexOf("cluster.upgrade-finished"));
    assertThat(types.stream().filter("pool.upgrade-finished"::equals)).hasSize(pools);
  }

  private void read(JsonNode event) {
    JsonNode fact = event.path("data");
    String pool = fact.path("pool").asString("");
    switch (event.path("type").asString()) {
      case "operation.nodes-planned" ->
          fact.path("nodes").forEach(node -> add(planned, pool, node.path("node").asString()));
      case "operation.nodes-selected" ->
          fact.path("nodes")
              .forEach(
                  node -> {
                    add(selected, pool, node.asString());
                    selectedAt.put(node.asString(), time(event));
                  });
      case "operation.node-replaced" ->
          assertThat(
                  replaced
                      .computeIfAbsent(pool, _ -> new HashSet<>())
                      .add(fact.path("node").asString()))
              .as("replaced once: %s", event)
              .isTrue();
      case "node.cordoned" -> add(cordoned, pool, fact.path("node_id").asString());
      case "node.deleted" -> deletedAt.put(fact.path("node_id").asString(), time(event));
      default -> {}
    }
  }

  /**
   * A killed program may have requested the removal of a node without having cordoned it yet. When
   * it starts again, the node may be deleted already.
   */
  private boolean isDeletedDuringKill(String node) {
    Instant from = selectedAt.getOrDefault(node, Instant.MAX);
    Instant to = deletedAt.getOrDefault(node, Instant.MIN);
    return kills.stream().anyMatch(kill -> from.isBefore(kill) && kill.isBefore(to));
  }

  private static Instant time(JsonNode event) {
    return Instant.parse(event.path("recorded_at").asString());
  }

  private static void add(Map<String, List<String>> nodes, String pool, String node) {
    nodes.computeIfAbsent(pool, _ -> new ArrayList<>()).add(node);
  }
}
