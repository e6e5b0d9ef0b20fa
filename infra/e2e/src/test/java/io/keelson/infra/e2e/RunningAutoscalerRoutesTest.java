package io.keelson.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.infra.e2e.RunningApi.Response;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * The routes of the cluster autoscaler, which no client library has: its own and the older ones.
 */
@Timeout(600)
@ExtendWith(Keelson.Started.class)
class RunningAutoscalerRoutesTest {

  private static final String PAGE = "?page=1&page_size=100";
  private static final String PAGE_BEYOND = "?page=2&page_size=100";

  @Test
  void an_autoscaler_finds_pools_and_nodes_and_scales(Keelson keelson) throws Exception {
    RunningApi api = new RunningApi(keelson.environment());
    String cluster = api.readyCluster("autoscaler-new");
    String own = "/autoscaler/clusters/" + cluster;

    JsonNode pools = api.get(own + "/pools" + PAGE).ok();
    assertThat(pools.path("total_count").asInt()).isEqualTo(1);
    assertThat(api.get(own + "/pools" + PAGE_BEYOND).ok().path("pools")).isEmpty();
    JsonNode pool = pools.path("pools").path(0);
    checkPool(pool, cluster);
    String id = pool.path("id").asString();

    JsonNode nodes = api.get(own + "/nodes" + PAGE).ok();
    assertThat(nodes.path("total_count").asInt()).isEqualTo(2);
    assertThat(names(nodes.path("nodes").path(0)))
        .contains(
            "id",
            "pool_id",
            "cluster_id",
            "provider_id",
            "name",
            "status",
            "created_at",
            "updated_at");
    assertThat(nodes.path("nodes").path(0).path("pool_id").asString()).isEqualTo(id);

    JsonNode scaled = api.patch("/autoscaler/pools/" + id, "{\"size\": 3}").ok();
    assertThat(scaled.path("size").asInt()).isEqualTo(3);
    assertThat(scaled.path("status").asString()).isEqualTo("scaling");
    api.awaitReady("/pools/" + id);
    nodes = api.get(own + "/nodes" + PAGE).ok();
    assertThat(nodes.path("total_count").asInt()).isEqualTo(3);

    String node = nodes.path("nodes").path(1).path("id").asString();
    JsonNode deleted = api.delete("/autoscaler/nodes/" + node).ok();
    assertThat(deleted.path("id").asString()).isEqualTo(node);
    assertThat(deleted.path("status").asString()).isEqualTo("deleting");
    api.awaitDeleted("/nodes/" + node);
    assertThat(api.awaitReady("/pools/" + id).path("size").asInt()).isEqualTo(2);
  }

  private static void checkPool(JsonNode pool, String cluster) {
    assertThat(names(pool))
        .contains(
            "id",
            "name",
            "version",
            "autoscaling",
            "min_size",
            "max_size",
            "created_at",
            "updated_at");
    assertThat(pool.path("cluster_id").asString()).isEqualTo(cluster);
    assertThat(pool.path("status").asString()).isEqualTo("ready");
    assertThat(pool.path("node_type").asString()).isEqualTo("dev1_m");
    assertThat(pool.path("size").asInt()).isEqualTo(2);
    assertThat(pool.path("zone").asString()).isEqualTo("fr-par-1");
    assertThat(pool.path("node_price_per_hour").isNumber()).isTrue();
    for (String resources : List.of("capacity", "allocatable")) {
      assertThat(pool.path(resources).path("cpu").isIntegralNumber()).as(resources).isTrue();
      assertThat(pool.path(resources).path("memory").isIntegralNumber()).as(resources).isTrue();
    }
    assertThat(pool.path("labels").isObject()).isTrue();
    assertThat(pool.path("taints").isObject()).as("by key, in the form value:Effect").isTrue();
  }

  @Test
  void an_autoscaler_gets_not_found_for_unknown_resources(Keelson keelson) throws Exception {
    RunningApi api = new RunningApi(keelson.environment());
    String unknown = UUID.randomUUID().toString();

    api.get("/autoscaler/clusters/" + unknown + "/pools" + PAGE).isRefused(404, "not_found");
    api.get("/autoscaler/clusters/" + unknown + "/nodes" + PAGE).isRefused(404, "not_found");
    api.patch("/autoscaler/pools/" + unknown, "{\"size\": 3}").isRefused(404, "not_found");
    api.delete("/autoscaler/nodes/" + unknown).isRefused(404, "not_found");
    api.get("/clusters/" + unknown + "/pools-autoscaler" + PAGE).isRefused(404, "not_found");
  }

  @Test
  void an_older_autoscaler_finds_pools_with_the_specs_of_their_nodes(Keelson keelson)
      throws Exception {
    RunningApi api = new RunningApi(keelson.environment());
    String cluster = api.readyCluster("autoscaler-old");
    String older = "/clusters/" + cluster + "/pools-autoscaler";

    JsonNode pools = api.get(older + PAGE).ok();
    assertThat(pools.path("total_count").asInt()).isEqualTo(1);
    JsonNode pool = pools.path("pools").path(0).path("pool");
    assertThat(pool).isEqualTo(api.get("/pools/" + pool.path("id").asString()).ok());
    JsonNode specs = pools.path("pools").path(0).path("specs");
    for (String number :
        List.of(
            "node_price_per_hour",
            "max_pods",
            "gpu",
            "cpu_capacity",
            "cpu_allocatable",
            "memory_capacity",
            "memory_allocatable",
            "local_storage_capacity",
            "local_storage_allocatable")) {
      assertThat(specs.path(number).isNumber()).as(number + " in " + specs).isTrue();
    }
    assertThat(specs.path("labels").isObject()).isTrue();
    assertThat(specs.path("taints").isObject()).isTrue();

    // It always requests one more page, and starts again when the count differs.
    JsonNode beyond = api.get(older + PAGE_BEYOND).ok();
    assertThat(beyond.path("pools")).isEmpty();
    assertThat(beyond.path("total_count").asInt()).isEqualTo(1);
    Response nodes =
        api.get(
            "/clusters/" + cluster + "/nodes" + PAGE + "&pool_id=" + pool.path("id").asString());
    assertThat(nodes.ok().path("total_count").asInt()).isEqualTo(2);
  }

  private static Set<String> names(JsonNode object) {
    return new TreeSet<>(object.propertyNames());
  }
}
