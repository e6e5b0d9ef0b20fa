package io.keelson.adapters.rest.problem;

import static java.util.stream.Collectors.joining;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Why a call is refused or has failed: one of the typed errors of the Kubernetes API v1. Clients of
 * that API choose an error class by the type and require every field of it.
 *
 * @param type stable, for programs; empty for the errors of a gateway
 * @param message the same for every problem of a type
 * @param detail for people: the message or a longer text about this occurrence
 * @param fields the other fields of the type, by name
 */
public record Problem(
    int status, String type, String message, String detail, SortedMap<String, Object> fields) {

  private static final String TRANSIENT_STATE = "resource is in a transient state";

  public static final Problem ROUTE_MISSING = plain(404, "Not Found");
  public static final Problem INTERNAL = plain(500, "internal error");

  public Problem {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  /** An error of a gateway: it has no type. */
  public static Problem plain(int status, String message) {
    return new Problem(status, "", message, message, new TreeMap<>());
  }

  /** All invalid values of a call. */
  public static Problem invalidArguments(int status, List<Violation> violations) {
    return typed(
        status,
        "invalid_arguments",
        "invalid argument(s)",
        Map.of("details", violations.stream().map(Problem::detail).toList()));
  }

  public static Problem invalidArgument(String argument, Violation.Reason reason, String help) {
    return invalidArguments(400, List.of(new Violation(argument, reason, help)));
  }

  /**
   * The caller is not authenticated.
   *
   * @param method {@code unknown_method}, {@code jwt} or {@code api_key}
   * @param reason {@code invalid_argument}, {@code not_found} or {@code expired}
   */
  public static Problem deniedAuthentication(String method, String reason) {
    return typed(
        401,
        "denied_authentication",
        "authentication is denied",
        Map.of("method", method, "reason", reason));
  }

  /** The caller lacks a permission. */
  public static Problem permissionsDenied(String action, String resource) {
    return typed(
        403,
        "permissions_denied",
        "insufficient permissions",
        Map.of("details", List.of(sorted(Map.of("action", action, "resource", resource)))));
  }

  /** The call would exceed a quota. */
  public static Problem quotaExceeded(
      String resource, long quota, long requested, String projectId) {
    return typed(
        403,
        "quotas_exceeded",
        "quota exceeded",
        Map.of(
            "details",
            List.of(
                sorted(
                    Map.of(
                        "resource", resource,
                        "quota", quota,
                        "current", requested,
                        "project_id", projectId)))));
  }

  /** The resource does not exist for this caller, whether or not it exists for another. */
  public static Problem notFound(String resource, String id) {
    return typed(
        404, "not_found", "resource is not found", Map.of("resource", resource, "resource_id", id));
  }

  /** The resource existed, and its content has been erased for good. */
  public static Problem erased(String resource, String id) {
    return typed(
        404,
        "not_found",
        "resource is not found",
        Map.of("resource", resource, "resource_id", id, "help_message", "it has been erased"));
  }

  /** The call cannot be accepted in the current state; it may succeed later. */
  public static Problem transientState(String resource, String id, String state) {
    return typed(
        409,
        "transient_state",
        TRANSIENT_STATE,
        Map.of("resource", resource, "resource_id", id, "current_state", state));
  }

  /** The same, where it is known what has to end first: the detail says it in words. */
  public static Problem transientState(
      String resource, String id, String state, List<Awaited> awaited) {
    Problem problem = transientState(resource, id, state);
    if (awaited.isEmpty()) {
      return problem;
    }
    SortedMap<String, Object> fields = new TreeMap<>(problem.fields());
    fields.put("blocked_by", awaited.stream().map(Awaited::fields).toList());
    boolean itself = awaited.stream().anyMatch(a -> a.what().equals(resource + "/" + id));
    String words = awaited.stream().map(Awaited::words).collect(joining("; "));
    return new Problem(
        problem.status(),
        problem.type(),
        problem.message(),
        problem.message() + ": " + (itself ? "" : resource + " " + id + ": ") + words,
        fields);
  }

  /**
   * The last operation has failed; the resource stays in its state until an operator intervenes.
   */
  public static Problem locked(String resource, String id) {
    return typed(
        423, "locked", "resource is locked", Map.of("resource", resource, "resource_id", id));
  }

  /** Another resource already exists under the id. */
  public static Problem alreadyExists(String resource, String id, String help) {
    return typed(
        409,
        "already_exists",
        "resource already exists",
        Map.of("resource", resource, "resource_id", id, "help_message", help));
  }

  /** A required service cannot be reached; the same call may succeed soon. */
  public static Problem unavailable(String help) {
    return typed(
        503, "unavailable", "service is temporarily unavailable", Map.of("help_message", help));
  }

  /** The requested machine is not in stock; the same call may succeed later. */
  public static Problem outOfStock(String resource) {
    return typed(503, "out_of_stock", "resource is out of stock", Map.of("resource", resource));
  }

  /** A limit is reached; the same call may succeed later. */
  public static Problem tooManyRequests(String help) {
    return typed(429, "too_many_requests", "too many requests", Map.of("help_message", help));
  }

  private static Problem typed(
      int status, String type, String message, Map<String, Object> fields) {
    Object help = fields.getOrDefault("help_message", message);
    return new Problem(status, type, message, help.toString(), sorted(fields));
  }

  private static SortedMap<String, Object> detail(Violation violation) {
    return sorted(
        Map.of(
            "argument_name", violation.argument(),
            "help_message", violation.help(),
            "reason", violation.reason().toString()));
  }

  private static SortedMap<String, Object> sorted(Map<String, Object> fields) {
    return new TreeMap<>(fields);
  }
}
