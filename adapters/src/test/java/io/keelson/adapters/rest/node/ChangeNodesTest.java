package io.keelson.adapters.rest.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Rows;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.commands.NodePhase;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.node.NodeCommand.RebootNode;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.pool.PoolCommand.RemoveNode;
import io.keelson.commands.pool.PoolCommand.ReplaceNode;
import io.keelson.projections.status.NodeStatus;
import io.keelson.projections.status.OperationStatus.State;
import io.keelson.projections.status.PoolStatus;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeNodesTest extends EdgeTest {
  private static final Map<String, String> KEY = Map.of("Idempotency-Key", "k");

  @SuppressWarnings("NullAway.Init")
  private NodeStatus node;

  private String path = "";

  @BeforeEach
  void create() {
    post(K8S + "/clusters", Bodies.cluster(b -> Bodies.pool(b).put("size", 3)));
    world.pools.replaceAll((_, row) -> Rows.in(PoolStatus.Phase.READY, "", row));
    node = Rows.node(pool(), "scw-harbour-quay-1", NodePhase.READY, Map.of("Ready", "True"));
    world.nodes.put(node.id(), node);
    path = K8S + "/nodes/" + node.id();
    world.sent.clear();
  }

  private PoolStatus pool() {
    return world.pools.values().iterator().next();
  }

  private Answer delete(String query) {
    return call("DELETE", path + query, Tenants.ADMIN, null);
  }

  private void see(NodePhase phase) {
    world.nodes.put(node.id(), node.requested(phase, node.updatedAt()));
  }

  /** What the read API shows of the operation once it is over. */
  private void end(OperationId operation, State state) {
    world.operations.put(
        operation, Rows.operation(node.cluster(), OperationKind.UPDATE, state, node.createdAt()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "", "null", "[", "{\"force\":true}"})
  void boots_a_node_again_whatever_body_comes_with_it(String body) {
    Answer answer = post(path + "/reboot", body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.text("status")).isEqualTo("rebooting");
    assertThat(get(path).body()).isEqualTo(answer.body());
    assertThat(world.sent(RebootNode.class))
        .singleElement()
        .matches(c -> c.nodeId().equals(node.id()));
  }

  @Test
  void boots_a_node_again_without_a_body_or_its_type() {
    assertThat(call("POST", path + "/reboot", Tenants.ADMIN, null).text("status"))
        .isEqualTo("rebooting");
  }

  @Test
  void says_rebooting_even_while_that_cannot_be_seen_or_is_over_already() {
    world.stale = true;
    assertThat(post(path + "/reboot", "{}").text("status")).isEqualTo("rebooting");

    world.stale = false;
    world.tardy = true;
    assertThat(post(path + "/reboot", "{}").text("status")).isEqualTo("rebooting");
  }

  @Test
  void boots_once_for_one_key() {
    Answer first = call("POST", path + "/reboot", Tenants.ADMIN, "{}", KEY);
    end(world.sent(RebootNode.class).getFirst().operation(), State.FINISHED);
    see(NodePhase.READY);

    assertThat(call("POST", path + "/reboot", Tenants.ADMIN, "{}", KEY).body())
        .isEqualTo(first.body());
    assertThat(world.sent(RebootNode.class)).hasSize(1);
    call("POST", path + "/reboot", Tenants.ADMIN, "{}", Map.of("Idempotency-Key", "l"));
    assertThat(world.sent(RebootNode.class)).hasSize(2);
  }

  @Test
  void says_why_a_node_cannot_be_booted() {
    see(NodePhase.CREATING);
    world.refusal = new CommandRejected(Reason.BUSY, "is being created");
    Answer busy = post(path + "/reboot", "{}");
    world.refusal = new CommandRejected(Reason.NOT_FOUND, "gone");
    Answer gone = post(path + "/reboot", "{}");
    world.refusal = new StoreUnavailable("gone", new IllegalStateException());
    Answer nobody = post(path + "/reboot", "{}");

    assertThat(busy.body())
        .isEqualTo(
            "{\"current_state\":\"creating\",\"message\":\"resource is in a transient state\","
                + "\"resource\":\"node\",\"resource_id\":\"%s\",\"type\":\"transient_state\"}"
                    .formatted(node.id()));
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.text("resource")).isEqualTo("node");
    assertThat(gone.text("resource_id")).isEqualTo(node.id().toString());
    assertThat(nobody.status()).isEqualTo(503);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "?skip_drain=true", "?skip_drain=false&replace=false", "?replace=&other=1"})
  void deletes_a_node_and_its_place_in_the_pool(String query) {
    Answer answer = delete(query);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.text("status")).isEqualTo("deleting");
    assertThat(get(path).body()).isEqualTo(answer.body());
    assertThat(pool().spec().size()).isEqualTo(2);
    assertThat(world.sent(ClusterCommand.class))
        .singleElement()
        .isInstanceOfSatisfying(
            RemoveNode.class,
            c -> {
              assertThat(c.node()).isEqualTo(node.id());
              assertThat(c.pool()).isEqualTo(pool().id());
              assertThat(c.clusterId()).isEqualTo(node.cluster());
            });
  }

  @Test
  void deletes_a_node_once_however_often_it_is_asked_for() {
    Answer first = delete("");

    assertThat(delete("").body()).isEqualTo(first.body());
    assertThat(delete("?replace=true").body()).isEqualTo(first.body());
    assertThat(post(path + "/replace", "{}").body()).isEqualTo(first.body());
    assertThat(world.sent(ClusterCommand.class)).hasSize(1);
  }

  @Test
  void asks_nothing_of_a_node_that_goes_for_another_reason() {
    see(NodePhase.DELETING);

    assertThat(delete("").text("status")).isEqualTo("deleting");
    assertThat(pool().spec().size()).isEqualTo(3);
    assertThat(world.sent).isEmpty();
  }

  @Test
  void says_deleting_even_while_that_cannot_be_seen() {
    world.stale = true;
    assertThat(delete("").text("status")).isEqualTo("deleting");

    world.stale = false;
    world.tardy = true;
    assertThat(delete("").text("status")).isEqualTo("deleting");
    assertThat(get(path).text("status")).isEqualTo("ready");
  }

  @ParameterizedTest
  @CsvSource({
    "skip_drain=yes, skip_drain",
    "skip_drain=1, skip_drain",
    "replace=x, replace",
    "replace=true&skip_drain=%00, skip_drain"
  })
  void refuses_a_bad_query(String query, String argument) {
    Answer answer = delete("?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("details")).hasSize(1);
    assertThat(answer.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo(argument);
    assertThat(world.sent).isEmpty();
  }

  @Test
  void replaces_a_node_in_the_new_way_and_in_the_old_one() {
    Answer asked = post(path + "/replace", "{}");
    see(NodePhase.READY);
    Answer old = delete("?replace=true&skip_drain=true");

    for (Answer answer : List.of(asked, old)) {
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      assertThat(answer.text("status")).isEqualTo("deleting");
      assertThat(answer.text("id")).isEqualTo(node.id().toString());
    }
    assertThat(pool().spec().size()).isEqualTo(3);
    assertThat(world.sent(ReplaceNode.class))
        .hasSize(2)
        .allMatch(c -> c.node().equals(node.id()) && c.pool().equals(pool().id()));
    assertThat(world.sent(RemoveNode.class)).isEmpty();
  }

  @Test
  void replaces_once_for_one_key() {
    world.tardy = true; // its successor comes first
    Answer first = call("POST", path + "/replace", Tenants.ADMIN, "{}", KEY);
    end(world.sent(ReplaceNode.class).getFirst().operation(), State.RUNNING);

    assertThat(call("POST", path + "/replace", Tenants.ADMIN, "{}", KEY).body())
        .isEqualTo(first.body());
    assertThat(first.text("status")).isEqualTo("deleting");
    assertThat(world.sent(ReplaceNode.class)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE ", "DELETE ?replace=true", "POST /replace"})
  void says_what_the_domain_refuses(String route) {
    String method = route.substring(0, route.indexOf(' '));
    String target = path + route.substring(route.indexOf(' ') + 1);
    world.pools.replaceAll((_, row) -> Rows.in(PoolStatus.Phase.UPGRADING, "", row));
    world.refusal = new CommandRejected(Reason.BUSY, "is being upgraded", "pool_id");
    Answer pool = call(method, target, Tenants.ADMIN, null);
    world.refusal = new CommandRejected(Reason.BUSY, "is being upgraded", "cluster_id");
    Answer cluster = call(method, target, Tenants.ADMIN, null);
    world.refusal = new CommandRejected(Reason.NOT_FOUND, "gone", "pool_id");
    Answer gone = call(method, target, Tenants.ADMIN, null);
    world.refusal = new CommandRejected(Reason.NOT_FOUND, "gone", "node_id");
    Answer removed = call(method, target, Tenants.ADMIN, null);
    world.refusal = new StoreUnavailable("gone", new IllegalStateException());
    Answer nobody = call(method, target, Tenants.ADMIN, null);

    assertThat(pool.status()).isEqualTo(409);
    assertThat(pool.text("type")).isEqualTo("transient_state");
    assertThat(pool.text("resource")).isEqualTo("pool");
    assertThat(pool.text("resource_id")).isEqualTo(pool().id().toString());
    assertThat(pool.text("current_state")).isEqualTo("upgrading");
    assertThat(cluster.text("resource")).isEqualTo("cluster");
    assertThat(cluster.text("current_state")).isEqualTo("creating");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.text("resource")).isEqualTo("pool");
    assertThat(removed.status()).isEqualTo(404);
    assertThat(removed.text("resource")).isEqualTo("node");
    assertThat(nobody.status()).isEqualTo(503);
  }

  @Test
  void says_not_found_of_a_node_that_is_not_there() {
    String missing = K8S + "/nodes/" + UUID.randomUUID();

    for (Answer answer :
        List.of(
            call("DELETE", missing, Tenants.ADMIN, null),
            post(missing + "/replace", "{}"),
            post(missing + "/reboot", "{}"))) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.text("resource")).isEqualTo("node");
    }
    assertThat(world.sent).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST /reboot", "POST /replace", "DELETE "})
  void refuses_a_key_that_is_none(String route) {
    Answer answer =
        call(
            route.substring(0, route.indexOf(' ')),
            path + route.substring(route.indexOf(' ') + 1),
            Tenants.ADMIN,
            null,
            Map.of("Idempotency-Key", "a b"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo("Idempotency-Key");
    assertThat(world.sent).isEmpty();
  }
}
