package io.keelson.adapters.rest.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.Commands.StoreUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Every error is JSON with a request id, and never contains internal details. */
class ErrorFormsTest extends EdgeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/k8s",
        "/k8s/v1",
        K8S,
        K8S + "/",
        K8S + "/boats",
        K8S + "/clusters/",
        "/error",
        K8S + "/clusters/7b41a9e1-3753-4ff2-b7ce-e4703e3a39ef/upgrades",
        "/favicon.ico",
        "//",
        "/k8s/v2/regions/fr-par/clusters",
        "/K8S/v1/regions/fr-par/clusters"
      })
  void answers_an_unknown_route_as_a_gateway_does(String path) {
    for (String key : new String[] {null, Tenants.ADMIN}) {
      Answer answer = call("GET", path, key, null, Map.of("Accept", "text/html"));

      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.header("Content-Type")).isEqualTo("application/json");
      assertThat(answer.body()).isEqualTo("{\"message\":\"Not Found\"}");
      assertThat(UUID.fromString(answer.header("X-Request-Id"))).isNotNull();
    }
  }

  @Test
  void answers_a_wrong_method_with_those_that_are_right() {
    Answer answer = call("PATCH", K8S + "/versions", Tenants.ADMIN, "{}");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.header("Allow")).isEqualTo("GET");
    assertThat(answer.body()).isEqualTo("{\"message\":\"Method Not Allowed\"}");
    assertThat(call("TRACE", K8S + "/versions", Tenants.ADMIN, null).status()).isEqualTo(405);
  }

  static Stream<RuntimeException> outages() {
    return Stream.of(
        new StoreUnavailable("secret", new IllegalStateException("secret")),
        new DataAccessResourceFailureException("secret"),
        new QueryTimeoutException("secret"),
        new CannotCreateTransactionException("secret"),
        new IllegalStateException(
            "secret", new IOException(new SQLTransientConnectionException("secret"))));
  }

  @ParameterizedTest
  @MethodSource("outages")
  void tells_a_lost_database_from_a_fault(RuntimeException outage) {
    world.blindness = outage;

    Answer answer = get(K8S + "/clusters");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("2");
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.body())
        .isEqualTo(
            "{\"help_message\":\"the store cannot be reached; try again soon\","
                + "\"message\":\"service is temporarily unavailable\",\"type\":\"unavailable\"}");
    assertThat(get("/keelson/v1/operations").header("Content-Type"))
        .isEqualTo("application/problem+json");
  }

  @Test
  void says_nothing_about_a_fault_of_ours() {
    world.blindness = new IllegalStateException("secret");

    Answer answer = get(K8S + "/clusters");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.body()).isEqualTo("{\"message\":\"internal error\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "nul",
        "null",
        "[]",
        "\"x\"",
        "1",
        "{\"a\":}",
        "{\"a\":1}}",
        "{} {}",
        "{'a':1}",
        "{\"name\":\"a\",\"name\":\"b\"}",
        "{\"a\":NaN}",
        "// x",
        "\uFEFF",
        "<cluster/>",
        "name=harbour"
      })
  void refuses_what_is_not_one_json_object(String body) {
    Answer answer = post(K8S + "/clusters", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("type")).isEqualTo("invalid_arguments");
    assertThat(answer.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo("body");
  }

  @Test
  void refuses_json_that_is_nested_too_deeply() {
    String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    assertThat(post(K8S + "/clusters", deep).status()).isEqualTo(400);
    assertThat(post(K8S + "/clusters", "{\"a\":" + "1".repeat(5000) + "}").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/x-www-form-urlencoded", "application/xml", "nonsense"})
  void refuses_a_body_that_is_said_to_be_something_else(String type) {
    Answer answer =
        call(
            "POST",
            K8S + "/clusters",
            Tenants.ADMIN,
            Bodies.cluster(),
            Map.of("Content-Type", type));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo("Content-Type");
    assertThat(world.sent).isEmpty();
  }

  @Test
  void refuses_a_body_that_is_too_large() {
    String large = Bodies.cluster(body -> body.put("x", "x".repeat(1 << 20)));
    String largest = Bodies.cluster(body -> body.put("x", "x".repeat(1_000_000)));

    Answer answer = post(K8S + "/clusters", large);

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.text("type")).isEqualTo("invalid_arguments");
    assertThat(post(K8S + "/clusters", "x".repeat(10 << 20)).status()).isEqualTo(413);
    assertThat(post(K8S + "/clusters", largest).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /k8s/v1/regions/fr-par/clusters/%zz HTTP/1.1",
        "GET /k8s/v1/regions/fr-par/clusters/%00 HTTP/1.1",
        "GET /k8s/v1/regions/fr-par/clusters/%2F HTTP/1.1",
        "GET /k8s/v1/regions/fr-par/clusters?name=[] HTTP/1.1",
        "GET /../x HTTP/1.1",
        "GET /k8s/v1/regions/fr-par/clusters\\x HTTP/1.1",
        "GET /k8s/v1/regions/fr-par/clusters HTTP/9.9",
        "GET /k8s/v1/regions/fr-par/clusters HTTP/1.1\r\nTransfer-Encoding: foo",
        "CONNECT localhost:443 HTTP/1.1"
      })
  void answers_what_the_server_itself_refuses_in_json(String line) throws IOException {
    String answer = raw(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400 ");
    assertThat(answer).contains("Content-Type: application/json\r\n", "X-Request-Id: ");
    assertThat(answer).contains("{\"message\":\"Bad Request\"}").doesNotContain("Tomcat");
  }

  @Test
  void answers_a_header_that_is_too_large_in_json() throws IOException {
    String answer =
        raw(
            "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: "
                + "x".repeat(20_000)
                + "\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/json");
  }

  @Test
  void gives_each_call_an_id_of_its_own_whatever_the_caller_says() {
    Map<String, String> header = Map.of("X-Request-Id", "mine");
    String first =
        call("GET", K8S + "/versions", Tenants.ADMIN, null, header).header("X-Request-Id");
    String second =
        call("GET", K8S + "/versions", Tenants.ADMIN, null, header).header("X-Request-Id");

    assertThat(UUID.fromString(first)).isNotEqualTo(UUID.fromString(second));
  }

  @Test
  void refuses_a_body_that_ends_too_early_or_is_cut_into_impossible_chunks() throws IOException {
    String head =
        "POST /k8s/v1/regions/fr-par/clusters HTTP/1.1\r\nHost: localhost\r\nX-Auth-Token: "
            + Tenants.ADMIN
            + "\r\nContent-Type: application/json\r\n";

    assertThat(raw(head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("application/json");
    assertThat(world.sent).isEmpty();
  }

  @Test
  void refuses_a_query_in_another_encoding() {
    Answer answer = get(K8S + "/clusters?name=%ED%A0%80");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("type")).isEqualTo("invalid_arguments");
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
