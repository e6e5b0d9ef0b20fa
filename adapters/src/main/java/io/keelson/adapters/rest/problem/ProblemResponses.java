package io.keelson.adapters.rest.problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * The two forms of a problem: the Kubernetes API's own JSON, and RFC 9457 for Keelson's own API.
 */
public final class ProblemResponses {
  private static final String RETRY_AFTER_SECONDS = "2";

  private ProblemResponses() {}

  static ResponseEntity<Map<String, Object>> entity(Problem problem, String path) {
    boolean own = path.startsWith("/keelson/");
    return ResponseEntity.status(problem.status())
        .contentType(own ? MediaType.APPLICATION_PROBLEM_JSON : MediaType.APPLICATION_JSON)
        .headers(headers -> retry(problem, headers))
        .body(own ? rfc9457(problem) : kubernetes(problem));
  }

  private static void retry(Problem problem, HttpHeaders headers) {
    if (problem.status() == 503 || problem.status() == 429) {
      headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
  }

  public static Map<String, Object> kubernetes(Problem problem) {
    Map<String, Object> body = new TreeMap<>(problem.fields());
    // A detail that has a member of its own leaves the message as it is.
    boolean own = problem.fields().containsKey("help_message");
    body.put("message", own ? problem.message() : problem.detail());
    if (!problem.type().isEmpty()) {
      body.put("type", problem.type());
    }
    return body;
  }

  public static Map<String, Object> rfc9457(Problem problem) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(
        "type",
        problem.type().isEmpty() ? "about:blank" : "/problems/" + problem.type().replace('_', '-'));
    body.put("title", problem.message());
    body.put("status", problem.status());
    body.put("detail", problem.detail());
    problem
        .fields()
        .forEach(
            (name, value) -> {
              if (name.equals("details") && problem.type().equals("invalid_arguments")) {
                body.put("errors", errors((List<?>) value));
              } else if (!name.equals("help_message")) {
                body.put(name, value);
              }
            });
    return body;
  }

  private static List<Map<String, Object>> errors(List<?> details) {
    List<Map<String, Object>> errors = new ArrayList<>();
    for (Object each : details) {
      Map<?, ?> detail = (Map<?, ?>) each;
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("pointer", "/" + String.valueOf(detail.get("argument_name")).replace('.', '/'));
      error.put("reason", detail.get("reason"));
      error.put("detail", detail.get("help_message"));
      errors.add(error);
    }
    return errors;
  }
}
