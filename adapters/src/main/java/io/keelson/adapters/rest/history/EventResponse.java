package io.keelson.adapters.rest.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.keelson.adapters.rest.response.ApiFormat;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.Origin;
import io.keelson.commands.log.LogEntry;
import io.keelson.projections.log.History.Event;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One event as a member of its organization sees it.
 *
 * @param open whether other services receive it too
 * @param initiator who requested it: the same in everything that follows from one origin
 * @param principal who did it: the initiator, or the part of Keelson that acts for the initiator
 * @param data the stored JSON, byte for byte unless members of it are redacted
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record EventResponse(
    long position,
    UUID id,
    String type,
    int revision,
    @JsonProperty("public") boolean open,
    UUID stream,
    String streamType,
    long streamVersion,
    @Nullable ClusterId clusterId,
    @Nullable NodeId nodeId,
    String occurredAt,
    String recordedAt,
    String initiator,
    String principal,
    @Nullable String requestId,
    UUID correlationId,
    Cause cause,
    @Nullable OperationId operationId,
    @JsonRawValue @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String data) {

  /** The direct cause of the event. */
  public record Cause(String source, String id) {}

  /**
   * One page.
   *
   * @param nextCursor null: there are no more events at the moment
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Events(List<EventResponse> items, @Nullable String nextCursor) {}

  static EventResponse of(Event event) {
    return of(event, Redaction.data(event.entry()));
  }

  /** The event without its data. */
  static EventResponse headOf(Event event) {
    return of(event, null);
  }

  private static EventResponse of(Event event, @Nullable String data) {
    LogEntry entry = event.entry();
    Origin origin = entry.origin();
    return new EventResponse(
        entry.position(),
        entry.id(),
        entry.type(),
        entry.revision(),
        entry.open(),
        entry.stream(),
        entry.streamType(),
        entry.streamVersion(),
        entry.cluster(),
        event.node(),
        ApiFormat.instant(entry.occurredAt()),
        ApiFormat.instant(entry.recordedAt()),
        origin.initiator(),
        origin.principal(),
        origin.requestId(),
        origin.correlationId(),
        new Cause(origin.cause().source(), origin.cause().id()),
        event.operation(),
        data);
  }
}
