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
 * What the routes of one controller read in addition to their signatures, by the names of its
 * handler methods. The readers are the same that read calls, so nothing is said twice. Each runs
 * once, on {@linkplain SchemaArguments arguments without values}, and must not need anything else.
 */
public final class Descriptions {
  private final Map<String, Description> routes = new LinkedHashMap<>();

  /**
   * What a handler method reads and returns.
   *
   * @param query the JSON Schema of each query argument
   * @param headers the JSON Schema of each header, without those that every route reads
   * @param body the JSON Schema of the body; null: none is read
   * @param responses the type of the response in each media type, where the signature does not show
   *     it
   * @param problems types of problems, in addition to those of every such route
   */
  public record Description(
      Map<String, ObjectNode> query,
      Map<String, ObjectNode> headers,
      @Nullable ObjectNode body,
      Map<String, Class<?>> responses,
      List<String> problems) {

    /** A route that its signature describes completely. */
    public static final Description NOTHING = new Description();

    private Description() {
      this(new TreeMap<>(), new TreeMap<>(), null, new LinkedHashMap<>(), new ArrayList<>());
    }
  }

  /** Declares that the reader reads the query. */
  public Descriptions query(String handler, Consumer<? super QueryArguments> reader) {
    route(handler).query.putAll(SchemaQuery.of(reader));
    return this;
  }

  /** Declares that the reader reads the body. */
  public Descriptions body(String handler, Consumer<? super JsonArguments> reader) {
    Description before = route(handler);
    routes.put(
        handler,
        new Description(
            before.query,
            before.headers,
            SchemaArguments.of(reader),
            before.responses,
            before.problems));
    return this;
  }

  /** Declares that the route reads a header of the given form. */
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

  /** Declares that the route reads neither the query nor the body. */
  public Descriptions bare(String handler) {
    route(handler);
    return this;
  }

  /** Declares the type of the response in a media type, where the signature does not show it. */
  public Descriptions response(String handler, String mediaType, Class<?> response) {
    route(handler).responses.put(mediaType, response);
    return this;
  }

  /** Declares a problem that other routes of the same method do not have. */
  public Descriptions problem(String handler, String type) {
    route(handler).problems.add(type);
    return this;
  }

  /** All declarations, by the names of handler methods. */
  public Map<String, Description> byHandler() {
    return routes;
  }

  private Description route(String handler) {
    return routes.computeIfAbsent(handler, _ -> new Description());
  }
}
