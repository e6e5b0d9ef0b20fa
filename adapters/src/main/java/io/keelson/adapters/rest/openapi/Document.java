package io.keelson.adapters.rest.openapi;

import io.keelson.adapters.rest.request.Descriptions.Description;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.request.Regions;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One OpenAPI 3.1 document, built from the operations of an API. */
final class Document {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");
  private static final String KEY = "X-Auth-Token";
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private final Schemas schemas = new Schemas();
  private final Errors errors;
  private final Map<String, ObjectNode> parameters = new TreeMap<>();
  private final Regions regions;

  private Document(boolean own, Regions regions) {
    this.errors = new Errors(own);
    this.regions = regions;
  }

  /**
   * Builds the document of the given operations.
   *
   * @param own whether errors have the form of RFC 9457
   */
  static ObjectNode of(String title, boolean own, List<Operation> operations, Regions regions) {
    Document document = new Document(own, regions);
    ObjectNode paths = JSON.objectNode();
    operations.forEach(
        each -> paths.withObjectProperty(each.path()).set(each.method(), document.operation(each)));
    ObjectNode root = JSON.objectNode().put("openapi", "3.1.0");
    root.set("info", JSON.objectNode().put("title", title).put("version", "1.0.0"));
    root.set("servers", JSON.arrayNode().add(JSON.objectNode().put("url", "/")));
    root.set("security", JSON.arrayNode().add(JSON.objectNode().set(KEY, JSON.arrayNode())));
    ArrayNode tags = JSON.arrayNode();
    operations.stream()
        .map(Operation::tag)
        .distinct()
        .sorted()
        .forEach(tag -> tags.add(JSON.objectNode().put("name", tag)));
    root.set("tags", tags);
    root.set("paths", paths);
    root.set("components", document.components());
    return root;
  }

  private ObjectNode components() {
    Map<String, ObjectNode> all = new TreeMap<>(schemas.components());
    errors
        .schemas()
        .forEach(
            (name, schema) -> {
              if (all.put(name, schema) != null) {
                throw new IllegalStateException(
                    "a response and an error have the same name: " + name);
              }
            });
    ObjectNode components = JSON.objectNode();
    components.set(
        "securitySchemes",
        JSON.objectNode()
            .set(
                KEY, JSON.objectNode().put("type", "apiKey").put("in", "header").put("name", KEY)));
    components.set("parameters", JSON.objectNode().setAll(parameters));
    components.set("responses", JSON.objectNode().setAll(errors.responses()));
    components.set("schemas", JSON.objectNode().setAll(all));
    return components;
  }

  private ObjectNode operation(Operation operation) {
    ObjectNode node = JSON.objectNode();
    node.set("tags", JSON.arrayNode().add(operation.tag()));
    node.put("summary", words(operation.id()));
    node.put("operationId", operation.id());
    ArrayNode given = parameters(operation);
    if (!given.isEmpty()) {
      node.set("parameters", given);
    }
    ObjectNode body = operation.described().body();
    if (body != null) {
      node.set(
          "requestBody",
          JSON.objectNode()
              .put("required", true)
              .set("content", content(MediaType.APPLICATION_JSON_VALUE, body)));
    }
    ObjectNode responses = JSON.objectNode();
    addResponse(operation, responses);
    errors.describe(operation, responses);
    return node.set("responses", responses);
  }

  private ArrayNode parameters(Operation operation) {
    ArrayNode given = JSON.arrayNode();
    Matcher variables = VARIABLE.matcher(operation.path());
    while (variables.find()) {
      given.add(inPath(variables.group(1), operation.handler()));
    }
    for (Parameter each : operation.handler().getParameters()) {
      RequestParam declared = each.getAnnotation(RequestParam.class);
      if (declared != null) {
        given.add(inQuery(declared, each.getType()));
      }
    }
    Description described = operation.described();
    described.query().forEach((name, schema) -> given.add(parameter("query", name, schema)));
    described.headers().forEach((name, schema) -> given.add(parameter("header", name, schema)));
    if (operation.method().equals("post")) {
      given.add(
          shared(
              IDEMPOTENCY_KEY,
              name ->
                  parameter(
                      "header",
                      name,
                      JSON.objectNode().put("type", "string").put("pattern", "^[!-~]{1,255}$"))));
    }
    return given;
  }

