package io.keelson.adapters.rest.request;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the routes of one controller read, by the names of its handler methods: what their
 * signatures do not show. The readers are the ones that calls are read with, so that nothing is
 * said twice; they run once, on an {@linkplain SchemaArguments empty call}, and must not need more
 * than what they are given.
 */
public final class Descriptions {
  private final Map<String, Description> routes = new LinkedHashMap<>();

  /** What one controller says about its routes; nothing if it has nothing to say. */
  public static Descriptions of(Object controller) {
    Descriptions all = new Descriptions();
    if (controller instanceof Described described) {
      described.describe(all);
    }
    return all;
  }

  /**
   * What a handler method reads.
   *
   * @param query the JSON Schema of each argument
   * @param headers the same of headers, beside those that every route reads
   * @param body its JSON Schema; null: none is read
   * @param answers the type of the answer in each media type, where the method does not tell it
   * @param problems types of problems, beside those that any such route may have
   */
  public record Description(
      Map<String, ObjectNode> query,
      Map<String, ObjectNode> headers,
      @Nullable ObjectNode body,
      Map<String, Class<?>> answers,
      List<String> problems) {

    /** A route that tells everything by itself. */
    public static final Description NOTHING = new Description();

    private Description() {
      this(new TreeMap<>(), new TreeMap<>(), null, new LinkedHashMap<>(), new ArrayList<>());
    }
  }

  /** A route whose query that reader reads. */
  public Descriptions query(String handler, Consumer<? super QueryArguments> reader) {
    route(handler).query.putAll(SchemaQuery.of(reader));
    return this;
  }

  /** A route whose body that reader reads. */
  public Descriptions body(String handler, Consumer<? super JsonArguments> reader) {
    Description before = route(handler);
    routes.put(
        handler,
        new Description(
            before.query,
            before.headers,
            SchemaArguments.of(reader),
            before.answers,
            before.problems));
    return this;
  }

  /** A route that reads a header of that form. */
  public Descriptions header(String handler, String name, Pattern form) {
    route(handler)
        .headers
        .put(
            name,
            JsonNodeFactory.instance
                .objectNode()
                .put("type", "string")
                .put("pattern", "^(" + form + ")$"));
    return this;
  }

  /** A route that is given the request but reads neither its query nor its body. */
  public Descriptions bare(String handler) {
    route(handler);
    return this;
  }

  /** A route that answers with what its signature does not tell. */
  public Descriptions answer(String handler, String mediaType, Class<?> answer) {
    route(handler).answers.put(mediaType, answer);
    return this;
  }

  /** A route that may end in a problem that others of its method do not have. */
  public Descriptions problem(String handler, String type) {
    route(handler).problems.add(type);
    return this;
  }

  /** All that was said, by the names of handler methods. */
  public Map<String, Description> byHandler() {
    return routes;
  }

  private Description route(String handler) {
    return routes.computeIfAbsent(handler, _ -> new Description());
  }
}
