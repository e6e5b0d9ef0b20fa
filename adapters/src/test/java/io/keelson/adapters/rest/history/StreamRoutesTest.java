package io.keelson.adapters.rest.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.adapters.rest.Chronicle.Written;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.ClusterId;
import io.keelson.commands.Origin;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

class StreamRoutesTest extends EdgeTest {
  private static final String STREAM = "/keelson/v1/stream";

  @Autowired private EventStreams streams;

  private final ClusterId ours = new ClusterId(UUID.randomUUID());
  private final ClusterId theirs = new ClusterId(UUID.randomUUID());
  private final List<AutoCloseable> listeners = new ArrayList<>();

  @BeforeEach
  void begin() {
    chronicle.write(
        creation(ours, Tenants.ORGANIZATION.toString(), Tenants.PROJECT.toString()),
        creation(theirs, Tenants.OTHER_ORGANIZATION.toString(), Tenants.OTHER_PROJECT.toString()));
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable listener : listeners) {
      listener.close();
    }
    // A closed connection is detected at the next heartbeat.
    soon().until(() -> streams.size() == 0);
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(1));
  }

  private static Written creation(ClusterId cluster, String organization, String project) {
    return Written.of(
        "cluster.creation-started",
        cluster,
        "{\"organization\":\"%s\",\"project\":\"%s\",\"region\":\"fr-par\"}"
            .formatted(organization, project));
  }

  private static Written change(ClusterId cluster) {
    return Written.of("cluster.components-observed", cluster, "{\"a\":1}");
  }

  private Listener listen(String key, @Nullable String lastEventId) {
    Listener listener = Listener.open(port, key, lastEventId);
    listeners.add(listener);
    return listener;
  }

  @Test
  void tells_of_events_as_they_come_from_the_head_on() {
    long head = chronicle.head();
    Listener listener = listen(Tenants.ADMIN, null);
    soon().until(() -> listener.lastId().equals(Long.toString(head)));

    long position = chronicle.write(change(ours));

    soon().until(() -> !listener.events().isEmpty());
    Listener.Told told = listener.events().getFirst();
    assertThat(told.id()).isEqualTo(Long.toString(position));
    assertThat(told.event()).isEqualTo("cluster.components-observed");
    assertThat(told.data())
        .startsWith("{\"position\":" + position + ",\"id\":\"")
        .contains("\"type\":\"cluster.components-observed\",\"revision\":1,\"public\":true,")
        .doesNotContain("\"data\"");
    assertThat(listener.header("Content-Type")).startsWith("text/event-stream");
    assertThat(listener.header("Cache-Control")).contains("no-store");
  }

  @Test
  void goes_on_after_the_last_event_id_without_a_gap_or_a_repeat() {
    long before = chronicle.head();
    Written[] many = new Written[250];
    Arrays.fill(many, change(ours));
    chronicle.write(many);

    Listener listener = listen(Tenants.ADMIN, Long.toString(before + 100));
    soon().until(() -> listener.events().size() == 150);
    chronicle.write(change(ours));

    soon().until(() -> listener.events().size() > 150);
    assertThat(listener.ids())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(before + 101, before + 251).mapToObj(Long::toString).toList());
  }

  @Test
  void begins_at_the_head_where_the_last_event_id_is_beyond_it() {
    long head = chronicle.head();
    Listener listener = listen(Tenants.ADMIN, "999999999999");

    soon().until(() -> listener.lastId().equals(Long.toString(head)));
  }

  @Test
  void tells_nobody_of_what_is_anothers_or_internal() {
    String before = Long.toString(chronicle.head());
    Listener us = listen(Tenants.ADMIN, before);
    Listener sibling = listen(Tenants.SIBLING, before);
    Listener stranger = listen(Tenants.STRANGER, before);
    long first =
        chronicle.write(
            change(ours),
            change(theirs),
            change(ours).internal(),
            Written.of("tide.turned", null, "{}"),
            Written.of("release.published", null, "{}"));

    // Everybody receives the last event; a listener that has it receives no earlier one any more.
    String last = Long.toString(first);
    soon().until(() -> us.ids().contains(last));
    soon().until(() -> sibling.ids().contains(last));
    soon().until(() -> stranger.ids().contains(last));
    assertThat(us.ids()).containsExactly(Long.toString(first - 4), last);
    assertThat(sibling.ids()).containsExactly(last);
    assertThat(stranger.ids()).containsExactly(Long.toString(first - 3), last);
  }

  @Test
  void shows_that_it_lives_while_nothing_happens() {
    Listener listener = listen(Tenants.ADMIN, null);

    soon().until(() -> listener.comments() >= 3);
    assertThat(listener.events()).isEmpty();
  }

  @Test
  void tells_of_what_another_instance_projects_later() {
    Listener listener = listen(Tenants.ADMIN, null);
    soon().until(() -> !listener.lastId().isEmpty());
    chronicle.append(change(ours));
    assertThat(chronicle.head()).isGreaterThan(Long.parseLong(listener.lastId()));

    chronicle.projectSilently();

    soon().until(() -> listener.events().size() == 1);
  }

  @Test
  void ends_when_its_key_does() {
    Listener listener = listen(Tenants.READER, null);
    soon().until(() -> !listener.lastId().isEmpty());

    tenants.revoke(Tenants.READER);
    try {
      soon().until(listener::hasEnded);
    } finally {
      tenants.restore(Tenants.READER);
    }
  }

  @Test
  void has_a_bound_for_each_organization_and_for_all() {
    for (int i = 0; i < 3; i++) {
      Listener listener = listen(Tenants.ADMIN, null);
      soon().until(() -> !listener.lastId().isEmpty());
    }
    Answer own = call("GET", STREAM, Tenants.READER, null);
    assertThat(own.status()).isEqualTo(429);
    assertThat(own.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(own.header("Retry-After")).isNotEmpty();
    assertThat(own.text("type")).isEqualTo("/problems/too-many-requests");
    assertThat(own.text("detail")).contains("3 streams");

    Listener stranger = listen(Tenants.STRANGER, null);
    soon().until(() -> !stranger.lastId().isEmpty());
    assertThat(call("GET", STREAM, Tenants.STRANGER, null).status()).isEqualTo(429);

    stranger.close();
    soon().until(() -> streams.size() == 3);
    Listener next = listen(Tenants.STRANGER, null);
    soon().until(() -> !next.lastId().isEmpty());
  }

  @Test
  void a_client_that_does_not_read_holds_up_nobody_and_is_let_go() throws Exception {
    String before = Long.toString(chronicle.head());
    Socket idle = new Socket();
    listeners.add(idle);
    idle.setReceiveBufferSize(1024);
    idle.connect(new InetSocketAddress("localhost", port));
    idle.getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: localhost\r\nX-Auth-Token: %s\r\nLast-Event-ID: %s\r\n\r\n"
                .formatted(STREAM, Tenants.ADMIN, before)
                .getBytes(StandardCharsets.US_ASCII));
    soon().until(() -> streams.size() == 1);
    Listener other = listen(Tenants.ADMIN, before);

    Written large = change(ours).by(Origin.system("tests", Origin.SYSTEM, "x".repeat(100_000)));
    Written[] many = new Written[60];
    Arrays.fill(many, large);
    chronicle.write(many);

    soon().until(() -> other.events().size() == 60);
    soon().until(() -> streams.size() == 1);
    assertThat(other.hasEnded()).isFalse();
  }

  @Test
  void ends_at_once_when_the_program_stops() {
    Listener listener = listen(Tenants.ADMIN, null);
    soon().until(() -> !listener.lastId().isEmpty());

    streams.stop();
    try {
      soon().until(listener::hasEnded);
      assertThat(listener.failure()).as("a chunked answer with its end").isNull();
      assertThat(streams.isRunning()).isFalse();
      assertThat(call("GET", STREAM, Tenants.ADMIN, null).status()).isEqualTo(503);
    } finally {
      streams.start();
    }
  }

  @Test
  void stops_before_the_web_server_waits_for_its_calls() {
    assertThat(streams.getPhase())
        .isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
  }

  @Test
  void answers_a_head_request_without_a_stream() {
    Answer answer = call("HEAD", STREAM, Tenants.ADMIN, null);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
    assertThat(streams.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "1.5", "12345678901234567890", "1 2"})
  void refuses_a_last_event_id_that_is_no_position(String id) {
    Answer answer = call("GET", STREAM, Tenants.ADMIN, null, Map.of("Last-Event-ID", id));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().get("errors").get(0).get("pointer").asString())
        .isEqualTo("/Last-Event-ID");
  }

  @Test
  void refuses_who_may_not_read() throws IOException {
    assertThat(call("GET", STREAM, null, null).status()).isEqualTo(401);
    assertThat(call("GET", STREAM, Tenants.NOTHING, null).status()).isEqualTo(403);
  }
}
