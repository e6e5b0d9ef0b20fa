package io.keelson.adapters.rest.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Rows;
import io.keelson.adapters.rest.Shelf;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.pool.PoolCommand.UpgradePool;
import io.keelson.projections.status.ClusterStatus;
import io.keelson.projections.status.OperationStatus.State;
import io.keelson.projections.status.PoolStatus.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ArrayNode;

class MigratePoolsTest extends EdgeTest {
  private ClusterId id = new ClusterId(new UUID(0, 0));
  private String path = "";
  private List<PoolId> pools = List.of();

  @BeforeEach
  void create() {
    post(
        K8S + "/clusters",
        Bodies.cluster(
            body -> {
              ArrayNode all = (ArrayNode) body.get("pools");
              all.add(Bodies.pool(body).deepCopy().put("name", "b"));
              all.add(Bodies.pool(body).deepCopy().put("name", "c"));
            }));
    id = world.clusters.keySet().iterator().next();
    path = K8S + "/clusters/" + id + "/migrate-pools-to-new-images";
    world.clusters.replaceAll((_, row) -> Rows.in(ClusterStatus.Phase.READY, row));
    world.pools.replaceAll((_, row) -> Rows.in(Phase.READY, "", row));
    pools = new ArrayList<>(world.pools.keySet());
    world.sent.clear();
  }

  private Answer migrate(Object... named) {
    return post(path, JSON.writeValueAsString(Map.of("pool_ids", named)));
  }

  private void move(PoolId pool, Phase phase) {
    world.pools.compute(pool, (_, row) -> Rows.in(phase, "", Objects.requireNonNull(row)));
  }

  private List<PoolId> sent() {
    return world.sent(UpgradePool.class).stream().map(UpgradePool::pool).toList();
  }

  @Test
  void rolls_the_pools_that_are_named_each_once_at_the_version_that_it_has() {
    Answer answer = migrate(pools.get(2), pools.get(0), pools.get(2));

    assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(sent()).containsExactly(pools.get(2), pools.get(0));
    assertThat(world.sent(UpgradePool.class))
        .allMatch(c -> c.target().equals(KubernetesVersion.of("1.40.3")))
        .allMatch(c -> c.clusterId().equals(id));
    assertThat(get(K8S + "/pools/" + pools.get(0)).text("status")).isEqualTo("upgrading");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '@',
      value = {"{}", "{\"pool_ids\":null}", "{\"pool_ids\":[]}"})
  void rolls_all_when_none_is_named(String body) {
    assertThat(post(path, body).status()).isEqualTo(204);

    assertThat(sent()).containsExactlyElementsOf(pools);
  }

  @Test
  void leaves_out_those_that_go_or_have_no_nodes_of_ours() {
    move(pools.getFirst(), Phase.DELETING);
    String kosmos =
        post(
                K8S + "/clusters",
                Bodies.cluster(
                    b -> {
                      b.put("type", "multicloud").put("name", "kosmos").put("cni", "kilo");
                      b.putNull("private_network_id");
                      Bodies.pool(b).put("node_type", "external").put("size", 0);
                    }))
            .text("id");
    world.pools.replaceAll(
        (_, row) -> row.phase() == Phase.SCALING ? Rows.in(Phase.READY, "", row) : row);

    assertThat(post(path, "{}").status()).isEqualTo(204);
    assertThat(post(path.replace(id.toString(), kosmos), "{}").status()).isEqualTo(204);

    assertThat(sent()).containsExactly(pools.get(1), pools.get(2));
  }

  @Test
  void begins_nothing_while_one_of_them_cannot_follow() {
    move(pools.get(1), Phase.SCALING);

    Answer busy = post(path, "{}");
    move(pools.get(1), Phase.LOCKED);
    Answer locked = post(path, "{}");

    assertThat(busy.status()).isEqualTo(409);
    assertThat(busy.text("resource")).isEqualTo("pool");
    assertThat(busy.text("resource_id")).isEqualTo(pools.get(1).toString());
    assertThat(busy.text("current_state")).isEqualTo("scaling");
    assertThat(locked.status()).isEqualTo(423);
    assertThat(world.sent).isEmpty();
  }

