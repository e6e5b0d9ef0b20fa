package io.keelson.adapters.rest.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Rows;
import io.keelson.commands.NodePhase;
import io.keelson.projections.status.NodeStatus;
import io.keelson.projections.status.PoolStatus;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeRoutesTest extends EdgeTest {
  private String nodes = "";

  private PoolStatus pool() {
    return world.pools.values().iterator().next();
  }

  @BeforeEach
  void create() {
    nodes = K8S + "/clusters/" + post(K8S + "/clusters", Bodies.cluster()).text("id") + "/nodes";
  }

  private NodeStatus add(String name, NodePhase phase, Map<String, String> conditions) {
    NodeStatus node = Rows.node(pool(), name, phase, conditions);
    world.nodes.put(node.id(), node);
    return node;
  }

  private Answer node(NodeStatus node) {
    return get(K8S + "/nodes/" + node.id());
  }

  @Test
  void shows_a_node_whole_and_in_order() {
    NodeStatus node = add("scw-harbour-quay-1", NodePhase.READY, Map.of("Ready", "True"));

    assertThat(node(node).body())
        .isEqualTo(
            """
            {"region":"fr-par","id":"%1$s","pool_id":"%2$s","cluster_id":"%3$s",\
            "provider_id":"scaleway://instance/fr-par-1/%1$s","name":"scw-harbour-quay-1",\
            "public_ip_v4":"","public_ip_v6":null,"conditions":{"Ready":"True"},\
            "status":"ready","error_message":null,\
            "created_at":"2030-05-04T03:02:01.123456Z","updated_at":"2030-05-04T03:02:01.123456Z"}\
            """
                .formatted(node.id(), pool().id(), pool().cluster()));
  }

  @ParameterizedTest
  @CsvSource({
    "CREATING, creating",
    "STARTING, starting",
    "REGISTERING, registering",
    "READY, ready",
    "NOT_READY, not_ready",
    "REBOOTING, rebooting",
    "CREATION_FAILED, creation_error",
    "DELETING, deleting"
  })
  void spells_every_phase_as_the_api_does(NodePhase phase, String status) {
    assertThat(node(add("n", phase, Map.of())).text("status")).isEqualTo(status);
    assertThat(names("?status=" + status)).containsExactly("n");
  }

  @Test
  void says_of_a_new_node_that_it_is_being_created() {
    Answer answer = node(add("n", NodePhase.CREATING, Map.of()));

    assertThat(answer.json().get("conditions").toString())
        .isEqualTo("{\"Creating\":\"True\",\"Ready\":\"False\"}");
    assertThat(answer.text("provider_id")).isEmpty();
  }

  @Test
  void says_what_is_wrong_with_a_node() {
    assertThat(node(add("n", NodePhase.CREATION_FAILED, Map.of())).text("error_message"))
        .isEqualTo("no machine");
  }

  @Test
  void lists_filters_and_pages() {
    assertThat(get(nodes).body()).isEqualTo("{\"total_count\":0,\"nodes\":[]}");
    add("one", NodePhase.READY, Map.of());
    add("two", NodePhase.DELETING, Map.of());

    assertThat(names("?pool_id=" + pool().id())).containsExactly("one", "two");
    assertThat(names("?pool_id=" + UUID.randomUUID())).isEmpty();
    assertThat(names("?status=deleting")).containsExactly("two");
    assertThat(names("?status=unknown&name=ne")).containsExactly("one");
    assertThat(names("?page=2&page_size=1&order_by=created_at_desc")).hasSize(1);
    assertThat(names("?status=rebooting")).isEmpty();
    assertThat(names("?status=upgrading")).isEmpty();
    assertThat(names("?page=3&page_size=1")).isEmpty();
    assertThat(get(nodes + "?page=3&page_size=1").json().get("total_count").asInt()).isEqualTo(2);
  }

  private List<String> names(String query) {
    return get(nodes + query)
        .json()
        .get("nodes")
        .valueStream()
        .map(node -> node.get("name").asString())
        .toList();
  }

  @Test
  void lists_in_every_order() {
    add("two", NodePhase.READY, Map.of());
    add("one", NodePhase.STARTING, Map.of());

    assertThat(names("?order_by=name_asc")).containsExactly("one", "two");
    assertThat(names("?order_by=name_desc")).containsExactly("two", "one");
    assertThat(names("?order_by=status_asc")).containsExactly("two", "one");
    assertThat(names("?order_by=status_desc")).containsExactly("one", "two");
    for (String order : List.of("created_at", "updated_at", "version")) {
      assertThat(names("?order_by=" + order + "_asc")).hasSize(2);
      assertThat(names("?order_by=" + order + "_desc")).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "order_by=name, order_by",
    "pool_id=x, pool_id",
    "status=asleep, status",
    "page=0, page"
  })
  void refuses_a_bad_query(String query, String argument) {
    Answer answer = get(nodes + "?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo(argument);
  }

  @Test
  void says_not_found() {
    String id = UUID.randomUUID().toString();

    assertThat(get(K8S + "/nodes/" + id).body())
        .isEqualTo(
            "{\"message\":\"resource is not found\",\"resource\":\"node\",\"resource_id\":\""
                + id
                + "\",\"type\":\"not_found\"}");
  }
}
