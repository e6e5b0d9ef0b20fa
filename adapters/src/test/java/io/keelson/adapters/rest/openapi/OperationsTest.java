package io.keelson.adapters.rest.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.request.Regions;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.node.ObjectNode;

class OperationsTest {

  /** Reads a request that it does not describe. */
  @Controller
  static class Silent {
    @PostMapping("/silent")
    String create(HttpServletRequest request) {
      return request.getMethod();
    }
  }

  /** Describes what it no longer has. */
  @Controller
  static class Outdated implements Described {
    @Override
    public void describe(Descriptions routes) {
      routes.bare("renamed");
    }

    @GetMapping("/outdated")
    String read() {
      return "";
    }
  }

  /** Returns another record of the same name. */
  record Thing(@Nullable String a) {}

  static class Other {
    record Thing(String b) {}
  }

  @Controller
  static class Plain implements Described {
    @Override
    public void describe(Descriptions routes) {
      routes
          .bare("create")
          .problem("create", "too_many_requests")
          .response("read", MediaType.TEXT_PLAIN_VALUE, byte[].class);
    }

    @PostMapping("/things/{region}")
    Thing create(@PathVariable Region region, HttpServletRequest request) {
      return new Thing(request.getMethod() + region);
    }

    @GetMapping("/things/{name}/file")
    ResponseEntity<Object> read(@PathVariable String name) {
      return ResponseEntity.ok(name);
    }

    @DeleteMapping("/things/{name}")
    ResponseEntity<Void> delete(@PathVariable String name) {
      return ResponseEntity.ok().header("name", name).build();
    }
  }

  private static Operations operations(Class<?> controller) {
    StaticWebApplicationContext context = new StaticWebApplicationContext();
    context.registerSingleton("controller", controller);
    RequestMappingHandlerMapping routes = new RequestMappingHandlerMapping();
    routes.setApplicationContext(context);
    routes.afterPropertiesSet();
    context.getBeanFactory().registerSingleton("routes", routes);
    return new Operations(
        context.getBeanFactory().getBeanProvider(RequestMappingHandlerMapping.class));
  }

  private static ObjectNode document(Class<?> controller) {
    return Document.of("", false, operations(controller).of(_ -> true), Regions.ALL);
  }

  @Test
  void a_route_that_is_given_the_request_must_say_what_it_reads_of_it() {
    Operations silent = operations(Silent.class);

    assertThatThrownBy(() -> silent.of(_ -> true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(
            "Silent.create", "implement Described", ".body(", ".bare(\"create");
  }

  @Test
  void what_is_described_must_be_there() {
    Operations outdated = operations(Outdated.class);

    assertThatThrownBy(() -> outdated.of(_ -> true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("Outdated", "renamed");
  }

  @Test
  void only_the_paths_that_are_asked_for_are_described() {
    assertThat(operations(Plain.class).of(path -> path.endsWith("/file")))
        .extracting(Operation::id, Operation::method)
        .containsExactly(tuple("Read", "get"));
  }

  @Test
  void what_the_signature_does_not_tell_is_said_by_hand() {
    ObjectNode document = document(Plain.class);

    assertThat(document.at("/paths/~1things~1{name}~1file/get/responses/200/content").toString())
        .isEqualTo("{\"text/plain\":{\"schema\":{}}}");
    assertThat(document.at("/paths/~1things~1{region}/post/responses").propertyNames())
        .contains("200", "409", "429")
        .doesNotContain("413");
    assertThat(document.at("/paths/~1things~1{name}/delete/responses").propertyNames())
        .contains("204")
        .doesNotContain("200");
  }

  @Test
  void two_records_of_one_name_are_never_taken_for_each_other() {
    Schemas schemas = new Schemas();
    schemas.of(Thing.class);

    assertThat(schemas.of(Other.Thing.class).get("$ref").asString())
        .isEqualTo("#/components/schemas/OperationsTestOtherThing");
    assertThat(schemas.components().get("OperationsTestThing"))
        .hasToString(
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":[\"string\",\"null\"]}},"
                + "\"required\":[\"a\"]}");
    assertThatThrownBy(() -> schemas.of(List.of(1).getClass()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(schemas.components()).hasSize(2);
  }
}
