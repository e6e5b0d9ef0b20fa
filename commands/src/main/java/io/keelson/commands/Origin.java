package io.keelson.commands;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is behind a command, and what made it come: stored beside each event that follows from it.
 *
 * @param principal the access key of a caller, or {@code system:<part>} for Keelson's own parts
 * @param requestId the {@code X-Request-Id} of the call at the origin, if a call it was
 * @param correlationId shared by all that follows from one origin
 * @param cause the direct cause
 * @param operation the operation on whose behalf it comes
 * @param call how it was asked for; only with what follows from a call directly
 * @param traceparent the trace that it belongs to (W3C Trace Context, version 00)
 * @param occurredAt when it happened, where another service told us of it
 */
public record Origin(
    String principal,
    @Nullable String requestId,
    UUID correlationId,
    Cause cause,
    @Nullable OperationId operation,
    @Nullable Call call,
    @Nullable String traceparent,
    @Nullable Instant occurredAt) {

  /**
   * A call of the API, as an auditor asks for it.
   *
   * @param action the API's operation, {@code CreateCluster}
   */
  public record Call(String action, String sourceIp, String userAgent) {}

  /**
   * The direct cause: ids are unique per source only, so the source is kept too.
   *
   * @param source {@code /keelson/events}, {@code /keelson/requests}, {@code /keelson/timers}, or a
   *     producer's CloudEvents source
   */
  public record Cause(String source, String id) {}

  public static final String EVENTS = "/keelson/events";
  public static final String REQUESTS = "/keelson/requests";
  public static final String TIMERS = "/keelson/timers";
  public static final String SYSTEM = "/keelson/system";

  /** The origin of what a call of the API asks for. */
  public static Origin request(
      String principal, UUID requestId, Call call, @Nullable String traceparent) {
    return new Origin(
        principal,
        requestId.toString(),
        requestId,
        new Cause(REQUESTS, requestId.toString()),
        null,
        call,
        traceparent,
        null);
  }

  /** The origin of what follows from an event of another service. */
  public static Origin reported(
      String principal, Cause cause, Instant occurredAt, @Nullable String traceparent) {
    return new Origin(
        principal,
        null,
        Id.derived(cause.source(), cause.id()),
        cause,
        null,
        null,
        traceparent,
        occurredAt);
  }

  /** The origin of what a part of Keelson does of its own accord, like a timer or a start-up. */
  public static Origin system(String part, String source, String id) {
    return new Origin(
        "system:" + part,
        null,
        Id.derived(source, id),
        new Cause(source, id),
        null,
        null,
        null,
        null);
  }

  /** The origin of what follows from an event: its principal, correlation and trace go on. */
  public Origin causedBy(UUID eventId, @Nullable OperationId operation) {
    return new Origin(
        principal,
        requestId,
        correlationId,
        new Cause(EVENTS, eventId.toString()),
        operation == null ? this.operation : operation,
        null,
        traceparent,
        null);
  }

  /** As message metadata. */
  public Map<String, String> toMetadata() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("principal", principal);
    map.put("correlation_id", correlationId.toString());
    map.put("cause_source", cause.source());
    map.put("cause_id", cause.id());
    if (requestId != null) {
      map.put("request_id", requestId);
    }
    if (operation != null) {
      map.put("operation_id", operation.toString());
    }
    if (call != null) {
      map.put("action", call.action());
      map.put("source_ip", call.sourceIp());
      map.put("user_agent", call.userAgent());
    }
    if (traceparent != null) {
      map.put("traceparent", traceparent);
    }
    if (occurredAt != null) {
      map.put("occurred_at", occurredAt.toString());
    }
    return map;
  }

  /** From message metadata; what is missing there was said by nobody, hence by the system. */
  public static Origin of(Map<String, ?> metadata) {
    Object operation = metadata.get("operation_id");
    Object request = metadata.get("request_id");
    Object correlation = metadata.get("correlation_id");
    Object action = metadata.get("action");
    Object trace = metadata.get("traceparent");
    Object occurred = metadata.get("occurred_at");
    return new Origin(
        text(metadata, "principal", "system:unknown"),
        request == null ? null : request.toString(),
        correlation == null ? new UUID(0, 0) : Id.parse(correlation.toString()),
        new Cause(text(metadata, "cause_source", SYSTEM), text(metadata, "cause_id", "unknown")),
        operation == null ? null : OperationId.of(operation.toString()),
        action == null
            ? null
            : new Call(
                action.toString(),
                text(metadata, "source_ip", ""),
                text(metadata, "user_agent", "")),
        trace == null ? null : trace.toString(),
        occurred == null ? null : Instant.parse(occurred.toString()));
  }

  private static String text(Map<String, ?> metadata, String key, String otherwise) {
    Object value = metadata.get(key);
    return value == null ? otherwise : value.toString();
  }
}
