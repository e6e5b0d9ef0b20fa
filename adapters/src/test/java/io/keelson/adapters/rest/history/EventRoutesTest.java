package io.keelson.adapters.rest.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.adapters.rest.Chronicle.Written;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Shelf;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.Origin;
import io.keelson.commands.ProjectId;
import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class EventRoutesTest extends EdgeTest {
  private static final String EVENTS = "/keelson/v1/events";

  private final ClusterId ours = new ClusterId(UUID.randomUUID());
  private final ClusterId siblings = new ClusterId(UUID.randomUUID());
  private final ClusterId theirs = new ClusterId(UUID.randomUUID());
  private long start;

  /** Kept, since the audit reveals the clients of all events, those of other tests too. */
  private SecretRef client() {
    return vault.keep(SecretSubject.principal("SCWA"), "{}".getBytes(UTF_8));
  }

  @BeforeEach
  void begin() {
    start = chronicle.head();
    chronicle.write(
        creation(ours, Tenants.ORGANIZATION, Tenants.PROJECT),
        creation(siblings, Tenants.ORGANIZATION, Tenants.SIBLING_PROJECT),
        creation(theirs, Tenants.OTHER_ORGANIZATION, Tenants.OTHER_PROJECT));
  }

  private static Written creation(
      ClusterId cluster, OrganizationId organization, ProjectId project) {
    return Written.of(
        "cluster.creation-started",
        cluster,
        "{\"cluster_id\":\"%s\",\"organization\":\"%s\",\"project\":\"%s\",\"region\":\"fr-par\"}"
            .formatted(cluster, organization, project));
  }

  private static Written change(ClusterId cluster) {
    return Written.of("cluster.components-observed", cluster, "{}");
  }

  @Test
  void shows_an_event_as_it_was_stored() {
    UUID request = UUID.randomUUID();
    OperationId operation = new OperationId(UUID.randomUUID());
    UUID node = UUID.randomUUID();
    long position =
        chronicle.write(
            Written.of("node.deleted", ours, "{\"b\":1.0,\"a\":\"\\u00e9\"}")
                .in(node, 7)
                .by(
                    Origin.request(
                            "SCWAAAAAAAAAAAAAAAAA",
                            request,
                            new Origin.Call("DeleteNode", client()),
                            "00-1-2-00")
                        .causedBy(request, "processes", operation)));

    Answer answer = get(EVENTS + "?from=" + position);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.body())
        .isEqualTo(
            """
            {"items":[{"position":%d,"id":"%s","type":"node.deleted","revision":1,"public":true,\
            "stream":"%s","stream_type":"node","stream_version":7,"cluster_id":"%s",\
            "node_id":"%3$s","occurred_at":"2030-05-04T03:02:01.123456Z",\
            "recorded_at":"2030-05-04T03:02:01.123456Z","initiator":"SCWAAAAAAAAAAAAAAAAA",\
            "principal":"system:processes","request_id":null,"correlation_id":"%5$s",\
            "cause":{"source":"/keelson/events","id":"%5$s"},"operation_id":"%6$s",\
            "data":{"b":1.0,"a":"\\u00e9"}}],"next_cursor":null}\
            """
                .formatted(
                    position,
                    chronicle.at(List.of(position)).getFirst().id(),
                    node,
                    ours,
                    request,
                    operation));
  }

  @Test
  void shows_a_caller_its_own_events_and_nobody_elses() {
    chronicle.write(
        change(theirs),
        Written.of("release.published", null, "{}"),
        Written.of("tide.turned", null, "{}"),
        Written.of("tide.turned", new ClusterId(UUID.randomUUID()), "{}"));
    UUID organization = Tenants.ORGANIZATION.value();
    chronicle.write(Written.of("access.organization-opened", null, "{}").in(organization, 0));

    assertThat(positions(Tenants.ADMIN, "")).containsExactly(1L, 2L, 5L, 8L);
    assertThat(positions(Tenants.SIBLING, "")).containsExactly(2L, 5L);
    assertThat(positions(Tenants.STRANGER, "")).containsExactly(3L, 4L, 5L);
    assertThat(positions(Tenants.STRANGER, "&cluster_id=" + ours)).isEmpty();
    assertThat(positions(Tenants.SIBLING, "&cluster_id=" + ours)).isEmpty();
    assertThat(positions(Tenants.SIBLING, "&cluster_id=" + siblings)).containsExactly(2L);
  }

  @Test
  void shows_what_is_of_callers_to_auditors_alone() {
    UUID organization = Tenants.ORGANIZATION.value();
    chronicle.write(
        Written.of("call.refused", null, "{\"organization\":\"%s\"}".formatted(organization)),
        Written.of("access.api-key-revoked", null, "{}").in(organization, 0));

    assertThat(positions(Tenants.ADMIN, "")).containsExactly(1L, 2L, 4L, 5L);
    assertThat(positions(Tenants.READER, "")).containsExactly(1L, 2L);
    assertThat(positions(Tenants.READER, "&type=call.refused")).isEmpty();
  }

  /** Counted from the beginning of this test. */
  private List<Long> positions(String key, String query) {
    return call("GET", EVENTS + "?from=" + (start + 1) + query, key, null)
        .json()
        .get("items")
        .valueStream()
        .map(item -> item.get("position").asLong() - start)
        .toList();
  }

  @Test
  void filters() {
    UUID node = UUID.randomUUID();
    UUID operation = UUID.randomUUID();
    Origin origin = Origin.system("tests", Origin.SYSTEM, operation.toString());
    chronicle.write(
        Written.of("node.created", ours, "{}").in(node, 0),
        Written.of("operation.started", ours, "{}").in(operation, 0),
        Written.of("pool.creation-started", ours, "{\"operation\":\"" + operation + "\"}"),
        change(siblings).by(origin));

    assertThat(positions(Tenants.ADMIN, "&cluster_id=" + ours)).containsExactly(1L, 4L, 5L, 6L);
    assertThat(positions(Tenants.ADMIN, "&node_id=" + node)).containsExactly(4L);
    assertThat(positions(Tenants.ADMIN, "&operation_id=" + operation)).containsExactly(5L, 6L);
    assertThat(positions(Tenants.ADMIN, "&type=operation.started")).containsExactly(5L);
    assertThat(positions(Tenants.ADMIN, "&principal=system:tests")).containsExactly(7L);
    assertThat(positions(Tenants.ADMIN, "&initiator=system:tests")).containsExactly(7L);
    assertThat(positions(Tenants.ADMIN, "&initiator=system:processes")).isEmpty();
    assertThat(positions(Tenants.ADMIN, "&correlation_id=" + origin.correlationId()))
        .containsExactly(7L);
    assertThat(positions(Tenants.ADMIN, "&cluster_id=" + ours + "&type=node.created"))
        .containsExactly(4L);
    assertThat(positions(Tenants.ADMIN, "&cluster_id=" + ours + "&node_id=" + ours)).isEmpty();
  }

  @Test
  void begins_inclusively_and_ends_exclusively_at_positions_and_instants() {
    Instant later = Shelf.NOW.truncatedTo(ChronoUnit.MICROS).plusSeconds(start + 1);
    chronicle.write(change(ours).at(later), change(ours).at(later.plusSeconds(1)));
    // Recorded before its neighbours and committed after them: still one place per instant.
    chronicle.write(change(ours).at(later), change(ours).at(later.plusSeconds(2)));

    assertThat(positions(Tenants.ADMIN, "&to=" + (start + 2))).containsExactly(1L);
    assertThat(between(later, later.plusSeconds(1))).containsExactly(4L);
    assertThat(between(later.plusNanos(1), later.plusSeconds(2))).containsExactly(5L, 6L);
    assertThat(between(later.plusSeconds(2), later.plusSeconds(3))).containsExactly(7L);
    assertThat(between(later.plusSeconds(3), later.plusSeconds(4))).isEmpty();
    assertThat(between(later.plusSeconds(2), later)).isEmpty();
  }

  private List<Long> between(Instant from, Instant to) {
    return get(EVENTS + "?from=" + from + "&to=" + to)
        .json()
        .get("items")
        .valueStream()
        .map(item -> item.get("position").asLong() - start)
        .toList();
  }

  @Test
  void follows_cursors_to_the_end_while_new_ones_come() {
    List<Long> seen = new ArrayList<>();
    String cursor = "";
    int added = 0;
    do {
      JsonNode page = get(EVENTS + "?limit=2&cluster_id=" + ours + "&cursor=" + cursor).json();
      page.get("items").forEach(item -> seen.add(item.get("position").asLong() - start));
      cursor = page.get("next_cursor").isNull() ? "" : page.get("next_cursor").asString();
      if (added < 5) {
        chronicle.write(change(theirs), change(ours));
        added++;
        cursor = cursor.isEmpty() ? Long.toString(seen.getLast() + start) : cursor;
      }
    } while (!cursor.isEmpty());

    assertThat(seen).containsExactly(1L, 5L, 7L, 9L, 11L, 13L);
  }

  @Test
  void lists_internal_events_with_redacted_secrets() {
    chronicle.write(
        Written.of(
                "access.api-key-issued",
                null,
                "{\"access_key\":\"SCWAAAAAAAAAAAAAAAAA\",\"secret_hash\":\"0badcafe\","
                    + "\"more\":[{\"token\":{\"a\":1}}]}")
            .in(Tenants.ORGANIZATION.value(), 1)
            .internal());

    Answer answer = get(EVENTS + "?type=access.api-key-issued&from=" + (start + 1));

    assertThat(answer.json().get("items").get(0).get("public").asBoolean()).isFalse();
    assertThat(answer.json().get("items").get(0).get("data").toString())
        .isEqualTo(
            "{\"access_key\":\"SCWAAAAAAAAAAAAAAAAA\",\"secret_hash\":\"[redacted]\","
                + "\"more\":[{\"token\":\"[redacted]\"}]}");
    assertThat(answer.body()).doesNotContain("0badcafe");
  }

  @Test
  void shows_references_to_secrets_as_they_are_stored() {
    SecretRef ref = client();
    String data =
        "{\"spec\":{\"machine\":{\"user_data\":{\"cloud-init\":{\"id\":\"%s\",\"mac\":\"%s\"}}}}}"
            .formatted(ref.id(), ref.mac());
    chronicle.write(Written.of("pool.creation-started", ours, data));

    Answer answer = get(EVENTS + "?type=pool.creation-started&from=" + (start + 1));

    assertThat(answer.json().get("items").get(0).get("data").toString()).isEqualTo(data);
  }

  @Test
  void opens_one_event_by_its_id() {
    UUID id = chronicle.at(List.of(start + 1)).getFirst().id();

    Answer one = get(EVENTS + "/" + id);

    assertThat(one.status()).isEqualTo(200);
    assertThat(one.header("Content-Type")).isEqualTo("application/json");
    assertThat(one.json()).isEqualTo(get(EVENTS + "?from=" + (start + 1)).json().at("/items/0"));
  }

  @Test
  void opens_an_event_that_the_log_has_and_its_rows_do_not_show_yet() {
    chronicle.append(change(ours));
    UUID id = chronicle.at(List.of(start + 4)).getFirst().id();
    chronicle.asked = () -> Thread.ofVirtual().start(chronicle::catchUp);

    await().untilAsserted(() -> assertThat(get(EVENTS + "/" + id).status()).isEqualTo(200));
  }

  @Test
  void does_not_open_an_event_that_a_list_would_hide() {
    long refusal =
        chronicle.write(
            Written.of(
                "call.refused",
                null,
                "{\"organization\":\"%s\"}".formatted(Tenants.ORGANIZATION.value())));
    UUID ofCallers = chronicle.at(List.of(refusal)).getFirst().id();
    UUID foreign = chronicle.at(List.of(start + 3)).getFirst().id();

    assertThat(get(EVENTS + "/" + ofCallers).status()).isEqualTo(200);
    for (Answer hidden :
        List.of(
            call("GET", EVENTS + "/" + ofCallers, Tenants.READER, null),
            get(EVENTS + "/" + foreign),
            get(EVENTS + "/" + UUID.randomUUID()))) {
      assertThat(hidden.status()).isEqualTo(404);
      assertThat(hidden.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(hidden.text("type")).isEqualTo("/problems/not-found");
      assertThat(hidden.text("resource")).isEqualTo("event");
    }
  }

  @Test
  void waits_for_what_the_log_has_already() {
    chronicle.append(change(ours));
    chronicle.asked = () -> Thread.ofVirtual().start(chronicle::catchUp);

    assertThat(awaited("&cluster_id=" + ours, 2)).containsExactly(1L, 4L);
  }

  /**
   * The positions in the response, at least as many as expected. A response with fewer must have
   * waited for a second, because the machine was too slow; then the call is repeated.
   */
  private List<Long> awaited(String query, int size) {
    while (true) {
      long before = System.nanoTime();
      List<Long> positions = positions(Tenants.ADMIN, query);
      if (positions.size() >= size) {
        return positions;
      }
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .as("how long was waited for more than %s", positions)
          .isGreaterThanOrEqualTo(Duration.ofMillis(990));
    }
  }

  @Test
  void waits_for_a_request_whose_events_have_no_place_in_the_log_yet() {
    UUID request = UUID.randomUUID();
    Written late =
        change(ours)
            .by(Origin.request("SCWA", request, new Origin.Call("A", client()), "00-1-2-00"));
    // The head that is waited for does not have it; it is given its place right after.
    chronicle.asked = () -> Thread.ofVirtual().start(() -> chronicle.write(late));

    assertThat(awaited("&correlation_id=" + request, 1)).containsExactly(4L);
  }

  @Test
  void answers_with_what_there_is_when_it_has_waited_for_a_second() {
    chronicle.append(change(ours));
    long before = System.nanoTime();

    assertThat(positions(Tenants.ADMIN, "&cluster_id=" + ours)).containsExactly(1L);

    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isGreaterThanOrEqualTo(Duration.ofMillis(990));
    chronicle.catchUp();
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, /limit, constraint",
    "limit=1001, /limit, constraint",
    "limit=x, /limit, format",
    "cluster_id=1, /cluster_id, format",
    "node_id=x, /node_id, format",
    "operation_id=1-1-1-1-1, /operation_id, format",
    "correlation_id=x, /correlation_id, format",
    "type=%00, /type, format",
    "principal=%07, /principal, format",
    "initiator=%07, /initiator, format",
    "from=yesterday, /from, format",
    "from=-1, /from, format",
    "from=2026-02-30T00:00:00Z, /from, format",
    "from=2026-02-03, /from, format",
    "to=12026-02-03T00:00:00Z, /to, format",
    "to=9999999999999999999, /to, format",
    "cursor=*, /cursor, format",
    "cursor=-1, /cursor, format"
  })
  void refuses_a_bad_query(String query, String pointer, String reason) {
    Answer answer = get(EVENTS + "?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.text("type")).isEqualTo("/problems/invalid-arguments");
    JsonNode error = answer.json().get("errors").get(0);
    assertThat(error.get("pointer").asString()).isEqualTo(pointer);
    assertThat(error.get("reason").asString()).isEqualTo(reason);
  }
}
