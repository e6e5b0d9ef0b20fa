package io.keelson.adapters.rest.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Backend;
import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Rows;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.ClusterId;
import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.commands.access.CallCommand.RecordSecretRead;
import io.keelson.commands.access.CallId;
import io.keelson.projections.status.ClusterStatus.Phase;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class KubeconfigTest extends EdgeTest {

  private ClusterId create(String name) {
    ClusterId id = ClusterId.of(post(K8S + "/clusters", Bodies.named(name)).text("id"));
    world.clusters.compute(id, (_, row) -> Rows.in(Phase.READY, Objects.requireNonNull(row)));
    return id;
  }

  private Answer kubeconfig(ClusterId id, String query) {
    return get(K8S + "/clusters/" + id + "/kubeconfig" + query);
  }

  private static Map<String, Object> expected(String name, ClusterId id, String token) {
    String url = "https://" + id + ".api.k8s.fr-par.scw.cloud:6443";
    String ca =
        Base64.getEncoder().encodeToString(Backend.CERTIFICATE.getBytes(StandardCharsets.UTF_8));
    return Map.of(
        "apiVersion", "v1",
        "kind", "Config",
        "preferences", Map.of(),
        "current-context", "admin@" + name,
        "clusters",
            List.of(
                Map.of(
                    "name",
                    name,
                    "cluster",
                    Map.of("server", url, "certificate-authority-data", ca))),
        "contexts",
            List.of(
                Map.of(
                    "name",
                    "admin@" + name,
                    "context",
                    Map.of("cluster", name, "user", name + "-admin"))),
        "users", List.of(Map.of("name", name + "-admin", "user", Map.of("token", token))));
  }

  private static Object yaml(String text) {
    return new Yaml().load(text);
  }

  @Test
  void comes_as_a_file_in_json() {
    ClusterId id = create("harbour");

    Answer answer = kubeconfig(id, "?redacted=false");

    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.json().propertyNames()).containsExactly("name", "content_type", "content");
    assertThat(answer.text("name")).isEqualTo("kubeconfig");
    assertThat(answer.text("content_type")).isEqualTo("application/octet-stream");
    String content =
        new String(Base64.getDecoder().decode(answer.text("content")), StandardCharsets.UTF_8);
    assertThat(yaml(content)).isEqualTo(expected("harbour", id, Backend.TOKEN));
  }

  @Test
  void comes_raw_when_it_is_downloaded() {
    ClusterId id = create("harbour");

    Answer answer = kubeconfig(id, "?dl=1");

    assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(yaml(answer.body())).isEqualTo(expected("harbour", id, Backend.TOKEN));
  }

  @Test
  void hides_its_token_when_asked_to_and_records_nothing() {
    ClusterId id = create("harbour");

    for (String redacted : List.of("true", "True")) {
      Answer answer = kubeconfig(id, "?redacted=" + redacted + "&dl=1");

      assertThat(yaml(answer.body())).isEqualTo(expected("harbour", id, "REDACTED_TOKEN"));
    }
    assertThat(world.audited()).isEmpty();
  }

  @Test
  void survives_any_name_that_a_cluster_may_have() {
    for (String name :
        List.of(
            "a: b # c",
            "say \"hi\"",
            "back\\slash",
            "- x",
            "⚓ über",
            "%s{}",
            "null",
            "1e3",
            "line\u2028paragraph\u2029mark\ufeffspace\u00a0",
            "\ud83d\udea2 \ue000 \u202e")) {
      ClusterId id = create(name);

      assertThat(yaml(kubeconfig(id, "?dl=1").body())).isEqualTo(expected(name, id, Backend.TOKEN));
    }
  }

  @Test
  void is_recorded_before_its_secret_leaves() {
    ClusterId id = create("harbour");

    Answer answer = kubeconfig(id, "");

    assertThat(world.audited())
        .containsExactly(
            new RecordSecretRead(
                CallId.of(UUID.fromString(answer.header("X-Request-Id"))),
                Tenants.ORGANIZATION,
                tenants.accessKey(Tenants.ADMIN),
                id,
                "kubeconfig",
                ((RecordSecretRead) world.audited().getFirst()).client()));
  }

  @Test
  void keeps_its_secret_when_the_reading_cannot_be_recorded() {
    ClusterId id = create("harbour");
    world.refusal = new StoreUnavailable("gone", new IllegalStateException());

    Answer answer = kubeconfig(id, "?dl=1");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body()).doesNotContain(Backend.TOKEN);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(kubeconfig(id, "?redacted=true").status()).isEqualTo(200);
  }

  @Test
  void is_not_there_before_the_control_plane_is() {
    backend.reachable = false;
    ClusterId id = ClusterId.of(post(K8S + "/clusters", Bodies.cluster()).text("id"));

    Answer answer = kubeconfig(id, "?redacted=true");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text("type")).isEqualTo("transient_state");
    assertThat(answer.text("current_state")).isEqualTo("creating");
    assertThat(kubeconfig(id, "").status()).isEqualTo(409);
    assertThat(world.audited()).as("no secret left").isEmpty();
  }

  @Test
  void says_503_while_the_provider_cannot_be_reached() {
    ClusterId id = create("harbour");
    backend.reachable = false;

    assertThat(kubeconfig(id, "").status()).isEqualTo(503);
  }

  @Test
  void has_nothing_but_ascii_in_it() {
    ClusterId id = create("a\u2028b\ufeffc\ud83d\udea2");

    assertThat(kubeconfig(id, "?dl=1").body()).contains("\"a\\u2028b\\uFEFFc\\U0001F6A2\"");
  }

  @Test
  void is_not_handed_out_while_its_cluster_is_deleted() {
    ClusterId id = create("harbour");
    world.clusters.compute(id, (_, row) -> Rows.in(Phase.DELETING, Objects.requireNonNull(row)));

    for (String query : List.of("", "?redacted=true")) {
      Answer answer = kubeconfig(id, query);

      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.text("type")).isEqualTo("transient_state");
      assertThat(answer.text("current_state")).isEqualTo("deleting");
    }
    assertThat(world.audited()).as("no secret left").isEmpty();
  }

  @Test
  void refuses_a_bad_query() {
    ClusterId id = create("harbour");

    assertThat(kubeconfig(id, "?redacted=maybe").status()).isEqualTo(400);
    assertThat(kubeconfig(id, "?redacted=unknown").status()).isEqualTo(400);
    assertThat(kubeconfig(id, "?dl=unknown").status()).isEqualTo(400);
    assertThat(kubeconfig(id, "?dl=please").status()).isEqualTo(400);
    assertThat(world.audited()).isEmpty();
  }
}
