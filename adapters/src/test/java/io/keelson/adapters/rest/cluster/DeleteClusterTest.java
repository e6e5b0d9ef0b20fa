package io.keelson.adapters.rest.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.commands.cluster.ClusterCommand.DeleteCluster;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeleteClusterTest extends EdgeTest {
  private String path = "";
  private String created = "";

  @BeforeEach
  void create() {
    created = post(K8S + "/clusters", Bodies.cluster()).body();
    path = K8S + "/clusters/" + JSON.readTree(created).get("id").asString();
  }

  private Answer delete(String path) {
    return call("DELETE", path, Tenants.ADMIN, null);
  }

  @Test
  void answers_the_cluster_as_deleting() {
    Answer answer = delete(path + "?with_additional_resources=true");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("status")).isEqualTo("deleting");
    assertThat(answer.json().propertyNames())
        .containsExactlyElementsOf(JSON.readTree(created).propertyNames());
    assertThat(world.sent(DeleteCluster.class))
        .singleElement()
        .matches(DeleteCluster::withAdditionalResources);
  }

  @Test
  void reads_flags_as_the_python_client_writes_them() {
    delete(path + "?with_additional_resources=True");

    assertThat(world.sent(DeleteCluster.class))
        .singleElement()
        .matches(DeleteCluster::withAdditionalResources);
  }

  @Test
  void leaves_additional_resources_alone_unless_asked_for() {
    delete(path);
    delete(path + "?with_additional_resources=false");
    delete(path + "?with_additional_resources=False");

    assertThat(world.sent(DeleteCluster.class))
        .hasSize(3)
        .noneMatch(DeleteCluster::withAdditionalResources);
  }

  @Test
  void can_be_asked_for_again() {
    delete(path);

    assertThat(delete(path).text("status")).isEqualTo("deleting");
  }

  @Test
  void answers_deleting_even_while_nobody_can_read_it_yet() {
    world.stale = true;

    Answer answer = delete(path);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("status")).isEqualTo("deleting");
  }

  @Test
  void says_not_found_when_it_was_gone_in_the_meantime() {
    world.refusal = new CommandRejected(Reason.NOT_FOUND, "gone");

    Answer answer = delete(path);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text("resource")).isEqualTo("cluster");
    assertThat(answer.text("resource_id")).isEqualTo(JSON.readTree(created).get("id").asString());
  }

  @Test
  void says_in_which_state_it_cannot_be_done() {
    world.refusal = new CommandRejected(Reason.BUSY, "an upgrade is running");

    assertThat(delete(path).body())
        .isEqualTo(
            "{\"current_state\":\"creating\",\"message\":\"resource is in a transient state\","
                + "\"resource\":\"cluster\",\"resource_id\":\"%s\",\"type\":\"transient_state\"}"
                    .formatted(JSON.readTree(created).get("id").asString()));
  }

  @Test
  void says_503_when_the_store_is_gone() {
    world.refusal = new StoreUnavailable("gone", new IllegalStateException());

    assertThat(delete(path).status()).isEqualTo(503);
  }

  @Test
  void refuses_a_bad_flag_and_does_nothing() {
    assertThat(delete(path + "?with_additional_resources=perhaps").status()).isEqualTo(400);
    assertThat(delete(K8S + "/clusters/" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(world.sent(DeleteCluster.class)).isEmpty();
    assertThat(world.clusters).containsKey(ClusterId.of(path.substring(path.length() - 36)));
  }
}
