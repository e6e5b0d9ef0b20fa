package io.keelson.adapters.rest.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterCommand.UpdateCluster;
import io.keelson.commands.spec.ClusterChange;
import io.keelson.projections.status.ClusterStatus.Phase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class UpdateClusterTest extends EdgeTest {
  private static final ClusterChange NOTHING =
      new ClusterChange(null, null, null, null, null, null, null, null, null);

  private ClusterId id = new ClusterId(new UUID(0, 0));
  private String path = "";

  @BeforeEach
  void create() {
    post(
        K8S + "/clusters",
        Bodies.cluster(
            body -> {
              body.putObject("autoscaler_config").put("expander", "priority").put("log_level", 4);
              body.putObject("open_id_connect_config")
                  .put("issuer_url", "https://id.example.org")
                  .put("client_id", "k8s")
                  .put("username_prefix", "u:");
              body.putObject("auto_upgrade")
                  .put("enable", true)
                  .putObject("maintenance_window")
                  .put("start_hour", 5)
                  .put("day", "monday");
            }));
    id = world.clusters.keySet().iterator().next();
    path = K8S + "/clusters/" + id;
    move(Phase.READY);
    world.sent.clear();
  }

  private void move(Phase phase) {
    world.move(id, phase);
  }

  private Answer patch(String body) {
    return call("PATCH", path, Tenants.ADMIN, body);
  }

  private ClusterChange sent() {
    return world.sent(UpdateCluster.class).getFirst().change();
  }

  @Test
  void changes_everything_that_can_be_changed() {
    Answer answer =
        patch(
            """
            {"name": "haven", "description": "d", "tags": ["b", "a"],
             "autoscaler_config": {"scale_down_disabled": true, "scale_down_delay_after_add": "1h",
               "estimator": "binpacking", "expander": "price",
               "ignore_daemonsets_utilization": true, "balance_similar_node_groups": true,
               "expendable_pods_priority_cutoff": -1, "scale_down_unneeded_time": "2m",
               "scale_down_utilization_threshold": 0.75, "max_graceful_termination_sec": 5,
               "skip_nodes_with_local_storage": false, "log_level": 1},
             "auto_upgrade": {"enable": false,
               "maintenance_window": {"start_hour": 23, "day": "sunday"}},
             "feature_gates": ["ImageVolume"], "admission_plugins": ["PodNodeSelector"],
             "open_id_connect_config": {"issuer_url": "https://b.example", "client_id": "c",
               "username_claim": "sub", "username_prefix": "p", "groups_claim": ["g"],
               "groups_prefix": "gp", "required_claim": ["k=v"]},
             "apiserver_cert_sans": ["api.example.org"]}
            """);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.text("status")).isEqualTo("updating");
    assertThat(answer.text("name")).isEqualTo("haven");
    assertThat(answer.text("description")).isEqualTo("d");
    JsonNode cluster = answer.json();
    assertThat(cluster.get("tags").toString()).isEqualTo("[\"b\",\"a\"]");
    assertThat(cluster.get("autoscaler_config").toString())
        .isEqualTo(
            "{\"scale_down_disabled\":true,\"scale_down_delay_after_add\":\"1h\","
                + "\"estimator\":\"binpacking\",\"expander\":\"price\","
                + "\"ignore_daemonsets_utilization\":true,\"balance_similar_node_groups\":true,"
                + "\"expendable_pods_priority_cutoff\":-1,\"scale_down_unneeded_time\":\"2m\","
                + "\"scale_down_utilization_threshold\":0.75,\"max_graceful_termination_sec\":5,"
                + "\"skip_nodes_with_local_storage\":false,\"log_level\":1}");
    assertThat(cluster.get("auto_upgrade").toString())
        .isEqualTo(
            "{\"enabled\":false,\"maintenance_window\":{\"start_hour\":23,\"day\":\"sunday\"}}");
    assertThat(cluster.get("feature_gates").toString()).isEqualTo("[\"ImageVolume\"]");
    assertThat(cluster.get("admission_plugins").toString()).isEqualTo("[\"PodNodeSelector\"]");
    assertThat(cluster.get("open_id_connect_config").toString())
        .isEqualTo(
            "{\"issuer_url\":\"https://b.example\",\"client_id\":\"c\",\"username_claim\":\"sub\","
                + "\"username_prefix\":\"p\",\"groups_claim\":[\"g\"],\"groups_prefix\":\"gp\","
                + "\"required_claim\":[\"k=v\"]}");
    assertThat(cluster.get("apiserver_cert_sans").toString()).isEqualTo("[\"api.example.org\"]");
    assertThat(get(path).body()).isEqualTo(answer.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"name\":null,\"description\":null,\"tags\":null,\"autoscaler_config\":null,"
            + "\"auto_upgrade\":null,\"feature_gates\":null,\"admission_plugins\":null,"
            + "\"open_id_connect_config\":null,\"apiserver_cert_sans\":null}",
        "{\"version\":\"1.41.1\",\"type\":\"kapsule-dedicated-4\",\"cni\":\"calico\","
            + "\"pod_cidr\":\"10.0.0.0/16\",\"private_network_id\":null,\"enable_dashboard\":true}"
      })
  void begins_even_where_nothing_is_to_be_otherwise(String body) {
    JsonNode before = get(path).json();

    Answer answer = patch(body);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("status")).isEqualTo("updating");
    assertThat(answer.json().propertyNames()).containsExactlyElementsOf(before.propertyNames());
    for (String same : List.of("name", "version", "type", "cni", "pod_cidr", "auto_upgrade")) {
      assertThat(answer.json().get(same)).isEqualTo(before.get(same));
    }
    assertThat(sent()).isEqualTo(NOTHING);
  }

  @Test
  void keeps_what_an_object_leaves_out_or_does_not_say() {
    JsonNode before = get(path).json();

    Answer answer =
        patch(
            """
            {"autoscaler_config": {"scale_down_disabled": null, "scale_down_delay_after_add": null,
               "estimator": "unknown_estimator", "expander": "unknown_expander",
               "scale_down_utilization_threshold": null, "log_level": null},
             "auto_upgrade": {"enable": null, "maintenance_window": null},
             "open_id_connect_config": {"issuer_url": null, "groups_claim": null}}
            """);

    for (String same : List.of("autoscaler_config", "auto_upgrade", "open_id_connect_config")) {
      assertThat(answer.json().get(same)).isEqualTo(before.get(same));
    }
  }

  @Test
  void lays_single_settings_over_what_is_stored() {
    Answer answer =
        patch(
            """
            {"autoscaler_config": {"log_level": 0},
             "auto_upgrade": {"maintenance_window": {"start_hour": 6}},
             "open_id_connect_config": {"client_id": "other"}}
            """);

    JsonNode autoscaler = answer.json().get("autoscaler_config");
    assertThat(autoscaler.get("log_level").asInt()).isZero();
    assertThat(autoscaler.get("expander").asString()).isEqualTo("priority");
    assertThat(answer.json().get("auto_upgrade").toString())
        .isEqualTo(
            "{\"enabled\":true,\"maintenance_window\":{\"start_hour\":6,\"day\":\"monday\"}}");
    JsonNode openId = answer.json().get("open_id_connect_config");
    assertThat(openId.get("client_id").asString()).isEqualTo("other");
    assertThat(openId.get("issuer_url").asString()).isEqualTo("https://id.example.org");
    assertThat(openId.get("username_prefix").asString()).isEqualTo("u:");
  }

  @Test
  void stores_explicit_zeros_as_they_are_given() {
    Answer answer =
        patch(
            """
            {"autoscaler_config": {"expendable_pods_priority_cutoff": 0,
               "max_graceful_termination_sec": 0, "skip_nodes_with_local_storage": false}}
            """);

    JsonNode autoscaler = answer.json().get("autoscaler_config");
    assertThat(autoscaler.get("expendable_pods_priority_cutoff").asInt()).isZero();
    assertThat(autoscaler.get("max_graceful_termination_sec").asInt()).isZero();
    assertThat(autoscaler.get("skip_nodes_with_local_storage").asBoolean()).isFalse();
  }

  @Test
  void takes_texts_and_lists_away() {
    patch("{\"description\":\"d\",\"tags\":[\"a\"],\"feature_gates\":[\"ImageVolume\"]}");
    move(Phase.READY);

    Answer answer =
        patch(
            """
            {"description": "", "tags": [], "feature_gates": [],
             "open_id_connect_config": {"issuer_url": "", "client_id": "", "username_prefix": ""}}
            """);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.text("description")).isEmpty();
    assertThat(answer.json().get("tags")).isEmpty();
    assertThat(answer.json().get("feature_gates")).isEmpty();
    assertThat(answer.json().get("open_id_connect_config").get("issuer_url").asString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '@',
      value = {
        "{\"name\":\"\"} | name | required",
        "{\"name\":\" \"} | name | required",
        "{\"name\":7} | name | format",
        "{\"name\":\"a\\nb\"} | name | format",
        "{\"name\":\"a\\u0000b\"} | name | format",
        "{\"description\":[]} | description | format",
        "{\"description\":\"\\ud800\"} | description | format",
        "{\"tags\":\"a\"} | tags | format",
        "{\"tags\":[\"a\",null]} | tags.1 | format",
        "{\"feature_gates\":{}} | feature_gates | format",
        "{\"feature_gates\":[\"Gills\"]} | feature_gates.0 | constraint",
        "{\"admission_plugins\":[\"AlwaysDeny\"]} | admission_plugins.0 | constraint",
        "{\"apiserver_cert_sans\":[\"a b\"]} | apiserver_cert_sans.0 | format",
        "{\"autoscaler_config\":[]} | autoscaler_config | format",
        "{\"autoscaler_config\":{\"log_level\":5}} | autoscaler_config.log_level | constraint",
        "{\"autoscaler_config\":{\"expander\":\"guess\"}} | autoscaler_config.expander |"
            + " constraint",
        "{\"autoscaler_config\":{\"estimator\":\"unknown_expander\"}} | autoscaler_config.estimator"
            + " | constraint",
        "{\"autoscaler_config\":{\"scale_down_unneeded_time\":\"soon\"}} |"
            + " autoscaler_config.scale_down_unneeded_time | format",
        "{\"autoscaler_config\":{\"scale_down_utilization_threshold\":1}} |"
            + " autoscaler_config.scale_down_utilization_threshold | constraint",
        "{\"auto_upgrade\":true} | auto_upgrade | format",
        "{\"auto_upgrade\":{\"enable\":\"yes\"}} | auto_upgrade.enable | format",
        "{\"auto_upgrade\":{\"maintenance_window\":{\"start_hour\":24}}} |"
            + " auto_upgrade.maintenance_window.start_hour | constraint",
        "{\"auto_upgrade\":{\"maintenance_window\":{\"day\":\"someday\"}}} |"
            + " auto_upgrade.maintenance_window.day | constraint",
        "{\"open_id_connect_config\":3} | open_id_connect_config | format",
        "{\"open_id_connect_config\":{\"issuer_url\":\"http://a.example\"}} |"
            + " open_id_connect_config.issuer_url | format",
        "{\"open_id_connect_config\":{\"client_id\":\"\"}} |"
            + " open_id_connect_config.client_id | required",
        "{\"open_id_connect_config\":{\"issuer_url\":\"\"}} |"
            + " open_id_connect_config.issuer_url | required",
        "{\"open_id_connect_config\":{\"required_claim\":[\"k\"]}} |"
            + " open_id_connect_config.required_claim.0 | format",
        "[] | body | format",
        "nothing | body | format"
      })
  void refuses_what_is_no_such_argument(String body, String argument, String reason) {
    Answer answer = patch(body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().get("details")).as(answer.body()).hasSize(1);
    assertThat(answer.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo(argument);
    assertThat(answer.json().get("details").get(0).get("reason").asString()).isEqualTo(reason);
    assertThat(world.sent).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"name, 101", "description, 4097", "tags, 256", "apiserver_cert_sans, 256"})
  void refuses_what_is_too_long(String argument, int length) {
    String text = '"' + "a".repeat(length) + '"';
    boolean list = argument.equals("tags") || argument.equals("apiserver_cert_sans");

    Answer answer = patch("{\"" + argument + "\":" + (list ? "[" + text + "]" : text) + "}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("\"" + argument).contains("constraint");
  }

  @Test
  void says_what_the_domain_refuses() {
    world.refusal = new CommandRejected(Reason.NAME_TAKEN, "taken", "name");
    Answer taken = patch("{\"name\":\"haven\"}");
    world.refusal = new CommandRejected(Reason.NOT_FOUND, "gone", "cluster_id");
    Answer gone = patch("{}");
    world.refusal = new StoreUnavailable("gone", new IllegalStateException());
    Answer away = patch("{}");

    assertThat(taken.body())
        .isEqualTo(
            "{\"details\":[{\"argument_name\":\"name\",\"help_message\":\"cluster name must be"
                + " unique across the project\",\"reason\":\"constraint\"}],"
                + "\"message\":\"invalid argument(s)\",\"type\":\"invalid_arguments\"}");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.text("resource_id")).isEqualTo(id.toString());
    assertThat(away.status()).isEqualTo(503);
  }

  @ParameterizedTest
  @CsvSource({"CREATING", "UPDATING", "DELETING"})
  void says_in_which_state_it_cannot_be_done(Phase phase) {
    move(phase);
    world.refusal = new CommandRejected(Reason.BUSY, "busy", "cluster_id");

    Answer answer = patch("{}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body())
        .isEqualTo(
            "{\"current_state\":\"%s\",\"message\":\"resource is in a transient state\","
                    .formatted(answer.text("current_state"))
                + "\"resource\":\"cluster\",\"resource_id\":\"%s\",\"type\":\"transient_state\"}"
                    .formatted(id));
    assertThat(answer.text("current_state")).isEqualToIgnoringCase(phase.name());
  }

  @Test
  void says_that_a_cluster_is_locked_as_clients_know_it() {
    move(Phase.LOCKED);
    world.refusal = new CommandRejected(Reason.BUSY, "busy", "cluster_id");

    Answer answer = patch("{}");

    assertThat(answer.status()).isEqualTo(423);
    assertThat(answer.body())
        .isEqualTo(
            "{\"message\":\"resource is locked\",\"resource\":\"cluster\",\"resource_id\":\"%s\","
                    .formatted(id)
                + "\"type\":\"locked\"}");
  }

  @Test
  void waits_for_the_state_that_shows_why_it_was_refused() {
    world.refusal = new CommandRejected(Reason.BUSY, "busy", "cluster_id");
    long asked = System.nanoTime();
    CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> patch("{}"));

    CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS)
        .execute(() -> move(Phase.UPDATING));

    if (!answer.join().text("current_state").equals("updating")) {
      assertThat(Duration.ofNanos(System.nanoTime() - asked))
          .as("how long was waited for a state that a machine at a standstill brought too late")
          .isGreaterThanOrEqualTo(Duration.ofMillis(500));
    }
  }

  @Test
  void lets_exactly_one_of_many_have_its_way() {
    List<CompletableFuture<Answer>> answers =
        IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> patch("{\"name\":\"n" + i + "\"}")))
            .toList();

    List<Answer> all = answers.stream().map(CompletableFuture::join).toList();
    List<Answer> served = all.stream().filter(a -> a.status() == 200).toList();
    assertThat(served).hasSize(1);
    assertThat(get(path).text("name")).isEqualTo(served.getFirst().text("name"));
    assertThat(all.stream().filter(a -> a.status() != 200))
        .hasSize(7)
        .allMatch(a -> a.status() == 409 && a.text("type").equals("transient_state"))
        .allMatch(a -> a.text("current_state").equals("updating"));
  }

  @Test
  void answers_what_it_wrote_even_while_nobody_can_read_it_yet() {
    world.stale = true;

    Answer answer = patch("{\"name\":\"haven\",\"autoscaler_config\":{\"log_level\":3}}");

    assertThat(answer.text("status")).isEqualTo("updating");
    assertThat(answer.text("name")).isEqualTo("haven");
    assertThat(answer.json().get("autoscaler_config").get("log_level").asInt()).isEqualTo(3);
  }

  @Test
  void needs_a_cluster_and_a_body() {
    assertThat(patch("").status()).isEqualTo(400);
    assertThat(call("PATCH", K8S + "/clusters/" + UUID.randomUUID(), Tenants.ADMIN, "{}").status())
        .isEqualTo(404);
    assertThat(world.sent(ClusterCommand.class)).isEmpty();
  }
}
