package io.keelson.adapters.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.rw.CloudEventRWException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads CloudEvents' JSON format with the JSON library of this program. It validates form, never
 * data.
 */
final class StructuredEvents {

  private static final String FORMAT = "application/cloudevents+json";
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private StructuredEvents() {}

  static CloudEvent read(String form, byte[] value) throws Unacceptable {
    if (!form.equals(FORMAT) && !form.startsWith(FORMAT + ";")) {
      throw Unacceptable.malformed("the format " + form + " is not supported, only " + FORMAT);
    }
    try {
      JsonNode json = JSON.readTree(value);
      if (!json.isObject()) {
        throw Unacceptable.malformed("not a JSON object");
      }
      if (!"1.0".equals(text(json.get("specversion")))) {
        throw Unacceptable.malformed("specversion is not 1.0");
      }
      CloudEventBuilder event = CloudEventBuilder.v1();
      for (Map.Entry<String, JsonNode> member : json.properties()) {
        add(event, member.getKey(), member.getValue());
      }
      byte[] data = data(json);
      return data == null ? event.build() : event.withData(data).build();
    } catch (JacksonException e) {
      throw Unacceptable.malformed("not JSON: " + e.getOriginalMessage());
    } catch (CloudEventRWException | IllegalStateException | IllegalArgumentException e) {
      throw Unacceptable.malformed("not a CloudEvent: " + e.getMessage());
    }
  }

  private static void add(CloudEventBuilder event, String name, JsonNode value)
      throws Unacceptable {
    if (name.equals("specversion")
        || name.equals("data")
        || name.equals("data_base64")
        || value.isNull()) {
      return;
    }
    if (!NAME.matcher(name).matches() || !value.isValueNode()) {
      throw Unacceptable.malformed("not an attribute: " + name);
    }
    event.withContextAttribute(name, value.asString());
  }

  private static byte @Nullable [] data(JsonNode json) {
    JsonNode encoded = json.get("data_base64");
    if (encoded != null && !encoded.isNull()) {
      return Base64.getDecoder().decode(String.valueOf(text(encoded)));
    }
    JsonNode data = json.get("data");
    return data == null ? null : data.toString().getBytes(UTF_8);
  }

  private static @Nullable String text(@Nullable JsonNode value) {
    return value != null && value.isString() ? value.stringValue() : null;
  }
}
