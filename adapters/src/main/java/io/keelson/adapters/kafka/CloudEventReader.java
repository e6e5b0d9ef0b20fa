package io.keelson.adapters.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Reads CloudEvents 1.0 in binary and in structured mode. It validates attributes, never data. */
final class CloudEventReader {

  /** Fits into a PostgreSQL index; no known producer needs as much. */
  private static final int MAX_ATTRIBUTE_BYTES = 1024;

  private static final String STRUCTURED = "application/cloudevents";
  private static final Pattern TRACEPARENT =
      Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
  private static final Pattern JSON_TYPE =
      Pattern.compile("application/(?:[^;]+\\+)?json(?:\\s*;.*)?", Pattern.CASE_INSENSITIVE);

  private CloudEventReader() {}

  /**
   * @throws Unacceptable when the record is no CloudEvent, or when an attribute cannot be stored
   */
  static IntakeEvent read(Headers headers, byte @Nullable [] value) throws Unacceptable {
    CloudEvent event = event(headers, value);
    if (event.getSpecVersion() != SpecVersion.V1) {
      throw Unacceptable.malformed("specversion is " + event.getSpecVersion() + ", not 1.0");
    }
    String type = event.getDataContentType();
    if (type != null && !JSON_TYPE.matcher(type).matches()) {
      throw Unacceptable.malformed("the data are " + type + ", not JSON");
    }
    CloudEventData data = event.getData();
    OffsetDateTime time = event.getTime();
    return new IntakeEvent(
        validated("source", event.getSource().toString()),
        validated("id", event.getId()),
        validated("type", event.getType()),
        validatedOrNull("subject", event.getSubject()),
        validatedOrNull("sequence", extension(event, "sequence")),
        time == null ? null : instant(time),
        traceparent(extension(event, "traceparent")),
        data == null ? new byte[0] : data.toBytes());
  }

  private static CloudEvent event(Headers headers, byte @Nullable [] value) throws Unacceptable {
    Header contentType = headers.lastHeader("content-type");
    String contentMode =
        contentType == null || contentType.value() == null
            ? ""
            : new String(contentType.value(), UTF_8).toLowerCase(Locale.ROOT).strip();
    if (contentMode.startsWith(STRUCTURED)) {
      return StructuredEvents.read(contentMode, value == null ? new byte[0] : value);
    }
    try {
      return KafkaMessageFactory.createReader(headers, value == null ? new byte[0] : value)
          .toEvent();
    } catch (RuntimeException e) { // The reader throws several types for malformed headers.
      throw Unacceptable.malformed("not a CloudEvent: " + e.getMessage());
    }
  }

  private static @Nullable String extension(CloudEvent event, String name) {
    Object value = event.getExtension(name);
    return value == null ? null : value.toString();
  }

  private static @Nullable String traceparent(@Nullable String given) {
    return given != null && TRACEPARENT.matcher(given).matches() ? given : null;
  }

  private static @Nullable String validatedOrNull(String name, @Nullable String value)
      throws Unacceptable {
    return value == null ? null : validated(name, value);
  }

  /** CloudEvents forbids control characters, and PostgreSQL stores no NUL. */
  private static String validated(String name, String value) throws Unacceptable {
    if (value.isEmpty()) {
      throw Unacceptable.malformed(name + " is empty");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw Unacceptable.malformed(name + " has control characters");
    }
    wellFormed(name, value);
    if (value.getBytes(UTF_8).length > MAX_ATTRIBUTE_BYTES) {
      throw Unacceptable.malformed(name + " is longer than " + MAX_ATTRIBUTE_BYTES + " bytes");
    }
    return value;
  }

  /** An unpaired surrogate cannot be encoded as UTF-8. */
  static void wellFormed(String name, String value) throws Unacceptable {
    if (!UTF_8.newEncoder().canEncode(value)) {
      throw Unacceptable.malformed(name + " is not Unicode text");
    }
  }

  private static Instant instant(OffsetDateTime time) throws Unacceptable {
    if (time.getYear() < 1 || time.getYear() > 9998) {
      throw Unacceptable.malformed("time is " + time);
    }
    return time.toInstant();
  }
}
