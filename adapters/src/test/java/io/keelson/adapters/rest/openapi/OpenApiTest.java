package io.keelson.adapters.rest.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.Chronicle;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Tenants;
import io.keelson.adapters.simulator.SimulatorCalls;
import io.keelson.adapters.simulator.SimulatorCallsController;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

@Import(OpenApiTest.SimulatorRoutes.class)
class OpenApiTest extends EdgeTest {
  private static final Path CHECKED_IN = Path.of("../infra/docs");
  private static final String WRITE = "keelson.openapi.write";

  /** With the simulator there is one more route; these tests only read what is said of it. */
  static class SimulatorRoutes {

    @Bean
    SimulatorCallsController simulatorCalls(Chronicle log) {
      return new SimulatorCallsController(
          new SimulatorCalls(log.database),
          () -> _ -> false,
          (argument, help) -> new IllegalArgumentException(argument + " " + help));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {OpenApiController.KUBERNETES, OpenApiController.KEELSON})
  void the_document_that_is_checked_in_is_what_the_routes_say(String document) throws IOException {
    Answer served = call("GET", document, null, null);
    Path file = Path.of(CHECKED_IN + document);
    if (Boolean.getBoolean(WRITE)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, served.body());
    }

    assertThat(served.status()).as(served.body()).isEqualTo(200);
    assertThat(served.header("Content-Type")).isEqualTo("application/json");
    assertThat(Files.exists(file) ? Files.readString(file) : "")
        .as(
            "%s is not what the routes say. Where they are right: mvn test -pl adapters -am"
                + " -Dtest=OpenApiTest -Dsurefire.failIfNoSpecifiedTests=false -D%s=true",
            document, WRITE)
        .isEqualTo(served.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {OpenApiController.KUBERNETES, OpenApiController.KEELSON})
  void a_document_refers_only_to_what_is_in_it_and_needs_all_of_that(String document) {
    JsonNode root = call("GET", document, null, null).json();
    Set<String> there = new HashSet<>();
    for (String kind : List.of("parameters", "responses", "schemas")) {
      for (String name : root.at("/components/" + kind).propertyNames()) {
        there.add("#/components/" + kind + "/" + name);
      }
    }
    Set<String> named = new HashSet<>();
    Matcher refs = Pattern.compile("\"\\$ref\":\"([^\"]+)\"").matcher(root.toString());
    while (refs.find()) {
      named.add(refs.group(1));
    }

    assertThat(named).containsExactlyInAnyOrderElementsOf(there);
  }

  @ParameterizedTest
  @ValueSource(strings = {OpenApiController.KUBERNETES, OpenApiController.KEELSON})
  void every_operation_has_its_own_name_and_says_how_it_can_fail(String document) {
    List<String> ids = new ArrayList<>();
    for (JsonNode path : call("GET", document, null, null).json().get("paths")) {
      for (JsonNode operation : path) {
        ids.add(operation.get("operationId").asString());
        assertThat(operation.get("responses").propertyNames())
            .as(ids.getLast())
            .contains("400", "401", "403", "404", "500", "503");
      }
    }

    assertThat(ids).doesNotHaveDuplicates().isNotEmpty();
  }

  @Test
  void a_body_is_described_as_it_is_read() {
    JsonNode body =
        kubernetes()
            .at("/paths/~1k8s~1v1~1regions~1{region}~1clusters/post")
            .at("/requestBody/content/application~1json/schema");

    assertThat(body.get("required").toString()).isEqualTo("[\"name\",\"version\"]");
    assertThat(body.at("/properties/name").toString())
        .isEqualTo("{\"type\":\"string\",\"maxLength\":100,\"pattern\":\"\\\\S\",\"minLength\":1}");
    assertThat(body.at("/properties/autoscaler_config/properties/log_level").toString())
        .isEqualTo("{\"type\":[\"integer\",\"null\"],\"minimum\":0,\"maximum\":4}");
    assertThat(body.at("/properties/pools/items/properties/container_runtime/enum").toString())
        .isEqualTo("[\"containerd\",\"crio\",\"docker\",\"unknown_runtime\",\"\",null]");
    assertThat(body.at("/properties/pools/items/required").toString())
        .isEqualTo("[\"name\",\"node_type\",\"size\"]");
  }

  @Test
  void an_answer_is_described_as_it_is_written() {
    post(K8S + "/clusters", Bodies.cluster());
    JsonNode pool = kubernetes().at("/components/schemas/Pool");
    JsonNode answer =
        get(K8S + "/clusters/" + world.clusters.keySet().iterator().next() + "/pools").json();

    assertThat(pool.at("/properties/placement_group_id/type").toString())
        .isEqualTo("[\"string\",\"null\"]");
    assertThat(pool.at("/properties/security_group_id/type").asString()).isEqualTo("string");
    assertThat(pool.get("properties").propertyNames())
        .containsExactlyElementsOf(answer.at("/pools/0").propertyNames());
    assertThat(pool.get("required").valueStream().map(JsonNode::asString))
        .containsExactlyElementsOf(answer.at("/pools/0").propertyNames());
  }

  @Test
  void regions_are_those_that_are_served_and_ids_are_uuids() {
    JsonNode document = kubernetes();

    assertThat(document.at("/components/parameters/region/schema/enum").toString())
        .isEqualTo("[\"fr-par\",\"nl-ams\",\"pl-waw\",\"it-mil\"]");
    assertThat(
            document
                .at("/paths/~1k8s~1v1~1regions~1{region}~1nodes~1{node_id}/get/parameters/1")
                .toString())
        .isEqualTo(
            "{\"name\":\"node_id\",\"in\":\"path\",\"schema\":{\"type\":\"string\","
                + "\"format\":\"uuid\"},\"required\":true}");
  }

  @Test
  void the_page_shows_both_documents_and_loads_nothing_from_elsewhere() {
    Answer page = call("GET", "/docs", null, null);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'self'");
    assertThat(page.body()).doesNotContain("://");
    Matcher parts = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page.body());
    List<String> found = new ArrayList<>();
    while (parts.find()) {
      found.add(parts.group(1));
      assertThat(call("GET", parts.group(1), null, null).status())
          .as(found.getLast())
          .isEqualTo(200);
    }
    assertThat(found).hasSize(5);
    assertThat(call("GET", "/docs/page.js", null, null).body())
        .contains(OpenApiController.KUBERNETES, OpenApiController.KEELSON);
  }

  private JsonNode kubernetes() {
    return call("GET", OpenApiController.KUBERNETES, Tenants.ADMIN, null).json();
  }
}
