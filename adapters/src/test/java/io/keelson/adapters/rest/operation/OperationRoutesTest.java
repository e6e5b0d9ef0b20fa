package io.keelson.adapters.rest.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.Chronicle.Written;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Rows;
import io.keelson.adapters.rest.Shelf;
import io.keelson.commands.ClusterId;
import io.keelson.commands.operation.OperationKind;
import io.keelson.projections.status.OperationStatus;
import io.keelson.projections.status.OperationStatus.State;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class OperationRoutesTest extends EdgeTest {
  private static final String OPERATIONS = "/keelson/v1/operations";
  private ClusterId cluster = new ClusterId(new UUID(0, 0));

  @BeforeEach
  void create() {
    cluster = ClusterId.of(post(K8S + "/clusters", Bodies.cluster()).text("id"));
  }

  private OperationStatus add(OperationKind kind, State state) {
    OperationStatus operation = Rows.operation(cluster, kind, state, Shelf.NOW);
    world.operations.put(operation.id(), operation);
    return operation;
  }

  @Test
  void shows_one_with_its_steps_and_their_sum() {
    OperationStatus operation = add(OperationKind.UPDATE, State.FAILED);

    Answer answer = get(OPERATIONS + "/" + operation.id());

    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.body())
        .isEqualTo(
            """
            {"id":"%s","kind":"update","cluster_id":"%s","pool_id":"%s",\
            "node_id":null,"state":"failed",\
            "reason":"no capacity","requested_by":"SCWAAAAAAAAAAAAAAAAA",\
            "cause":{"source":"/keelson/events","id":"%s"},\
            "steps":[{"name":"control-plane","state":"finished","attempts":1,\
            "started_at":"2030-05-04T03:02:01.123456Z","finished_at":"2030-05-04T03:02:01.128456Z",\
            "detail":null,"operation_id":null},\
            {"name":"pools","state":"running","attempts":2,\
            "started_at":"2030-05-04T03:02:01.123456Z","finished_at":null,\
            "detail":"1 of 3 nodes ready","operation_id":null}],\
            "progress":{"done":1,"total":2},"blocked_by":[],\
            "started_at":"2030-05-04T03:02:01.123456Z","updated_at":"2030-05-04T03:02:01.123456Z",\
            "started_position":null,"position":null}\
            """
                .formatted(operation.id(), cluster, operation.pool(), operation.causeId()));
  }

  @Test
  void says_where_in_the_log_it_began_and_where_it_is() {
    OperationStatus operation = add(OperationKind.UPDATE, State.RUNNING);
    long start = chronicle.head();
    chronicle.write(
        event(operation, "operation.started", 0),
        event(operation, "operation.step-started", operation.version()),
        event(operation, "operation.step-finished", operation.version() + 1));

    assertThat(operation.version()).isPositive();
    JsonNode one = get(OPERATIONS + "/" + operation.id()).json();
    assertThat(one.get("started_position").asLong()).isEqualTo(start + 1);
    assertThat(one.get("position").asLong()).as("as of what it shows").isEqualTo(start + 2);
    assertThat(get(OPERATIONS).json().get("items").get(0).get("position").asLong())
        .isEqualTo(start + 2);
  }

  private Written event(OperationStatus operation, String type, long version) {
    return Written.of(type, cluster, "{}").in(operation.id().value(), version);
  }

  @Test
  void follows_cursors_to_the_end() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      expected.add(add(OperationKind.CREATE, State.RUNNING).id().toString());
    }

    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = get(OPERATIONS + "?limit=2&cursor=" + cursor).json();
      page.get("items").forEach(item -> seen.add(item.get("id").asString()));
      cursor = page.get("next_cursor").isNull() ? "" : page.get("next_cursor").asString();
    } while (!cursor.isEmpty());

    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void filters() {
    OperationStatus create = add(OperationKind.CREATE, State.FINISHED);
    OperationStatus delete = add(OperationKind.DELETE, State.RUNNING);

    assertThat(ids("?kind=create")).containsExactly(create.id().toString());
    assertThat(ids("?state=running")).containsExactly(delete.id().toString());
    assertThat(ids("?cluster_id=" + cluster)).hasSize(2);
    assertThat(ids("?cluster_id=" + UUID.randomUUID())).isEmpty();
  }

  private List<String> ids(String query) {
    return get(OPERATIONS + query)
        .json()
        .get("items")
        .valueStream()
        .map(item -> item.get("id").asString())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, /limit",
    "limit=1001, /limit",
    "limit=x, /limit",
    "kind=dance, /kind",
    "state=afloat, /state",
    "cluster_id=1, /cluster_id",
    "cursor=*, /cursor"
  })
  void refuses_a_bad_query_as_rfc_9457_says(String query, String pointer) {
    Answer answer = get(OPERATIONS + "?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    JsonNode problem = answer.json();
    assertThat(problem.get("type").asString()).isEqualTo("/problems/invalid-arguments");
    assertThat(problem.get("title").asString()).isEqualTo("invalid argument(s)");
    assertThat(problem.get("status").asInt()).isEqualTo(400);
    JsonNode error = problem.get("errors").get(0);
    assertThat(error.propertyNames()).containsExactly("pointer", "reason", "detail");
    assertThat(error.get("pointer").asString()).isEqualTo(pointer);
  }

  @Test
  void says_not_found_as_rfc_9457_says() {
    String id = UUID.randomUUID().toString();
    Answer answer = get(OPERATIONS + "/" + id);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.text("type")).isEqualTo("/problems/not-found");
    assertThat(answer.text("resource_id")).isEqualTo(id);
  }
}
