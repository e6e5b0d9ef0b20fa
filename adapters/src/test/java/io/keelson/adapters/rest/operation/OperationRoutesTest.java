package io.keelson.adapters.rest.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.Chronicle.Written;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Rows;
import io.keelson.adapters.rest.Shelf;
import io.keelson.adapters.rest.response.ApiFormat;
import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.OperationId;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.RequestProgress;
import io.keelson.commands.operation.Target;
import io.keelson.projections.status.BlockedBy;
import io.keelson.projections.status.NodeStatus;
import io.keelson.projections.status.OperationStatus;
import io.keelson.projections.status.OperationStatus.State;
import io.keelson.projections.status.OperationStep;
import io.keelson.projections.status.PoolStatus;
import io.keelson.projections.status.RollProgress;
import io.keelson.projections.status.RolledNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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
            {"id":"%s","parent_operation_id":null,"children":[],\
            "correlation_id":"00000000-0000-0005-0000-000000000005",\
            "kind":"update","cluster_id":"%s","pool_id":"%s",\
            "node_id":null,"state":"failed",\
            "reason":"no capacity","requested_by":"SCWAAAAAAAAAAAAAAAAA",\
            "cause":{"source":"/keelson/events","id":"%s"},\
            "steps":[{"name":"control-plane","state":"finished",\
            "started_at":"2030-05-04T03:02:01.123456Z","finished_at":"2030-05-04T03:02:01.128456Z",\
            "detail":"1 of 1 API server ready at 1.41.1","operation_id":null},\
            {"name":"system-components","state":"running",\
            "started_at":"2030-05-04T03:02:01.123456Z","finished_at":null,\
            "detail":null,"operation_id":null}],\
            "nodes":[],"progress":{"done":1,"total":2},"blocked_by":[],\
            "started_at":"2030-05-04T03:02:01.123456Z","ended_at":"2030-05-04T03:03:31.123456Z",\
            "updated_at":"2030-05-04T03:02:01.123456Z",\
            "duration_seconds":90,"median_node_seconds":null,"eta_seconds":null,\
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
        event(operation, "operation.control-plane-requested", operation.version()),
        event(operation, "operation.target-converged", operation.version() + 1));

    assertThat(operation.version()).isPositive();
    JsonNode one = get(OPERATIONS + "/" + operation.id()).json();
    assertThat(one.get("started_position").asLong()).isEqualTo(start + 1);
    assertThat(one.get("position").asLong()).as("as of what it shows").isEqualTo(start + 2);
    assertThat(get(OPERATIONS).json().get("items").get(0).get("position").asLong())
        .isEqualTo(start + 2);
  }

  @Test
  void names_its_parent_and_its_children_where_it_is_read_alone() {
    OperationStatus parent = add(OperationKind.UPGRADE, State.RUNNING);
    OperationStatus child =
        Rows.within(parent.id(), List.of(), add(OperationKind.UPGRADE, State.RUNNING));
    world.operations.put(child.id(), child);

    JsonNode one = get(OPERATIONS + "/" + parent.id()).json();
    assertThat(one.get("parent_operation_id").isNull()).isTrue();
    assertThat(one.get("children").toString()).isEqualTo("[\"" + child.id() + "\"]");
    assertThat(get(OPERATIONS + "/" + child.id()).text("parent_operation_id"))
        .isEqualTo(parent.id().toString());
    assertThat(get(OPERATIONS).json().get("items").get(0).has("children")).isFalse();
  }

  @ParameterizedTest
  @MethodSource("levels")
  void says_of_a_running_step_what_is_observed_now(RequestProgress level, String detail) {
    OperationStatus operation = add(OperationKind.UPDATE, State.RUNNING);
    world.levels.put(operation.id(), Map.of(Target.COMPONENTS, level, Target.CONTROL_PLANE, level));

    JsonNode steps = get(OPERATIONS + "/" + operation.id()).json().get("steps");

    assertThat(steps.get(0).get("detail").asString())
        .as("how an ended step ended")
        .isEqualTo("1 of 1 API server ready at 1.41.1");
    assertThat(steps.get(1).get("detail").asString()).isEqualTo(detail);
    assertThat(get(OPERATIONS).json().at("/items/0/steps")).isEqualTo(steps);
  }

  static Stream<Arguments> levels() {
    String summary = "1 of 3 components ready; waiting for coredns, csi";
    return Stream.of(
        arguments(new RequestProgress(true, Duration.ofSeconds(59), summary), summary),
        arguments(
            new RequestProgress(true, Duration.ofSeconds(185), summary),
            summary + "; unchanged for 3 min"),
        arguments(
            new RequestProgress(true, Duration.ofMinutes(130), summary),
            summary + "; unchanged for 2 h 10 min"),
        arguments(
            new RequestProgress(false, Duration.ZERO, ""),
            "the provider has not accepted the request yet; nothing is observed yet"));
  }

  @Test
  void says_of_a_step_that_another_operation_does_which_one_that_is() {
    OperationId other = new OperationId(UUID.randomUUID());
    String pool = "pool/" + UUID.randomUUID();
    OperationStatus operation =
        Rows.roll(
            cluster,
            List.of(
                new OperationStep(pool, OperationStep.State.RUNNING, Shelf.NOW, null, null, other)),
            RollProgress.NONE,
            Shelf.NOW);
    BlockedBy blocker = new BlockedBy(pool, null, other, "no machine in stock", Shelf.NOW);
    world.operations.put(operation.id(), Rows.within(null, List.of(blocker), operation));

    JsonNode shown = get(OPERATIONS + "/" + operation.id()).json();

    assertThat(shown.at("/steps/0/detail").asString()).isEqualTo("waits for operation " + other);
    assertThat(shown.at("/steps/0/operation_id").asString()).isEqualTo(other.toString());
    assertThat(shown.get("blocked_by").toString())
        .isEqualTo(
            "[{\"what\":\"%s\",\"who\":\"operation/%s\",\"since\":\"2030-05-04T03:02:01.123456Z\","
                    .formatted(pool, other)
                + "\"detail\":\"no machine in stock\"}]");
  }

  @Test
  void shows_each_node_that_it_replaces_with_its_times_and_what_blocks_it() {
    PoolStatus pool = world.pools.values().iterator().next();
    NodeStatus blocked = node(pool, "blocked", NodePhase.READY);
    NodeStatus deleting = node(pool, "deleting", NodePhase.DELETING);
    NodeStatus deleted = Rows.deleted(node(pool, "deleted", NodePhase.DELETING), at(-7));
    world.nodes.put(deleted.id(), deleted);
    NodeId replaced = new NodeId(UUID.randomUUID());
    NodeId successor = new NodeId(UUID.randomUUID());
    NodeId planned = new NodeId(UUID.randomUUID());
    RollProgress roll =
        new RollProgress(
            1,
            List.of(
                rolled(replaced, RolledNode.State.REPLACED, at(-100), at(-200), successor),
                rolled(deleted.id(), RolledNode.State.SELECTED, at(-60), at(-60), null),
                rolled(deleting.id(), RolledNode.State.SELECTED, at(-60), at(-60), null),
                rolled(blocked.id(), RolledNode.State.SELECTED, at(-60), at(-60), null),
                rolled(planned, RolledNode.State.PLANNED, at(-300), null, null)));
    BlockedBy blocker =
        new BlockedBy("pool/" + pool.id(), blocked.id(), null, "budget default/web", at(-50));
    OperationStatus operation = Rows.roll(cluster, List.of(), roll, at(-300));
    world.operations.put(operation.id(), Rows.within(null, List.of(blocker), operation));

    JsonNode shown = get(OPERATIONS + "/" + operation.id()).json();

    assertThat(shown.at("/nodes/0").toString())
        .isEqualTo(
            """
            {"id":"%s","name":null,"from":"1.40.3","to":"1.41.1","state":"replaced",\
            "since":"%s","successor":"%s","blocked_by":null,"blocked_since":null}\
            """
                .formatted(replaced, text(at(-100)), successor));
    assertThat(shown.at("/nodes/3").toString())
        .isEqualTo(
            """
            {"id":"%s","name":"blocked","from":"1.40.3","to":"1.41.1","state":"draining",\
            "since":"%s","successor":null,"blocked_by":"budget default/web","blocked_since":"%s"}\
            """
                .formatted(blocked.id(), text(at(-60)), text(at(-50))));
    assertThat(shown.get("nodes").valueStream().map(node -> node.get("state").asString()))
        .containsExactly("replaced", "deleted", "deleting", "draining", "planned");
    assertThat(shown.at("/nodes/1/since").asString()).isEqualTo(text(at(-7)));
    assertThat(shown.at("/blocked_by/0/what").asString()).isEqualTo("node/" + blocked.id());
    assertThat(shown.at("/blocked_by/0/who").asString()).isEqualTo("provider");
    assertThat(shown.get("progress").toString()).isEqualTo("{\"done\":1,\"total\":5}");
    assertThat(shown.get("duration_seconds").asLong()).isEqualTo(300);
    assertThat(shown.get("median_node_seconds").asLong()).isEqualTo(100);
    assertThat(shown.get("eta_seconds").isNull()).as("unknown while it is blocked").isTrue();
  }

  @Test
  void estimates_when_it_ends() {
    RollProgress roll =
        new RollProgress(
            1,
            List.of(
                rolled(
                    new NodeId(UUID.randomUUID()),
                    RolledNode.State.REPLACED,
                    at(-10),
                    at(-50),
                    new NodeId(UUID.randomUUID())),
                rolled(
                    new NodeId(UUID.randomUUID()), RolledNode.State.PLANNED, at(-60), null, null)));
    OperationStatus operation = Rows.roll(cluster, List.of(), roll, at(-60));
    world.operations.put(operation.id(), operation);

    assertThat(get(OPERATIONS + "/" + operation.id()).json().get("eta_seconds").toString())
        .isEqualTo("{\"p50\":40,\"p90\":40}");
  }

  private NodeStatus node(PoolStatus pool, String name, NodePhase phase) {
    NodeStatus node = Rows.node(pool, name, phase, Map.of());
    world.nodes.put(node.id(), node);
    return node;
  }

  private static RolledNode rolled(
      NodeId id,
      RolledNode.State state,
      Instant since,
      @Nullable Instant selected,
      @Nullable NodeId successor) {
    return new RolledNode(
        id,
        KubernetesVersion.of("1.40.3"),
        KubernetesVersion.of("1.41.1"),
        state,
        since,
        selected,
        successor);
  }

  private static Instant at(int seconds) {
    return Shelf.NOW.plusSeconds(seconds);
  }

  private static String text(Instant instant) {
    return ApiFormat.instant(instant);
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
