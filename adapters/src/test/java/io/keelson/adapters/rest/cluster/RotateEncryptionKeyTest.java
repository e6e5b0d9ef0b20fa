package io.keelson.adapters.rest.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Rows;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.ClusterAction;
import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterCommand.StartClusterAction;
import io.keelson.commands.operation.OperationKind;
import io.keelson.projections.status.ClusterStatus.Phase;
import io.keelson.projections.status.OperationStatus.State;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RotateEncryptionKeyTest extends EdgeTest {
  private ClusterId id = new ClusterId(new UUID(0, 0));
  private String path = "";

  @BeforeEach
  void create() {
    post(K8S + "/clusters", Bodies.cluster());
    id = world.clusters.keySet().iterator().next();
    path = path(id.toString());
    world.clusters.compute(id, (_, row) -> Rows.in(Phase.READY, Objects.requireNonNull(row)));
    world.sent.clear();
  }

  private static String path(String cluster) {
    return "/keelson/v1/regions/fr-par/clusters/" + cluster + "/rotate-encryption-key";
  }

  @Test
  void says_which_operation_replaces_the_key() {
    Answer answer = post(path, "{}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(world.sent(StartClusterAction.class))
        .singleElement()
        .matches(c -> c.clusterId().equals(id) && c.action() == ClusterAction.ROTATE_ENCRYPTION_KEY)
        .matches(c -> c.operation().toString().equals(answer.text("operation_id")));
  }

  @Test
  void happens_once_for_each_key() {
    Map<String, String> key = Map.of("Idempotency-Key", "k");

    Answer first = call("POST", path, Tenants.ADMIN, "{}", key);
    Answer repeated = call("POST", path, Tenants.ADMIN, "{}", key);

    assertThat(repeated.text("operation_id")).isEqualTo(first.text("operation_id"));
  }

  @Test
  void names_the_operation_that_is_in_progress_already() {
    OperationId other = new OperationId(UUID.randomUUID());
    world.put(
        Rows.run(id, other, OperationKind.ROTATE_ENCRYPTION_KEY, State.RUNNING, Instant.EPOCH));
    world.replacement = null;
    world.deaf = true;

    assertThat(post(path, "{}").text("operation_id")).isEqualTo(other.toString());
  }

  @Test
  void needs_a_cluster_and_the_permission_to_write() {
    assertThat(post(path(UUID.randomUUID().toString()), "{}").status()).isEqualTo(404);
    assertThat(call("POST", path, Tenants.READER, "{}").status()).isEqualTo(403);
    assertThat(world.sent(StartClusterAction.class)).isEmpty();
  }
}
