package io.keelson.adapters.rest.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.problem.Violation.Reason;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class SchemaArgumentsTest {
  private static final Set<String> NOT_READING = Set.of("refuse", "require", "isGiven", "isFilled");

  static Stream<Method> everyWayToRead() {
    return Arrays.stream(JsonArguments.class.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> !NOT_READING.contains(method.getName()));
  }

  static Stream<Method> everyWayToReadAQuery() {
    return Arrays.stream(QueryArguments.class.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> !method.getName().equals("refuse"));
  }

  @ParameterizedTest
  @MethodSource("everyWayToRead")
  void whatever_a_body_is_asked_for_is_noted(Method method) {
    ObjectNode schema = SchemaArguments.of(body -> call(method, body));

    assertThat(schema.at("/properties/argument/type").isMissingNode())
        .as("%s is not noted: override it in SketchedArguments", method)
        .isFalse();
  }

  @ParameterizedTest
  @MethodSource("everyWayToReadAQuery")
  void whatever_a_query_is_asked_for_is_noted(Method method) {
    assertThat(SchemaQuery.of(query -> call(method, query)))
        .as("%s is not noted: override it in SketchedQuery", method)
        .isNotEmpty();
  }

  @Test
  void only_what_no_call_can_do_without_is_required_and_all_else_may_be_null() {
    ObjectNode schema =
        SchemaArguments.of(
            body -> {
              body.require("needed");
              body.text("needed", 10);
              body.require("perhaps", false);
              body.text("perhaps", 10);
            });

    assertThat(schema.toString())
        .isEqualTo(
            "{\"type\":\"object\",\"properties\":{\"needed\":{\"type\":\"string\",\"maxLength\":10,"
                + "\"minLength\":1},\"perhaps\":{\"type\":[\"string\",\"null\"],\"maxLength\":10}},"
                + "\"required\":[\"needed\"]}");
  }

  @Test
  void what_is_inside_is_noted_inside() {
    ObjectNode schema =
        SchemaArguments.of(
            body -> {
              for (JsonArguments each : body.objects("list", 3)) {
                each.require("inner");
                each.number("inner", 1, 5);
              }
              JsonArguments object = body.object("object");
              if (object != null) {
                object.flag("flag", true);
              }
            });

    assertThat(schema.at("/properties/list").toString())
        .isEqualTo(
            "{\"type\":[\"array\",\"null\"],\"items\":{\"type\":\"object\",\"properties\":{\"inner\":"
                + "{\"type\":\"integer\",\"minimum\":1,\"maximum\":5}},\"required\":[\"inner\"]},"
                + "\"maxItems\":3}");
    assertThat(schema.at("/properties/object/properties/flag/type").toString())
        .isEqualTo("[\"boolean\",\"null\"]");
  }

  @Test
  void nothing_is_refused() {
    ObjectNode schema =
        SchemaArguments.of(
            body -> {
              body.refuse("name", Reason.FORMAT, "would be noted of a call");
              body.name("name", 10);
            });

    assertThat(schema.at("/properties/name/maxLength").asInt()).isEqualTo(10);
  }

  private static void call(Method method, Object reader) {
    Object[] arguments =
        Arrays.stream(method.getParameterTypes()).map(SchemaArgumentsTest::argument).toArray();
    try {
      method.invoke(reader, arguments);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(method.toString(), e);
    }
  }

  private static Object argument(Class<?> type) {
    if (type == String.class) {
      return "argument";
    }
    if (type == Choice.class) {
      return Choice.of("one", "two");
    }
    if (type == Class.class) {
      return Reason.class;
    }
    if (type == boolean.class) {
      return true;
    }
    if (type == double.class) {
      return 1.5;
    }
    if (type == long.class) {
      return 1L;
    }
    if (type == int.class) {
      return 1;
    }
    throw new AssertionError("no value of " + type);
  }
}
