package io.keelson.adapters.rest.openapi;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.ProblemResponses;
import io.keelson.adapters.rest.problem.ProblemSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The error responses of operations, derived from a sample of each problem. */
final class Errors {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String PLAIN = "PlainError";

  /** Members that a problem has only where they are known. */
  private static final Set<String> OPTIONAL = Set.of("blocked_by", "who", "since");

  private final boolean own;
  private final Map<String, ObjectNode> schemas = new TreeMap<>();
  private final Map<String, ObjectNode> responses = new TreeMap<>();

  /**
   * @param own true: errors have the form of RFC 9457; false: that of the Kubernetes API
   */
  Errors(boolean own) {
    this.own = own;
  }

  Map<String, ObjectNode> schemas() {
    return schemas;
  }

  Map<String, ObjectNode> responses() {
    return responses;
  }

  /** Adds the error responses of an operation. */
  void describe(Operation operation, ObjectNode operationResponses) {
    new TreeMap<>(samples(operation).stream().collect(groupingBy(Problem::status)))
        .forEach(
            (status, problems) ->
                operationResponses.set(String.valueOf(status), response(problems)));
  }

  private static List<Problem> samples(Operation operation) {
    List<Problem> samples = new ArrayList<>(ProblemSamples.ofAll());
    if (operation.described().body() != null) {
      samples.addAll(ProblemSamples.ofBodies());
    }
    List<Problem> more = new ArrayList<>(ProblemSamples.ofSome());
    (operation.changes() ? samples : more).addAll(ProblemSamples.ofChanges());
    for (String type : operation.described().problems()) {
      samples.add(
          more.stream()
              .filter(problem -> problem.type().equals(type))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("there is no sample of " + type)));
    }
    return samples;
  }

  private ObjectNode response(List<Problem> problems) {
    String name = problems.stream().map(Errors::name).collect(joining("Or"));
    String key = problems.getFirst().status() + name;
    responses.computeIfAbsent(key, _ -> create(problems));
    return JSON.objectNode().put("$ref", "#/components/responses/" + key);
  }

  private ObjectNode create(List<Problem> problems) {
    HttpStatus status = HttpStatus.valueOf(problems.getFirst().status());
    ObjectNode content = JSON.objectNode();
    for (Problem problem : problems) {
      // Errors that occur before routing have one form for both APIs.
      boolean rfc9457 = own && !(problem.status() == 400 && problem.type().isEmpty());
      String name = rfc9457 || !own ? name(problem) : "ConnectorError";
      schemas.computeIfAbsent(
          name,
          _ ->
              object(
                  JsonMapper.shared()
                      .valueToTree(
                          rfc9457
                              ? ProblemResponses.rfc9457(problem)
                              : ProblemResponses.kubernetes(problem))));
      ArrayNode choice =
          content
              .withObjectProperty(
                  rfc9457
                      ? MediaType.APPLICATION_PROBLEM_JSON_VALUE
                      : MediaType.APPLICATION_JSON_VALUE)
              .withObjectProperty("schema")
              .withArrayProperty("anyOf");
      choice.add(JSON.objectNode().put("$ref", "#/components/schemas/" + name));
    }
    ObjectNode response = JSON.objectNode().put("description", status.getReasonPhrase());
    return response.set("content", content);
  }

  private static String name(Problem problem) {
    if (problem.type().isEmpty()) {
      return PLAIN;
    }
    StringBuilder name = new StringBuilder();
    for (String word : problem.type().split("_", -1)) {
      name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    return name.toString();
  }

  /** The schema of an object like the sample; the type of a problem is a constant. */
  private static ObjectNode object(JsonNode sample) {
    ObjectNode properties = JSON.objectNode();
    ArrayNode required = JSON.arrayNode();
    for (Map.Entry<String, JsonNode> each : sample.properties()) {
      ObjectNode schema = value(each.getValue());
      if (each.getKey().equals("type")) {
        schema.set("const", each.getValue());
      }
      properties.set(each.getKey(), schema);
      if (!OPTIONAL.contains(each.getKey())) {
        required.add(each.getKey());
      }
    }
    ObjectNode schema = JSON.objectNode().put("type", "object");
    schema.set("properties", properties);
    return schema.set("required", required);
  }

  private static ObjectNode value(JsonNode sample) {
    return switch (sample.getNodeType()) {
      case OBJECT -> object(sample);
      case ARRAY -> JSON.objectNode().put("type", "array").set("items", value(sample.get(0)));
      case NUMBER -> JSON.objectNode().put("type", "integer").put("format", "int64");
      case BOOLEAN -> JSON.objectNode().put("type", "boolean");
      case STRING -> JSON.objectNode().put("type", "string");
      case NULL, BINARY, MISSING, POJO ->
          throw new IllegalStateException("a sample has a value without a schema: " + sample);
    };
  }
}
