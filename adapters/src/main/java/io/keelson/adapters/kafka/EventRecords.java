package io.keelson.adapters.kafka;

import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.keelson.commands.Id;
import io.keelson.commands.Origin;
import io.keelson.commands.log.LogEntry;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes an event of the log as a CloudEvent in binary mode. The same event always gives the same
 * record, on every instance and at every attempt. The data are the stored bytes.
 */
final class EventRecords {

  private static final String TYPE_PREFIX = "io.keelson.";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String topic;
  private final URI schemas;

  /**
   * @param schemas below which the server publishes {@code <type>/<revision>.json}
   */
  EventRecords(String topic, URI schemas) {
    this.topic = topic;
    this.schemas = schemas.toString().endsWith("/") ? schemas : URI.create(schemas + "/");
  }

  /**
   * @param region the region of the cluster that the event is about
   */
  ProducerRecord<String, byte[]> of(LogEntry entry, String region) {
    String subject = subject(entry);
    String key = entry.cluster() == null ? subject : entry.cluster().toString();
    Origin origin = entry.origin();
    CloudEventBuilder event =
        CloudEventBuilder.v1()
            .withId(entry.id().toString())
            .withSource(URI.create("/keelson/" + region))
            .withType(TYPE_PREFIX + entry.type())
            .withSubject(subject)
            .withTime(entry.occurredAt().atOffset(ZoneOffset.UTC))
            .withDataSchema(schemas.resolve(entry.type() + "/" + entry.revision() + ".json"))
            .withDataContentType("application/json")
            .withData(entry.data())
            .withExtension("correlationid", origin.correlationId().toString())
            .withExtension("causationid", origin.cause().id())
            .withExtension("recordedtime", entry.recordedAt().atOffset(ZoneOffset.UTC))
            .withExtension("authtype", authType(origin.initiator()))
            .withExtension("authid", authId(origin.initiator()))
            .withExtension("sequence", "%020d".formatted(entry.position()))
            .withExtension("partitionkey", key);
    if (!origin.principal().equals(origin.initiator())) {
      event.withExtension("actor", origin.principal());
    }
    UUID operation = operation(entry, origin);
    if (operation != null) {
      event.withExtension("operationid", operation.toString());
    }
    if (origin.traceparent() != null) {
      event.withExtension("traceparent", origin.traceparent());
    }
    // No timestamp: the broker would delete a record with an old timestamp at once.
    return KafkaMessageFactory.createWriter(topic, key).writeBinary(event.build());
  }

  /** One of the types that the CloudEvents auth context extension defines. */
  private static String authType(String initiator) {
    return switch (kind(initiator)) {
      case "producer" -> "service_account";
      case "user" -> "user";
      case "system", "timer", "rule" -> "system";
      default -> "api_key";
    };
  }

  /**
   * The initiator with its kind: {@code key:<access key>}, {@code producer:<name>}… A part of
   * Keelson that acts by itself does so because of a timer, or of the start: {@code timer:<part>}.
   */
  private static String authId(String initiator) {
    return switch (kind(initiator)) {
      case "" -> "key:" + initiator;
      case "system" -> "timer:" + initiator.substring(initiator.indexOf(':') + 1);
      default -> initiator;
    };
  }

  /** What stands before the colon; an access key has none. */
  private static String kind(String initiator) {
    return initiator.substring(0, Math.max(0, initiator.indexOf(':')));
  }

  /**
   * The run that the event belongs to: its stream, the run that its data name, or the run on whose
   * behalf it was made. In events of calls that member is the API's operation, and no UUID.
   */
  private static @Nullable UUID operation(LogEntry entry, Origin origin) {
    if (entry.streamType().equals("operation")) {
      return entry.stream();
    }
    UUID named = member(entry, "operation");
    return named != null || origin.operation() == null ? named : origin.operation().value();
  }

  /**
   * The id of the resource that the event is about. A pool is part of its cluster's stream, so its
   * id is read from the event. A call is about its cluster, or about the caller's organization if
   * it names no cluster.
   */
  private static String subject(LogEntry entry) {
    String kind = entry.type().substring(0, Math.max(0, entry.type().indexOf('.')));
    if (kind.equals("call")) {
      return entry.cluster() == null ? id(entry, "organization") : entry.cluster().toString();
    }
    return kind.equals(entry.streamType()) ? entry.stream().toString() : id(entry, kind);
  }

  private static String id(LogEntry entry, String component) {
    UUID found = member(entry, component);
    return (found == null ? entry.stream() : found).toString();
  }

  private static @Nullable UUID member(LogEntry entry, String name) {
    JsonNode value = JSON.readTree(entry.data()).path(name);
    return value.isString() ? uuid(value.stringValue()) : null;
  }

  private static @Nullable UUID uuid(String text) {
    return Id.FORM.matcher(text).matches() ? UUID.fromString(text) : null;
  }
}
