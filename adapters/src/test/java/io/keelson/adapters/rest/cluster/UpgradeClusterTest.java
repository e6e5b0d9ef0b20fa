package io.keelson.adapters.rest.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Rows;
import io.keelson.adapters.rest.Shelf;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Awaited;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterCommand.UpgradeCluster;
import io.keelson.commands.operation.OperationKind;
import io.keelson.projections.status.ClusterStatus.Phase;
import io.keelson.projections.status.OperationStatus;
import io.keelson.projections.status.PoolStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpgradeClusterTest extends EdgeTest {
  private static final String NEXT_MINOR = "{\"version\":\"1.41.1\"}";

  private ClusterId id = new ClusterId(new UUID(0, 0));
  private String path = "";

  @BeforeEach
  void create() {
    post(K8S + "/clusters", Bodies.cluster(body -> body.put("version", "1.40.2")));
    id = world.clusters.keySet().iterator().next();
    path = K8S + "/clusters/" + id;
    move(Phase.READY);
    world.pools.replaceAll((_, row) -> Rows.in(PoolStatus.Phase.READY, "", row));
    world.sent.clear();
  }

  private void move(Phase phase) {
    world.clusters.compute(id, (_, row) -> Rows.in(phase, Objects.requireNonNull(row)));
  }

  private Answer upgrade(String body) {
    return post(path + "/upgrade", body);
  }

  @Test
  void shows_the_new_version_from_the_start() {
    Answer answer = upgrade(NEXT_MINOR);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.text("status")).isEqualTo("updating");
    assertThat(answer.text("version")).isEqualTo("1.41.1");
    assertThat(answer.json().get("upgrade_available").asBoolean()).isFalse();
    assertThat(get(path).body()).isEqualTo(answer.body());
    assertThat(world.sent(UpgradeCluster.class))
        .singleElement()
        .matches(c -> c.target().equals(KubernetesVersion.of("1.41.1")) && !c.upgradePools());
  }

  @Test
  void takes_a_later_patch_and_lets_the_pools_follow_when_asked_to() {
    Answer answer = upgrade("{\"version\":\"1.40.3\",\"upgrade_pools\":true}");

    assertThat(answer.text("version")).isEqualTo("1.40.3");
    assertThat(answer.json().get("upgrade_available").asBoolean()).isTrue();
    assertThat(world.sent(UpgradeCluster.class))
        .singleElement()
        .matches(UpgradeCluster::upgradePools);
  }

  @Test
  void goes_wherever_it_is_shown_that_the_cluster_may_go() {
    for (var version : get(path + "/available-versions").json().get("versions")) {
      world.clusters.replaceAll((_, row) -> Rows.at(KubernetesVersion.of("1.40.2"), row));
      move(Phase.READY);

      assertThat(upgrade("{\"version\":" + version.get("name") + "}").status()).isEqualTo(200);
    }
    assertThat(world.sent(UpgradeCluster.class)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '@',
      value = {
        "{} | version | required",
        "{\"version\":null} | version | required",
        "{\"version\":\"\"} | version | required",
        "{\"version\":1.41} | version | format",
        "{\"version\":{}} | version | format",
        "{\"version\":\"latest\"} | version | format",
        "{\"version\":\"1.41\"} | version | format",
        "{\"version\":\"v1.41.1\"} | version | format",
        "{\"version\":\"1.41.1\\u0000\"} | version | format",
        "{\"version\":\"111.111.111\"} | version | constraint",
        "{\"version\":\"1.39.6\"} | version | constraint",
        "{\"version\":\"1.40.1\"} | version | constraint",
        "{\"version\":\"1.40.9\"} | version | constraint",
        "{\"version\":\"1.42.0\"} | version | constraint",
        "{\"version\":\"1.41.1\",\"upgrade_pools\":1} | upgrade_pools | format",
        "{\"version\":\"1.41.1\",\"upgrade_pools\":\"true\"} | upgrade_pools | format",
        "[] | body | format",
        "nothing | body | format"
      })
  void refuses_what_is_no_such_argument(String body, String argument, String reason) {
    Answer answer = upgrade(body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().get("details")).as(answer.body()).hasSize(1);
    assertThat(answer.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo(argument);
    assertThat(answer.json().get("details").get(0).get("reason").asString()).isEqualTo(reason);
    assertThat(world.sent).isEmpty();
  }

  @Test
  void leaves_it_to_the_domain_whether_the_present_version_may_be_asked_for_again() {
    assertThat(upgrade("{\"version\":\"1.40.2\"}").status()).isEqualTo(200);

    world.refusal = new CommandRejected(Reason.INVALID, "only to a later patch", "version");
    Answer refused = upgrade("{\"version\":\"1.40.2\"}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo("version");
  }

  @Test
  void says_which_pool_is_in_its_way() {
    world.pools.replaceAll((_, row) -> Rows.in(PoolStatus.Phase.SCALING, "", row));
    world.refusal = new CommandRejected(Reason.BUSY, "a pool is being scaled", "pool_id");

    Answer answer = upgrade("{\"version\":\"1.41.1\",\"upgrade_pools\":true}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text("type")).isEqualTo("transient_state");
    assertThat(answer.text("resource")).isEqualTo("pool");
    assertThat(answer.text("resource_id"))
        .isEqualTo(world.pools.keySet().iterator().next().toString());
    assertThat(answer.text("current_state")).isEqualTo("scaling");
  }

  @Test
  void says_in_words_and_in_blocked_by_what_it_waits_for() {
    world.pools.replaceAll((_, row) -> Rows.in(PoolStatus.Phase.SCALING, "", row));
    PoolId pool = world.pools.keySet().iterator().next();
    OperationStatus creation =
        Rows.operation(id, OperationKind.CREATE, OperationStatus.State.RUNNING, Shelf.NOW);
    world.operations.put(creation.id(), creation);
    String what = "pool/" + pool;
    world.refusal =
        new CommandRejected(
            "busy", "pool_id", List.of(new Awaited(what, "being created", creation.id())));

    Answer answer = upgrade("{\"version\":\"1.41.1\",\"upgrade_pools\":true}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body())
        .isEqualTo(
            """
            {"blocked_by":[{"detail":"being created","since":"2030-05-04T03:02:01.123456Z",\
            "what":"pool/%1$s","who":"operation/%2$s"}],"current_state":"scaling",\
            "message":"resource is in a transient state: pool %1$s is being created (operation %2$s)",\
            "resource":"pool","resource_id":"%1$s","type":"transient_state"}\
            """
                .formatted(pool, creation.id()));
  }

  @Test
  void names_itself_before_what_it_waits_for_elsewhere() {
    move(Phase.UPDATING);
    String pool = UUID.randomUUID().toString();
    world.refusal =
        new CommandRejected(
            "busy", "cluster_id", List.of(new Awaited("pool/" + pool, "being deleted", null)));

    Answer answer = upgrade("{\"version\":\"1.41.1\"}");

    assertThat(answer.text("message"))
        .isEqualTo(
            "resource is in a transient state: cluster %s: pool %s is being deleted"
                .formatted(id, pool));
    assertThat(answer.json().get("blocked_by").toString())
        .isEqualTo("[{\"detail\":\"being deleted\",\"what\":\"pool/%s\"}]".formatted(pool));
  }

  @ParameterizedTest
  @CsvSource({"CREATING", "UPDATING", "DELETING"})
  void says_in_which_state_it_cannot_be_done(Phase phase) {
    move(phase);
    world.refusal = new CommandRejected(Reason.BUSY, "busy", "cluster_id");

    for (String version : List.of("1.41.1", "1.39.6")) {
      Answer answer = upgrade("{\"version\":\"" + version + "\"}");

      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.text("type")).isEqualTo("transient_state");
      assertThat(answer.text("resource")).isEqualTo("cluster");
      assertThat(answer.text("current_state")).isEqualToIgnoringCase(phase.name());
    }
  }

  @Test
  void lets_exactly_one_of_many_have_its_way() {
    List<CompletableFuture<Answer>> answers =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () ->
                            upgrade("{\"version\":\"1.4" + i % 2 + "." + (3 - i % 2 * 2) + "\"}")))
            .toList();

    List<Answer> all = answers.stream().map(CompletableFuture::join).toList();
    assertThat(all.stream().filter(a -> a.status() == 200)).hasSize(1);
    assertThat(all.stream().filter(a -> a.status() == 409))
        .hasSize(7)
        .allMatch(a -> a.text("current_state").equals("updating"));
  }

  @Test
  void answers_a_repeat_with_the_same_key_as_before_and_without_a_second_effect() {
    Map<String, String> key = Map.of("Idempotency-Key", "k");
    Answer first = call("POST", path + "/upgrade", Tenants.ADMIN, NEXT_MINOR, key);
    Answer second = call("POST", path + "/upgrade", Tenants.ADMIN, NEXT_MINOR, key);
    move(Phase.READY);
    Answer third = call("POST", path + "/upgrade", Tenants.ADMIN, NEXT_MINOR, key);

    assertThat(first.status()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(third.text("status")).isEqualTo("updating");
    assertThat(third.text("version")).isEqualTo("1.41.1");
    assertThat(world.clusters.get(id)).isNotNull().matches(row -> row.phase() == Phase.READY);
    assertThat(world.sent(UpgradeCluster.class).stream().map(UpgradeCluster::operation).distinct())
        .hasSize(1);
  }

  @Test
  void refuses_the_same_key_with_another_body() {
    Map<String, String> key = Map.of("Idempotency-Key", "k");
    call("POST", path + "/upgrade", Tenants.ADMIN, "{\"version\":\"1.40.3\"}", key);
    move(Phase.READY);

    Answer answer = call("POST", path + "/upgrade", Tenants.ADMIN, NEXT_MINOR, key);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text("type")).isEqualTo("already_exists");
    assertThat(answer.text("help_message")).contains("Idempotency-Key");
    assertThat(get(path).text("version")).isEqualTo("1.40.3");
  }

  @Test
  void refuses_a_key_that_is_none() {
    Answer answer =
        call(
            "POST",
            path + "/upgrade",
            Tenants.ADMIN,
            NEXT_MINOR,
            Map.of("Idempotency-Key", "x".repeat(256)));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("Idempotency-Key");
    assertThat(world.sent).isEmpty();
  }

  @Test
  void answers_what_it_wrote_even_while_nobody_can_read_it_yet() {
    world.stale = true;

    Answer answer = upgrade(NEXT_MINOR);

    assertThat(answer.text("status")).isEqualTo("updating");
    assertThat(answer.text("version")).isEqualTo("1.41.1");
  }

  @Test
  void needs_a_cluster_and_a_body() {
    assertThat(upgrade("").status()).isEqualTo(400);
    assertThat(post(K8S + "/clusters/" + UUID.randomUUID() + "/upgrade", NEXT_MINOR).status())
        .isEqualTo(404);
    assertThat(world.sent(ClusterCommand.class)).isEmpty();
  }
}
