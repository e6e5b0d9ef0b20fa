package io.keelson.commands;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is behind a command, and why it is sent. It is stored with each event that follows from the
 * command.
 *
 * @param initiator who requested it: the access key of a caller, {@code producer:<name>}, or {@code
 *     system:<part>} where Keelson acts by itself. It stays the same from the first event of a
 *     chain to the last
 * @param principal who does it: the same as the initiator, or the part of Keelson that acts for the
 *     initiator, {@code system:<part>}
 * @param correlationId the same in everything that follows from one origin
 * @param cause the direct cause
 * @param operation the run on whose behalf it is sent
 * @param call how it was requested; only with what a call does directly
 * @param traceparent the trace that it belongs to (W3C Trace Context, version 00); only with what a
 *     call or a report does directly
 * @param occurredAt when it happened, where another service reported it
 */
public record Origin(
    String initiator,
    String principal,
    UUID correlationId,
    Cause cause,
    @Nullable OperationId operation,
    @Nullable Call call,
    @Nullable String traceparent,
    @Nullable Instant occurredAt) {

  /**
   * A call of the API.
   *
   * @param action the API's operation, {@code CreateCluster}
   * @param client source address and user agent, kept as a secret of the principal
   */
  public record Call(String action, SecretRef client) {}

  /**
   * The direct cause. Ids are unique per source only, so the source is kept too.
   *
   * @param source {@code /keelson/events}, {@code /keelson/requests}, {@code /keelson/timers},
   *     {@code /keelson/observations}, {@code /keelson/system}, or a producer's CloudEvents source
   */
  public record Cause(String source, String id) {

    /** The correlation id of what has this as its origin: that of a call is its request id. */
    UUID correlation() {
      return source.equals(REQUESTS) && Id.FORM.matcher(id).matches()
          ? UUID.fromString(id)
          : Id.derived(source, id);
    }
  }

  public static final String EVENTS = "/keelson/events";
  public static final String REQUESTS = "/keelson/requests";
  public static final String TIMERS = "/keelson/timers";
  public static final String OBSERVATIONS = "/keelson/observations";
  public static final String SYSTEM = "/keelson/system";

  private static final String PART = "system:";

  /** The metadata that holds the id of a cause, for the sources that are frequent. */
  private static final Map<String, String> CAUSES =
      Map.of(
          EVENTS, "cause_id",
          REQUESTS, "request_id",
          TIMERS, "timer_id",
          OBSERVATIONS, "observation_id");

  /** The origin of what a call of the API requests. */
  public static Origin request(
      String principal, UUID requestId, Call call, @Nullable String traceparent) {
    return new Origin(
        principal,
        principal,
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
        principal, principal, cause.correlation(), cause, null, null, traceparent, occurredAt);
  }

  /** The origin of what a part of Keelson does by itself, because of a timer or at start-up. */
  public static Origin system(String part, String source, String id) {
    Cause cause = new Cause(source, id);
    return new Origin(PART + part, PART + part, cause.correlation(), cause, null, null, null, null);
  }

  /**
   * The origin of what a part of Keelson does because of an event: initiator and correlation stay.
   *
   * @param operation null: the run of the event
   */
  public Origin causedBy(UUID eventId, String part, @Nullable OperationId operation) {
    return new Origin(
        initiator,
        PART + part,
        correlationId,
        new Cause(EVENTS, eventId.toString()),
        operation == null ? this.operation : operation,
        null,
        null,
        null);
  }

  /** The same on behalf of a run: initiator and correlation are those of the run. */
  public Origin within(OperationId run, Lineage lineage) {
    return new Origin(
        lineage.initiator(),
        principal,
        lineage.correlationId(),
        cause,
        run,
        call,
        traceparent,
        occurredAt);
  }

  /**
   * The {@code X-Request-Id} of the call; null where this does not follow directly from a call.
   * What follows from a call later has the id of the call as its correlation id.
   */
  public @Nullable String requestId() {
    return cause.source().equals(REQUESTS) ? cause.id() : null;
  }

  /** Where a run comes from that begins because of this. */
  public Lineage lineage(@Nullable OperationId parent) {
    return new Lineage(initiator, correlationId, parent);
  }

  /** As message metadata. What {@link #of} can derive is left out. */
  public Map<String, String> toMetadata() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("initiator", initiator);
    if (!principal.equals(initiator)) {
      map.put("principal", principal);
    }
    if (!correlationId.equals(cause.correlation())) {
      map.put("correlation_id", correlationId.toString());
    }
    String key = CAUSES.get(cause.source());
    if (key == null) {
      map.put("cause_source", cause.source());
    }
    map.put(key == null ? "cause_id" : key, cause.id());
    if (operation != null) {
      map.put("operation_id", operation.toString());
    }
    if (call != null) {
      map.put("action", call.action());
      map.put("client", call.client().toString());
    }
    if (traceparent != null) {
      map.put("traceparent", traceparent);
    }
    if (occurredAt != null) {
      map.put("occurred_at", occurredAt.toString());
    }
    return map;
  }

  /** From message metadata. Without metadata the origin is an unknown part of the system. */
  public static Origin of(Map<String, ?> metadata) {
    String initiator = text(metadata, "initiator", PART + "unknown");
    Cause cause = cause(metadata);
    Object operation = metadata.get("operation_id");
    Object correlation = metadata.get("correlation_id");
    Object action = metadata.get("action");
    Object trace = metadata.get("traceparent");
    Object occurred = metadata.get("occurred_at");
    return new Origin(
        initiator,
        text(metadata, "principal", initiator),
        correlation == null ? cause.correlation() : Id.parse(correlation.toString()),
        cause,
        operation == null ? null : OperationId.of(operation.toString()),
        action == null
            ? null
            : new Call(action.toString(), SecretRef.parse(text(metadata, "client", ""))),
        trace == null ? null : trace.toString(),
        occurred == null ? null : Instant.parse(occurred.toString()));
  }

  private static Cause cause(Map<String, ?> metadata) {
    if (metadata.containsKey("cause_source")) {
      return new Cause(
          text(metadata, "cause_source", SYSTEM), text(metadata, "cause_id", "unknown"));
    }
    return CAUSES.entrySet().stream()
        .filter(source -> metadata.containsKey(source.getValue()))
        .map(source -> new Cause(source.getKey(), text(metadata, source.getValue(), "unknown")))
        .findFirst()
        .orElse(new Cause(SYSTEM, "unknown"));
  }

  private static String text(Map<String, ?> metadata, String key, String otherwise) {
    Object value = metadata.get(key);
    return value == null ? otherwise : value.toString();
  }
}
