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
 * Records the JSON Schemas of what a reader reads from a query, so that the reader describes
 * itself. No argument is given.
 */
public final class SchemaQuery extends QueryArguments {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Map<String, ObjectNode> arguments = new TreeMap<>();

  private SchemaQuery() {
    super(name -> null, new Violations());
  }

  /** The JSON Schemas of what the reader reads, by the name of the argument. */
  public static Map<String, ObjectNode> of(Consumer<? super QueryArguments> reader) {
    SchemaQuery query = new SchemaQuery();
    reader.accept(query);
    return query.arguments;
  }

  @Override
  public void refuse(String name, Reason reason, String help) {
    // There is no call to refuse.
  }

  @Override
  public @Nullable String text(String name) {
    arguments.put(name, string().put("maxLength", MAX_TEXT_LENGTH));
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
  public int number(String name, int min, int max, int fallback) {
    arguments.put(
        name,
        JSON.objectNode()
            .put("type", "integer")
            .put("minimum", min)
            .put("maximum", max)
            .put("default", fallback));
    return fallback;
  }

  private static ObjectNode string() {
    return JSON.objectNode().put("type", "string");
  }
}
