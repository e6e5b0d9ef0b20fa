package io.keelson.adapters.rest.request;

import io.keelson.adapters.rest.problem.Violation.Reason;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records the JSON Schema of what a reader reads from a body, so that the reader describes itself.
 * Every argument is given, none has a value, and nothing is refused.
 */
public final class SchemaArguments extends JsonArguments {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final ObjectNode properties = JSON.objectNode();
  private final TreeSet<String> required = new TreeSet<>();
  private final ObjectNode schema;

  private SchemaArguments(ObjectNode schema) {
    super(JSON.objectNode(), "", new Violations());
    this.schema = schema;
    schema.set("properties", properties);
  }

  /** The JSON Schema of what the reader reads. */
  public static ObjectNode of(Consumer<? super JsonArguments> reader) {
    ObjectNode schema = JSON.objectNode().put("type", "object");
    SchemaArguments arguments = new SchemaArguments(schema);
    reader.accept(arguments);
    return finished(schema);
  }

  @Override
  public void refuse(String name, Reason reason, String help) {
    // There is no call to refuse.
  }

  @Override
  public void require(String name) {
    if (required.add(name)) {
      ArrayNode names = JSON.arrayNode();
      required.forEach(names::add);
      schema.set("required", names);
    }
  }

  @Override
  public boolean isGiven(String name) {
    return true;
  }

  @Override
  public boolean isFilled(String name) {
    return true;
  }

  @Override
  public @Nullable String text(String name, int maxLength) {
    note(name, text(maxLength));
    return null;
  }

  @Override
  public String name(String name, int maxLength) {
    super.name(name, maxLength);
    note(name, text(maxLength).put("pattern", "\\S"));
    return "";
  }

  @Override
  public String choice(String name, Choice choice, String fallback) {
    ArrayNode values = JSON.arrayNode();
    choice.values().forEach(values::add);
    if (!choice.zero().isEmpty()) {
      values.add(choice.zero());
    }
    ObjectNode text = JSON.objectNode().put("type", "string");
    text.set("enum", values.add(""));
    note(name, text);
    return fallback;
  }

  @Override
  public @Nullable UUID uuid(String name) {
    note(name, JSON.objectNode().put("type", "string").put("format", "uuid"));
    return null;
  }

  @Override
  public boolean flag(String name, boolean fallback) {
    note(name, JSON.objectNode().put("type", "boolean"));
    return fallback;
  }

  @Override
  public @Nullable Long number(String name, long min, long max) {
    note(name, JSON.objectNode().put("type", "integer").put("minimum", min).put("maximum", max));
    return null;
  }

  @Override
  public double between(String name, double above, double below, double fallback) {
    note(
        name,
        JSON.objectNode()
            .put("type", "number")
            .put("exclusiveMinimum", above)
            .put("exclusiveMaximum", below));
    return fallback;
  }

  @Override
  public List<String> texts(String name, int maxLength) {
    note(name, list(text(maxLength), MAX_LIST_SIZE));
    return List.of();
  }

  @Override
  public Map<String, String> textMap(String name, int maxLength) {
    ObjectNode map = JSON.objectNode().put("type", "object");
    map.set("additionalProperties", nullable(text(maxLength)));
    note(name, map.put("maxProperties", MAX_MAP_SIZE));
    return Map.of();
  }

  @Override
  public JsonArguments object(String name) {
    ObjectNode inner = JSON.objectNode().put("type", "object");
    note(name, inner);
    return new SchemaArguments(inner);
  }

  @Override
  public List<JsonArguments> objects(String name, int max) {
    ObjectNode inner = JSON.objectNode().put("type", "object");
    note(name, list(inner, max));
    return List.of(new SchemaArguments(inner));
  }

  private void note(String name, ObjectNode argument) {
    properties.set(name, argument);
  }

  private static ObjectNode text(int maxLength) {
    ObjectNode text = JSON.objectNode().put("type", "string");
    return maxLength == Integer.MAX_VALUE ? text : text.put("maxLength", maxLength);
  }

  private static ObjectNode list(ObjectNode element, int max) {
    ObjectNode list = JSON.objectNode().put("type", "array");
    list.set("items", element);
    return list.put("maxItems", max);
  }

  /** Null means "not given", as absence does, so only a required argument excludes null. */
  private static ObjectNode finished(ObjectNode object) {
    List<JsonNode> required = object.path("required").valueStream().toList();
    for (Map.Entry<String, JsonNode> each : object.path("properties").properties()) {
      ObjectNode argument = (ObjectNode) each.getValue();
      ObjectNode inner = (ObjectNode) argument.path("items").asOptional().orElse(argument);
      if (inner.has("properties")) {
        finished(inner);
      }
      if (required.stream().noneMatch(name -> name.asString().equals(each.getKey()))) {
        nullable(argument);
      } else if (argument.path("type").asString().equals("string")) {
        argument.put("minLength", 1);
      }
    }
    return object;
  }

  private static ObjectNode nullable(ObjectNode argument) {
    argument.set("type", JSON.arrayNode().add(argument.get("type")).add("null"));
    if (argument.get("enum") instanceof ArrayNode values) {
      values.addNull();
    }
    return argument;
  }
}
