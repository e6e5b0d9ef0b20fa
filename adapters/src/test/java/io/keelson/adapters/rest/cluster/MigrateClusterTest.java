package io.keelson.adapters.rest.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.commands.cluster.ClusterCommand;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrateClusterTest extends EdgeTest {
  private String path = "";

  @BeforeEach
  void create() {
    post(K8S + "/clusters", Bodies.cluster());
    path = K8S + "/clusters/" + world.clusters.keySet().iterator().next();
    world.sent.clear();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/migrate-to-routed-ips", "/migrate-to-sbs-csi"})
  void answers_the_cluster_that_is_so_already(String route) {
    String cluster = get(path).body();

    assertThat(post(path + route, "{}").body()).isEqualTo(cluster);
    assertThat(post(path + route, "").body()).isEqualTo(cluster);
    assertThat(post(K8S + "/clusters/" + UUID.randomUUID() + route, "{}").status()).isEqualTo(404);
    assertThat(world.sent(ClusterCommand.class)).isEmpty();
  }

  @Test
  void answers_the_cluster_that_is_in_the_network_already() {
    Answer answer =
        post(
            path + "/migrate-to-private-network",
            "{\"private_network_id\":\"" + Bodies.NETWORK + "\"}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(get(path).body());
    assertThat(world.sent(ClusterCommand.class)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '@',
      value = {
        "{} | private_network_id | required",
        "{\"private_network_id\":null} | private_network_id | required",
        "{\"private_network_id\":\"\"} | private_network_id | required",
        "{\"private_network_id\":7} | private_network_id | format",
        "{\"private_network_id\":\"pn\"} | private_network_id | format",
        "{\"private_network_id\":\"00000000-0000-4000-8000-000000000001\"} | private_network_id |"
            + " constraint",
        "[] | body | format",
        "nothing | body | format"
      })
  void refuses_another_network(String body, String argument, String reason) {
    Answer answer = post(path + "/migrate-to-private-network", body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().get("details")).hasSize(1);
    assertThat(answer.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo(argument);
    assertThat(answer.json().get("details").get(0).get("reason").asString()).isEqualTo(reason);
  }

  @Test
  void refuses_any_network_for_a_cluster_that_has_none() {
    String kosmos = post(K8S + "/clusters", Bodies.kosmos()).text("id");

    Answer answer =
        post(
            K8S + "/clusters/" + kosmos + "/migrate-to-private-network",
            "{\"private_network_id\":\"" + Bodies.NETWORK + "\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("not available for this cluster type");
  }
}
