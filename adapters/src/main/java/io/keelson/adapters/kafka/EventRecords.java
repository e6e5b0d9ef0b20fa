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
 * An event of the log as a CloudEvent in binary mode. The same event always gives the same record,
 * whoever makes it and however often; its bytes are those that are stored.
 */
final class EventRecords {

  private static final String TYPE_PREFIX = "io.keelson.";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String topic;
  private final URI schemas;

  /**
   * @param schemas below which the server publishes {@code <type>/<revision>.json}; ends in a slash
   */
  EventRecords(String topic, URI schemas) {
    this.topic = topic;
    this.schemas = schemas;
  }

  /**
   * @param region of the cluster that the event is about
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
            .withExtension("authtype", authType(origin.principal()))
            .withExtension("authid", origin.principal())
            .withExtension("sequence", "%020d".formatted(entry.position()))
            .withExtension("partitionkey", key);
    if (origin.traceparent() != null) {
      event.withExtension("traceparent", origin.traceparent());
    }
    // No timestamp: by one of long ago the broker would take the record for outdated at once.
    return KafkaMessageFactory.createWriter(topic, key).writeBinary(event.build());
  }

  /** Of the kinds that CloudEvents knows. */
  private static String authType(String principal) {
    if (principal.startsWith("system:")) {
      return "system";
    }
    return principal.startsWith("producer:") ? "service_account" : "api_key";
  }

  /**
   * The resource. A pool lives in its cluster's stream, under an id that its events carry; a call
   * is about a cluster, or else about the caller's organization.
   */
  private static String subject(LogEntry entry) {
    String kind = entry.type().substring(0, Math.max(0, entry.type().indexOf('.')));
    if (kind.equals("call")) {
      return entry.cluster() == null ? id(entry, "organization") : entry.cluster().toString();
    }
    return kind.equals(entry.streamType()) ? entry.stream().toString() : id(entry, kind);
  }

  private static String id(LogEntry entry, String component) {
    JsonNode value = JSON.readTree(entry.data()).path(component);
    UUID found = value.isString() ? uuid(value.stringValue()) : null;
    return (found == null ? entry.stream() : found).toString();
  }

  private static @Nullable UUID uuid(String text) {
    return Id.FORM.matcher(text).matches() ? UUID.fromString(text) : null;
  }
}
