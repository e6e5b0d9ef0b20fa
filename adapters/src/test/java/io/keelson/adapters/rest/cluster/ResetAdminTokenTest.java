package io.keelson.adapters.rest.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Rows;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.ClusterAction;
import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterCommand.StartClusterAction;
import io.keelson.projections.status.ClusterStatus.Phase;
import io.keelson.projections.status.OperationStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResetAdminTokenTest extends EdgeTest {
  private ClusterId id = new ClusterId(new UUID(0, 0));
  private String path = "";

  @BeforeEach
  void create() {
    post(K8S + "/clusters", Bodies.cluster());
    id = world.clusters.keySet().iterator().next();
    path = K8S + "/clusters/" + id + "/reset-admin-token";
    world.clusters.compute(id, (_, row) -> Rows.in(Phase.READY, Objects.requireNonNull(row)));
    world.sent.clear();
  }

  private StartClusterAction awaitSent() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> !world.sent(StartClusterAction.class).isEmpty());
    return world.sent(StartClusterAction.class).getFirst();
  }

  private void end(OperationId operation, State state) {
    world.put(Rows.replacement(id, operation, state, Instant.EPOCH));
  }

  private State state(OperationId operation) {
    return Objects.requireNonNull(world.known(operation)).state();
  }

  @Test
  void has_no_content_to_answer() {
    Answer answer = post(path, "{}");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("Content-Type")).isEmpty();
    assertThat(world.sent(StartClusterAction.class))
        .singleElement()
        .matches(c -> c.clusterId().equals(id) && c.action() == ClusterAction.RESET_ADMIN_TOKEN);
  }

  @Test
  void says_on_whose_behalf_the_token_is_replaced() {
    post(path, "{}");

    assertThat(world.origins.getLast().principal())
        .isEqualTo(tenants.accessKey(Tenants.ADMIN).value());
    assertThat(world.origins.getLast().call())
        .isNotNull()
        .matches(call -> call.action().equals("ResetClusterAdminToken"));
  }

  @Test
  void needs_no_body() {
    assertThat(call("POST", path, Tenants.ADMIN, null).status()).isEqualTo(204);
    assertThat(post(path, "").status()).isEqualTo(204);
  }

  @Test
  void is_done_when_it_is_answered() {
    world.replacement = null;
    CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> post(path, "{}"));
    OperationId operation = awaitSent().operation();
    CompletableFuture<State> seen = answer.thenApply(_ -> state(operation));

    end(operation, State.RUNNING);
    end(operation, State.FINISHED);

    assertThat(answer.join().status()).isEqualTo(204);
    assertThat(seen.join()).isEqualTo(State.FINISHED);
  }

  @Test
  void waits_for_the_one_that_is_under_way_already() {
    OperationId other = new OperationId(UUID.randomUUID());
    end(other, State.RUNNING);
    world.replacement = null;
    world.deaf = true;
    CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> post(path, "{}"));
    CompletableFuture<State> seen = answer.thenApply(_ -> state(other));
    awaitSent();

    end(other, State.FINISHED);

    assertThat(answer.join().status()).isEqualTo(204);
    assertThat(seen.join()).isEqualTo(State.FINISHED);
  }

  @Test
  void says_503_when_the_token_could_not_be_replaced() {
    world.replacement = State.FAILED;

    Answer answer = post(path, "{}");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isNotEmpty();
    assertThat(answer.body()).doesNotContain("refused");
  }

  @Test
  void happens_once_for_each_key() {
    Map<String, String> key = Map.of("Idempotency-Key", "k");

    assertThat(call("POST", path, Tenants.ADMIN, "{}", key).status()).isEqualTo(204);
    assertThat(call("POST", path, Tenants.ADMIN, "{}", key).status()).isEqualTo(204);

    assertThat(world.sent(StartClusterAction.class)).hasSize(1);
    assertThat(post(path, "{}").status()).isEqualTo(204);
    assertThat(world.sent(StartClusterAction.class)).hasSize(2);
  }

  @Test
  void says_in_which_state_it_cannot_be_done() {
    world.clusters.compute(id, (_, row) -> Rows.in(Phase.CREATING, Objects.requireNonNull(row)));
    world.refusal = new CommandRejected(Reason.BUSY, "busy", "cluster_id");

    Answer answer = post(path, "{}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text("type")).isEqualTo("transient_state");
    assertThat(answer.text("current_state")).isEqualTo("creating");
  }

  @Test
  void needs_a_cluster_and_a_good_key() {
    assertThat(post(K8S + "/clusters/" + UUID.randomUUID() + "/reset-admin-token", "{}").status())
        .isEqualTo(404);
    assertThat(call("POST", path, Tenants.ADMIN, "{}", Map.of("Idempotency-Key", "a b")).status())
        .isEqualTo(400);
    assertThat(world.sent).isEmpty();
  }
}
