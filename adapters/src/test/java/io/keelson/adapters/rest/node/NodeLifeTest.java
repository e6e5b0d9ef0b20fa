package io.keelson.adapters.rest.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Rows;
import io.keelson.adapters.rest.Shelf;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.operation.OperationKind;
import io.keelson.projections.status.NodeLife;
import io.keelson.projections.status.NodeStatus;
import io.keelson.projections.status.OperationStatus;
import io.keelson.projections.status.PoolStatus;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeLifeTest extends EdgeTest {
  private static final String NODES = "/keelson/v1/nodes/";

  @BeforeEach
  void create() {
    post(K8S + "/clusters", Bodies.cluster());
  }

  private NodeStatus node(NodePhase phase) {
    PoolStatus pool = world.pools.values().iterator().next();
    return Rows.node(pool, "scw-harbour-quay-1", phase, Map.of("Ready", "True"));
  }

  @Test
  void shows_a_deleted_node_with_its_neighbours_and_what_was_done_to_it() {
    NodeStatus node = Rows.deleted(node(NodePhase.READY), Shelf.NOW.plusSeconds(60));
    NodeId predecessor = new NodeId(UUID.randomUUID());
    NodeId successor = new NodeId(UUID.randomUUID());
    OperationStatus upgrade =
        Rows.operation(
            node.cluster(), OperationKind.UPGRADE, OperationStatus.State.FINISHED, Shelf.NOW);
    world.lives.put(node.id(), new NodeLife(node, predecessor, successor, List.of(upgrade)));

    Answer answer = get(NODES + node.id());

    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.body())
        .isEqualTo(
            """
            {"id":"%1$s","cluster_id":"%2$s","pool_id":"%3$s","name":"scw-harbour-quay-1",\
            "version":"1.40.3","phase":"deleted",\
            "provider_id":"scaleway://instance/fr-par-1/%1$s","conditions":{"Ready":"True"},\
            "message":null,"predecessor":"%4$s","successor":"%5$s",\
            "operations":[{"id":"%6$s","kind":"upgrade","state":"finished",\
            "requested_by":"SCWAAAAAAAAAAAAAAAAA","started_at":"2030-05-04T03:02:01.123456Z",\
            "ended_at":"2030-05-04T03:03:31.123456Z"}],\
            "created_at":"2030-05-04T03:02:01.123456Z","updated_at":"2030-05-04T03:03:01.123456Z",\
            "deleted_at":"2030-05-04T03:03:01.123456Z"}\
            """
                .formatted(
                    node.id(), node.cluster(), node.pool(), predecessor, successor, upgrade.id()));
  }

  @Test
  void shows_a_node_that_exists_in_its_phase() {
    NodeStatus node = node(NodePhase.CREATION_FAILED);
    OperationStatus running =
        Rows.operation(
            node.cluster(), OperationKind.CREATE, OperationStatus.State.RUNNING, Shelf.NOW);
    world.lives.put(node.id(), new NodeLife(node, null, null, List.of(running)));

    Answer answer = get(NODES + node.id());

    assertThat(answer.text("phase")).isEqualTo("creation_error");
    assertThat(answer.text("message")).isEqualTo("no machine");
    assertThat(answer.json().get("predecessor").isNull()).isTrue();
    assertThat(answer.json().get("successor").isNull()).isTrue();
    assertThat(answer.json().get("deleted_at").isNull()).isTrue();
    assertThat(answer.json().at("/operations/0/ended_at").isNull()).isTrue();
  }

  @Test
  void says_not_found_as_rfc_9457_says() {
    String id = UUID.randomUUID().toString();
    NodeStatus node = node(NodePhase.READY);
    world.lives.put(node.id(), new NodeLife(node, null, null, List.of()));

    for (Answer answer :
        List.of(get(NODES + id), call("GET", NODES + node.id(), Tenants.STRANGER, null))) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(answer.text("type")).isEqualTo("/problems/not-found");
      assertThat(answer.text("resource")).isEqualTo("node");
    }
  }
}