  private ObjectNode inPath(String variable, Method handler) {
    Class<?> type =
        Arrays.stream(handler.getParameters())
            .filter(each -> isVariable(each, variable))
            .findFirst()
            .<Class<?>>map(Parameter::getType)
            .orElse(String.class);
    if (type != Region.class) {
      return parameter("path", variable, schemas.of(type)).put("required", true);
    }
    return shared(
        variable,
        name -> {
          ArrayNode names = JSON.arrayNode();
          regions.zones().keySet().forEach(names::add);
          ObjectNode schema = JSON.objectNode().put("type", "string").set("enum", names);
          return parameter("path", name, schema).put("required", true);
        });
  }

  private static boolean isVariable(Parameter parameter, String variable) {
    PathVariable declared = parameter.getAnnotation(PathVariable.class);
    return declared != null
        && variable.equals(declared.value().isEmpty() ? parameter.getName() : declared.value());
  }

  private ObjectNode inQuery(RequestParam declared, Class<?> type) {
    ObjectNode schema = schemas.of(type);
    boolean defaulted = !declared.defaultValue().equals(ValueConstants.DEFAULT_NONE);
    if (defaulted) {
      schema.put("default", declared.defaultValue());
    }
    return parameter("query", declared.name(), schema)
        .put("required", declared.required() && !defaulted);
  }

  /** A parameter that the document defines once. */
  private ObjectNode shared(String name, Function<String, ObjectNode> make) {
    parameters.computeIfAbsent(name, make);
    return JSON.objectNode().put("$ref", "#/components/parameters/" + name);
  }

  private static ObjectNode parameter(String in, String name, ObjectNode schema) {
    return JSON.objectNode().put("name", name).put("in", in).set("schema", schema);
  }

  private void addResponse(Operation operation, ObjectNode responses) {
    Method handler = operation.handler();
    Map<String, Class<?>> declared = operation.described().responses();
    Type type = handler.getGenericReturnType();
    if (type instanceof ParameterizedType generic && generic.getRawType() == ResponseEntity.class) {
      type = generic.getActualTypeArguments()[0];
    }
    if (declared.isEmpty() && (type == void.class || type == Void.class)) {
      ResponseStatus status = handler.getAnnotation(ResponseStatus.class);
      HttpStatus code =
          status != null
              ? status.code()
              : type == Void.class ? HttpStatus.NO_CONTENT : HttpStatus.OK;
      responses.set(String.valueOf(code.value()), described("Done"));
      return;
    }
    ObjectNode content = JSON.objectNode();
    if (!declared.isEmpty()) {
      declared.forEach((media, each) -> content.setAll(content(media, file(media, each))));
    } else if (type == SseEmitter.class) {
      content.setAll(
          content(MediaType.TEXT_EVENT_STREAM_VALUE, JSON.objectNode().put("type", "string")));
    } else {
      content.setAll(content(MediaType.APPLICATION_JSON_VALUE, schemas.of(type)));
    }
    responses.set("200", described("OK").set("content", content));
  }

  /** Raw bytes have no schema; in JSON they have one. */
  private ObjectNode file(String media, Class<?> type) {
    return type == byte[].class && !media.equals(MediaType.APPLICATION_JSON_VALUE)
        ? JSON.objectNode()
        : schemas.of(type);
  }

  private static ObjectNode content(String media, ObjectNode schema) {
    return JSON.objectNode().set(media, JSON.objectNode().set("schema", schema));
  }

  private static ObjectNode described(String text) {
    return JSON.objectNode().put("description", text);
  }

  /** {@code CreateCluster}: Create cluster. */
  private static String words(String id) {
    String words = id.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return id.charAt(0) + words.substring(1);
  }
}
