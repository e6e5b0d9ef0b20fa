package io.keelson.adapters.rest.request;

import io.keelson.adapters.rest.problem.Violation.Reason;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notes what a reader asks a query for, as the JSON Schema of each argument: so the reader itself
 * says what it reads. To the reader nothing is given.
 */
public final class SchemaQuery extends QueryArguments {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Map<String, ObjectNode> arguments = new TreeMap<>();

  private SchemaQuery() {
    super(name -> null, new Violations());
  }

  /** The JSON Schemas of what that reader reads, by name. */
  public static Map<String, ObjectNode> of(Consumer<? super QueryArguments> reader) {
    SchemaQuery sketch = new SchemaQuery();
    reader.accept(sketch);
    return sketch.arguments;
  }

  @Override
  public void refuse(String name, Reason reason, String help) {
    // It is not a call.
  }

  @Override
  public @Nullable String text(String name) {
    arguments.put(name, string().put("maxLength", LONGEST_TEXT));
    return null;
  }

  @Override
  public @Nullable UUID uuid(String name) {
    arguments.put(name, string().put("format", "uuid"));
    return null;
  }

  @Override
  public @Nullable String choice(String name, Choice choice) {
    ArrayNode values = JSON.arrayNode();
    choice.values().forEach(values::add);
    if (!choice.zero().isEmpty()) {
      values.add(choice.zero());
    }
    arguments.put(name, string().set("enum", values));
    return null;
  }

  @Override
  public @Nullable Long position(String name) {
    arguments.put(name, string().put("pattern", "^" + POSITION + "$"));
    return null;
  }

  @Override
  public int number(String name, int least, int most, int otherwise) {
    arguments.put(
        name,
        JSON.objectNode()
            .put("type", "integer")
            .put("minimum", least)
            .put("maximum", most)
            .put("default", otherwise));
    return otherwise;
  }

  private static ObjectNode string() {
    return JSON.objectNode().put("type", "string");
  }
}
