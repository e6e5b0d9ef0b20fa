package io.keelson.adapters.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.keelson.adapters.kafka.Unacceptable.Reason;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Reads CloudEvents 1.0 in binary and in structured mode. It looks at attributes, not at data. */
final class CloudEventReader {

  /** What the database can hold and find again, and far more than anybody needs. */
  private static final int LONGEST = 1024;

  private static final String STRUCTURED = "application/cloudevents";
  private static final Pattern TRACEPARENT =
      Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
  private static final Pattern JSON_TYPE =
      Pattern.compile("application/(?:[^;]+\\+)?json(?:\\s*;.*)?", Pattern.CASE_INSENSITIVE);

  private CloudEventReader() {}

  /**
   * @throws Unacceptable when it is no CloudEvent, or has an attribute that cannot be kept
   */
  static IntakeEvent read(Headers headers, byte @Nullable [] value) throws Unacceptable {
    CloudEvent event = event(headers, value);
    if (event.getSpecVersion() != SpecVersion.V1) {
      throw malformed("specversion is " + event.getSpecVersion() + ", not 1.0");
    }
    String type = event.getDataContentType();
    if (type != null && !JSON_TYPE.matcher(type).matches()) {
      throw malformed("the data is " + type + ", not JSON");
    }
    CloudEventData data = event.getData();
    OffsetDateTime time = event.getTime();
    return new IntakeEvent(
        kept("source", event.getSource().toString()),
        kept("id", event.getId()),
        kept("type", event.getType()),
        keptOrNone("subject", event.getSubject()),
        keptOrNone("sequence", extension(event, "sequence")),
        time == null ? null : instant(time),
        traceparent(extension(event, "traceparent")),
        data == null ? new byte[0] : data.toBytes());
  }

  private static CloudEvent event(Headers headers, byte @Nullable [] value) throws Unacceptable {
    Header contentType = headers.lastHeader("content-type");
    String form =
        contentType == null || contentType.value() == null
            ? ""
            : new String(contentType.value(), UTF_8).toLowerCase(Locale.ROOT).strip();
    if (form.startsWith(STRUCTURED)) {
      return StructuredEvents.read(form, value == null ? new byte[0] : value);
    }
    try {
      return KafkaMessageFactory.createReader(headers, value == null ? new byte[0] : value)
          .toEvent();
    } catch (RuntimeException e) { // of several kinds, for headers that are not what they should be
      throw malformed("no CloudEvent: " + e.getMessage());
    }
  }

  private static @Nullable String extension(CloudEvent event, String name) {
    Object value = event.getExtension(name);
    return value == null ? null : value.toString();
  }

  private static @Nullable String traceparent(@Nullable String given) {
    return given != null && TRACEPARENT.matcher(given).matches() ? given : null;
  }

  private static @Nullable String keptOrNone(String name, @Nullable String value)
      throws Unacceptable {
    return value == null ? null : kept(name, value);
  }

  /** CloudEvents allows no control characters either, and PostgreSQL no NUL. */
  private static String kept(String name, String value) throws Unacceptable {
    if (value.isEmpty()) {
      throw malformed(name + " is empty");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw malformed(name + " has control characters");
    }
    wellFormed(name, value);
    if (value.getBytes(UTF_8).length > LONGEST) {
      throw malformed(name + " is longer than " + LONGEST + " bytes");
    }
    return value;
  }

  /** Half a surrogate pair could be written nowhere again. */
  static void wellFormed(String name, String value) throws Unacceptable {
    if (!UTF_8.newEncoder().canEncode(value)) {
      throw malformed(name + " is no Unicode text");
    }
  }

  private static Instant instant(OffsetDateTime time) throws Unacceptable {
    if (time.getYear() < 1 || time.getYear() > 9998) {
      throw malformed("time is " + time);
    }
    return time.toInstant();
  }

  static Unacceptable malformed(String detail) {
    return new Unacceptable(Reason.MALFORMED, detail);
  }
}