  @Test
  void refuses_a_pool_that_is_not_at_the_version_of_its_cluster() {
    world.clusters.replaceAll((_, row) -> Rows.at(KubernetesVersion.of("1.41.1"), row));

    Answer behind = migrate(pools.getFirst());
    world.clusters.replaceAll((_, row) -> Rows.in(ClusterStatus.Phase.UPDATING, row));
    Answer moving = migrate(pools.getFirst());

    assertThat(behind.status()).isEqualTo(400);
    assertThat(behind.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo("pool_ids");
    assertThat(moving.status()).isEqualTo(409);
    assertThat(moving.text("resource")).isEqualTo("cluster");
    assertThat(world.sent).isEmpty();
  }

  @Test
  void knows_no_pool_of_another_cluster() {
    post(K8S + "/clusters", Bodies.named("other"));
    PoolId foreign = new ArrayList<>(world.pools.keySet()).getLast();
    world.sent.clear();

    for (PoolId pool : List.of(foreign, new PoolId(UUID.randomUUID()))) {
      Answer answer = migrate(pools.getFirst(), pool);

      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.text("resource")).isEqualTo("pool");
      assertThat(answer.text("resource_id")).isEqualTo(pool.toString());
    }
    assertThat(world.sent).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '@',
      value = {
        "{\"pool_ids\":\"all\"} | pool_ids | format",
        "{\"pool_ids\":[null]} | pool_ids.0 | format",
        "{\"pool_ids\":[7]} | pool_ids.0 | format",
        "{\"pool_ids\":[\"quay\"]} | pool_ids.0 | format",
        "{\"pool_ids\":[\"\"]} | pool_ids.0 | format",
        "[] | body | format",
        "nothing | body | format"
      })
  void refuses_what_is_no_such_argument(String body, String argument, String reason) {
    Answer answer = post(path, body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo(argument);
    assertThat(answer.json().get("details").get(0).get("reason").asString()).isEqualTo(reason);
    assertThat(world.sent).isEmpty();
  }

  @Test
  void refuses_more_than_can_be_meant() {
    String body =
        "{\"pool_ids\":["
            + ("\"" + pools.getFirst() + "\",").repeat(500)
            + "\""
            + pools.getFirst()
            + "\"]}";

    assertThat(post(path, body).body()).contains("pool_ids").contains("constraint");
  }

  @Test
  void says_what_the_domain_refuses() {
    world.refusal = new CommandRejected(Reason.BUSY, "the cluster is upgraded", "cluster_id");
    world.clusters.replaceAll((_, row) -> Rows.in(ClusterStatus.Phase.UPDATING, row));

    Answer answer = migrate(pools.getFirst());

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text("resource")).isEqualTo("cluster");
    assertThat(answer.text("current_state")).isEqualTo("updating");
  }

  @Test
  void does_not_begin_again_for_the_same_key() {
    Map<String, String> key = Map.of("Idempotency-Key", "k");
    call("POST", path, Tenants.ADMIN, "{}", key);
    world
        .sent(UpgradePool.class)
        .forEach(
            c ->
                world.operations.put(
                    c.operation(), Rows.replacement(id, c.operation(), State.RUNNING, Shelf.NOW)));

    assertThat(call("POST", path, Tenants.ADMIN, "{}", key).status()).isEqualTo(204);
    assertThat(sent()).hasSize(3);
  }

  @Test
  void needs_a_cluster_and_a_body() {
    assertThat(post(path, "").status()).isEqualTo(400);
    assertThat(post(path.replace(id.toString(), UUID.randomUUID().toString()), "{}").status())
        .isEqualTo(404);
    assertThat(world.sent(ClusterCommand.class)).isEmpty();
  }
}
