package io.keelson.adapters.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.adapters.kafka.Unacceptable.Reason;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventReaderTest {

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private static Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("ce_specversion", "1.0");
    attributes.put("ce_id", "e-1");
    attributes.put("ce_source", "/monitor/fr-par");
    attributes.put("ce_type", "io.keelson.node.condition-reported");
    attributes.put("ce_subject", "node-1");
    attributes.put("ce_time", "2026-07-03T12:00:00.5+02:00");
    attributes.put("ce_sequence", "7");
    attributes.put("ce_traceparent", TRACE);
    attributes.put("content-type", "application/json");
    return attributes;
  }

  private static Headers headers(Map<String, String> attributes) {
    Headers headers = new RecordHeaders();
    attributes.forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
    return headers;
  }

  private static Headers structured(String contentType) {
    return headers(Map.of("content-type", contentType));
  }

  private static final String STRUCTURED =
      """
      {"specversion": "1.0", "id": "e-1", "source": "/monitor/fr-par",
       "type": "io.keelson.node.condition-reported", "subject": "node-1",
       "time": "2026-07-03T12:00:00.5+02:00", "sequence": "7", "traceparent": "%s",
       "datacontenttype": "application/json", "priority": 3, "comment": null,
       "data": {"status": "True"}}
      """
          .formatted(TRACE);

  private static void isTheEvent(IntakeEvent event, String data) {
    assertThat(event)
        .usingRecursiveComparison()
        .isEqualTo(
            new IntakeEvent(
                "/monitor/fr-par",
                "e-1",
                "io.keelson.node.condition-reported",
                "node-1",
                "7",
                Instant.parse("2026-07-03T10:00:00.5Z"),
                TRACE,
                data.getBytes(UTF_8)));
  }

  private static IntakeEvent read(Headers headers, @Nullable String value) throws Unacceptable {
    return CloudEventReader.read(headers, value == null ? null : value.getBytes(UTF_8));
  }

  @Test
  void reads_the_binary_mode() throws Unacceptable {
    isTheEvent(read(headers(attributes()), "{\"status\": \"True\"}"), "{\"status\": \"True\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/cloudevents+json",
        "application/cloudevents+json; charset=UTF-8",
        "Application/CloudEvents+JSON"
      })
  void reads_the_structured_mode(String contentType) throws Unacceptable {
    isTheEvent(read(structured(contentType), STRUCTURED), "{\"status\":\"True\"}");
  }

  @Test
  void reads_data_that_is_encoded() throws Unacceptable {
    String event = STRUCTURED.replaceFirst("\"data\".*", "\"data_base64\": \"e30=\"}");
    assertThat(read(structured("application/cloudevents+json"), event).data())
        .isEqualTo("{}".getBytes(UTF_8));
  }

  @Test
  void reads_what_has_no_more_than_it_must() throws Unacceptable {
    Map<String, String> attributes = attributes();
    attributes
        .keySet()
        .retainAll(java.util.Set.of("ce_specversion", "ce_id", "ce_source", "ce_type"));

    IntakeEvent event = read(headers(attributes), null);

    assertThat(event.subject()).isNull();
    assertThat(event.sequence()).isNull();
    assertThat(event.time()).isNull();
    assertThat(event.traceparent()).isNull();
    assertThat(event.data()).isEmpty();
  }

  @Test
  void leaves_out_a_trace_that_it_cannot_read() throws Unacceptable {
    Map<String, String> attributes = attributes();
    attributes.put("ce_traceparent", "01-abc");
    assertThat(read(headers(attributes), "{}").traceparent()).isNull();
  }

  record Broken(String name, Headers headers, @Nullable String value) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Broken with(String name, String value) {
    Map<String, String> attributes = attributes();
    attributes.put(name, value);
    return new Broken(name + "=" + value, headers(attributes), "{}");
  }

  private static Broken without(String name) {
    Map<String, String> attributes = attributes();
    attributes.remove(name);
    return new Broken("no " + name, headers(attributes), "{}");
  }

  private static Broken structured(String was, String is) {
    return new Broken(
        "structured with " + is,
        structured("application/cloudevents+json"),
        STRUCTURED.replace(was, is));
  }

  static Stream<Broken> broken() {
    RecordHeaders nameless = new RecordHeaders();
    attributes().forEach((name, value) -> nameless.add(name, value.getBytes(UTF_8)));
    nameless.remove("ce_id").add("ce_id", null);
    return Stream.of(
        new Broken("nothing", new RecordHeaders(), null),
        new Broken("no headers", new RecordHeaders(), "{}"),
        new Broken("a header without a value", nameless, "{}"),
        with("ce_specversion", "0.3"),
        with("ce_specversion", "2.0"),
        with("ce_id", ""),
        with("ce_id", "a\0b"),
        with("ce_id", "x".repeat(1025)),
        with("ce_subject", "a\nb"),
        with("ce_source", "http://[broken"),
        with("ce_time", "yesterday"),
        with("ce_time", "9999-12-31T23:59:59Z"),
        with("content-type", "text/xml"),
        with("content-type", "application/cloudevents-batch+json"),
        with("content-type", "application/cloudevents+avro"),
        without("ce_specversion"),
        without("ce_id"),
        without("ce_source"),
        without("ce_type"),
        new Broken("no JSON", structured("application/cloudevents+json"), "{"),
        new Broken("two values", structured("application/cloudevents+json"), "{} {}"),
        new Broken("an array", structured("application/cloudevents+json"), "[]"),
        new Broken("empty", structured("application/cloudevents+json"), null),
        structured("\"specversion\": \"1.0\"", "\"specversion\": 1.0"),
        structured("\"id\": \"e-1\",", ""),
        structured("\"id\": \"e-1\"", "\"id\": \"\""),
        structured("\"id\": \"e-1\"", "\"id\": \"a\\u0000b\""),
        structured("\"id\": \"e-1\"", "\"id\": \"\\ud800\""),
        structured("\"priority\": 3", "\"Priority\": 3"),
        structured("\"priority\": 3", "\"priority\": {}"),
        structured("\"time\": \"2026", "\"time\": \"x2026"),
        structured("\"data\": {", "\"data_base64\": \"?\", \"data\": {"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void says_what_is_wrong_with_what_is_no_event(Broken broken) {
    assertThatThrownBy(() -> read(broken.headers(), broken.value()))
        .isInstanceOfSatisfying(
            Unacceptable.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.MALFORMED);
              assertThat(e.getMessage()).isNotBlank();
            });
  }
}
