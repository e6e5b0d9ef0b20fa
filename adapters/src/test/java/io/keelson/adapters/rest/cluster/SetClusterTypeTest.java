package io.keelson.adapters.rest.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Rows;
import io.keelson.adapters.rest.Shelf;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Quota;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterCommand.SetClusterType;
import io.keelson.commands.spec.ClusterType;
import io.keelson.projections.status.ClusterStatus.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SetClusterTypeTest extends EdgeTest {

  private ClusterId create(ClusterType type) {
    ClusterId id =
        ClusterId.of(
            post(
                    K8S + "/clusters",
                    Bodies.cluster(
                        body -> {
                          body.put("name", type + "-").put("type", type.toString());
                          if (type.multicloud()) {
                            body.put("cni", "kilo").putNull("private_network_id");
                          }
                        }))
                .text("id"));
    move(id, Phase.READY);
    world.sent.clear();
    return id;
  }

  private void move(ClusterId id, Phase phase) {
    world.clusters.compute(id, (_, row) -> Rows.in(phase, Objects.requireNonNull(row)));
  }

  private static String path(ClusterId id) {
    return K8S + "/clusters/" + id;
  }

  private Answer set(ClusterId id, String type) {
    return post(path(id) + "/set-type", "{\"type\":\"" + type + "\"}");
  }

  private List<String> offered(ClusterId id) {
    return get(path(id) + "/available-types")
        .json()
        .get("cluster_types")
        .valueStream()
        .map(t -> t.get("name").asString())
        .toList();
  }

  @Test
  void shows_the_new_type_from_the_start() {
    ClusterId id = create(ClusterType.KAPSULE);

    Answer answer = set(id, "kapsule-dedicated-8");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.text("status")).isEqualTo("updating");
    assertThat(answer.text("type")).isEqualTo("kapsule-dedicated-8");
    assertThat(answer.text("commitment_ends_at")).isEqualTo("2030-06-03T03:02:01.123456Z");
    assertThat(get(path(id)).body()).isEqualTo(answer.body());
    assertThat(world.sent(SetClusterType.class))
        .singleElement()
        .matches(c -> c.type() == ClusterType.KAPSULE_DEDICATED_8);
  }

  @ParameterizedTest
  @EnumSource
  void takes_exactly_what_is_shown_as_available(ClusterType type) {
    ClusterId id = create(type);
    List<String> offered = offered(id);

    for (ClusterType other : ClusterType.values()) {
      Answer answer = set(id, other.toString());

      boolean again = other == type; // changes nothing
      assertThat(answer.status())
          .as("%s to %s: %s", type, other, answer.body())
          .isEqualTo(again || offered.contains(other.toString()) ? 200 : 400);
      world.clusters.computeIfPresent(
          id, (_, row) -> row.desired(row.spec().of(type), Phase.READY, row.updatedAt()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void answers_with_the_cluster_as_it_is_where_it_has_the_type_already(ClusterType type) {
    ClusterId id = create(type);
    String before = get(path(id)).body();

    Answer answer = set(id, type.toString());

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(before);
    assertThat(answer.text("status")).isEqualTo("ready");
    assertThat(get(path(id)).body()).isEqualTo(before);
  }

  @Test
  void says_until_when_a_type_is_booked() {
    ClusterId id = create(ClusterType.KAPSULE_DEDICATED_8);

    Answer answer = set(id, "kapsule-dedicated-4");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("details").toString())
        .isEqualTo(
            "[{\"argument_name\":\"type\",\"help_message\":\"kapsule-dedicated-8 is booked until"
                + " 2030-06-03T03:02:01.123456Z: until then the cluster can only become larger\","
                + "\"reason\":\"constraint\"}]");
    assertThat(offered(id)).containsExactly("kapsule-dedicated-16");
    assertThat(world.sent).isEmpty();
  }

  @Test
  void goes_down_once_the_commitment_has_ended() {
    ClusterId id = create(ClusterType.KAPSULE_DEDICATED_8);
    world.clusters.computeIfPresent(id, (_, row) -> Rows.bookedUntil(Shelf.NOW, row));

    assertThat(offered(id))
        .containsExactly("kapsule", "kapsule-dedicated-4", "kapsule-dedicated-16");
    assertThat(set(id, "kapsule").text("type")).isEqualTo("kapsule");
  }

  @Test
  void does_not_go_down_in_the_last_moment_of_the_commitment() {
    ClusterId id = create(ClusterType.KAPSULE_DEDICATED_8);
    world.clusters.computeIfPresent(
        id, (_, row) -> Rows.bookedUntil(Shelf.NOW.plus(Duration.ofNanos(1)), row));

    assertThat(offered(id)).containsExactly("kapsule-dedicated-16");
    assertThat(set(id, "kapsule").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '@',
      value = {
        "{} | type | required",
        "{\"type\":null} | type | required",
        "{\"type\":\"\"} | type | required",
        "{\"type\":7} | type | format",
        "{\"type\":[\"kapsule\"]} | type | format",
        "{\"type\":\"KAPSULE\"} | type | constraint",
        "{\"type\":\"kapsule-dedicated-5\"} | type | constraint",
        "{\"type\":\"multicloud-dedicated-4\"} | type | constraint",
        "{\"type\":\"kapsule\\u0000\"} | type | format",
        "[] | body | format",
        "nothing | body | format"
      })
  void refuses_what_is_no_such_argument(String body, String argument, String reason) {
    ClusterId id = create(ClusterType.KAPSULE);

    Answer answer = post(path(id) + "/set-type", body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().get("details")).as(answer.body()).hasSize(1);
    assertThat(answer.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo(argument);
    assertThat(answer.json().get("details").get(0).get("reason").asString()).isEqualTo(reason);
    assertThat(world.sent).isEmpty();
  }

  @Test
  void refuses_a_type_that_is_too_long() {
    Answer answer = set(create(ClusterType.KAPSULE), "k".repeat(101));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("\"type\"").contains("constraint");
  }

  @Test
  void says_which_quota_the_nodes_would_exceed() {
    ClusterId id = create(ClusterType.KAPSULE);
    world.refusal = new CommandRejected(new Quota("cluster_nodes", 150, 200, Tenants.PROJECT));

    Answer answer = set(id, "kapsule-dedicated-4");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body())
        .isEqualTo(
            "{\"details\":[{\"current\":200,\"project_id\":\"%s\",\"quota\":150,"
                    .formatted(Tenants.PROJECT)
                + "\"resource\":\"cluster_nodes\"}],\"message\":\"quota exceeded\","
                + "\"type\":\"quotas_exceeded\"}");
  }

  @Test
  void says_in_which_state_it_cannot_be_done() {
    ClusterId id = create(ClusterType.KAPSULE_DEDICATED_4);
    move(id, Phase.UPDATING);

    for (String type : List.of("kapsule-dedicated-8", "kapsule-dedicated-4", "kapsule")) {
      Answer answer = set(id, type);

      assertThat(answer.status()).as(type).isEqualTo(409);
      assertThat(answer.text("type")).isEqualTo("transient_state");
      assertThat(answer.text("current_state")).isEqualTo("updating");
    }
    move(id, Phase.LOCKED);
    assertThat(set(id, "kapsule").status()).isEqualTo(423);
    world.refusal = new CommandRejected(Reason.BUSY, "busy", "cluster_id");
    assertThat(set(id, "kapsule-dedicated-8").text("type")).isEqualTo("locked");
  }

  @Test
  void answers_a_repeat_with_the_same_key_as_before_and_without_a_second_effect() {
    ClusterId id = create(ClusterType.KAPSULE);
    Map<String, String> key = Map.of("Idempotency-Key", "k");
    String body = "{\"type\":\"kapsule-dedicated-4\"}";
    Answer first = call("POST", path(id) + "/set-type", Tenants.ADMIN, body, key);
    Answer second = call("POST", path(id) + "/set-type", Tenants.ADMIN, body, key);

    assertThat(first.status()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    Answer other =
        call(
            "POST",
            path(id) + "/set-type",
            Tenants.ADMIN,
            "{\"type\":\"kapsule-dedicated-8\"}",
            key);
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.text("type")).isEqualTo("already_exists");
  }

  @Test
  void answers_what_it_wrote_even_while_nobody_can_read_it_yet() {
    ClusterId id = create(ClusterType.KAPSULE);
    world.stale = true;

    Answer answer = set(id, "kapsule-dedicated-4");

    assertThat(answer.text("status")).isEqualTo("updating");
    assertThat(answer.text("type")).isEqualTo("kapsule-dedicated-4");
  }

  @Test
  void needs_a_cluster_and_a_body() {
    ClusterId id = create(ClusterType.KAPSULE);

    assertThat(post(path(id) + "/set-type", "").status()).isEqualTo(400);
    assertThat(set(new ClusterId(UUID.randomUUID()), "kapsule").status()).isEqualTo(404);
    assertThat(world.sent(ClusterCommand.class)).isEmpty();
  }
}
