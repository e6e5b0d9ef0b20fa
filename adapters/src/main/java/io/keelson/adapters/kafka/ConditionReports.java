package io.keelson.adapters.kafka;

import static io.keelson.adapters.kafka.Unacceptable.malformed;

import io.keelson.commands.Id;
import io.keelson.commands.NodeId;
import io.keelson.commands.node.ConditionStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the data of {@code io.keelson.node.condition-reported}. It validates form, never business
 * rules.
 */
final class ConditionReports {

  static final String TYPE = "io.keelson.node.condition-reported";

  /** The maximum that Kubernetes allows for a condition's message. */
  private static final int MAX_MESSAGE_LENGTH = 32_768;

  private static final int MAX_NAME_LENGTH = 316;

  /** A Kubernetes condition type, optionally with a DNS name as prefix. */
  private static final Pattern CONDITION =
      Pattern.compile("(?:[a-z0-9][-a-z0-9.]*/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private ConditionReports() {}

  /**
   * What the producer reports; exactly one of {@code node} and {@code providerId} is set.
   *
   * @param node null: the node is named by {@code providerId}
   * @param providerId null: the node is named by {@code node}
   */
  record ConditionData(
      @Nullable NodeId node,
      @Nullable String providerId,
      String condition,
      ConditionStatus status,
      @Nullable Instant since,
      String message) {}

  static ConditionData read(byte[] data) throws Unacceptable {
    JsonNode json = object(data);
    String node = text(json, "node_id");
    String provider = text(json, "provider_id");
    if (node == null && (provider == null || provider.isBlank())) {
      throw malformed("node_id or provider_id is required");
    }
    String message = text(json, "message");
    if (message != null && message.length() > MAX_MESSAGE_LENGTH) {
      throw malformed("message is longer than " + MAX_MESSAGE_LENGTH + " characters");
    }
    return new ConditionData(
        node == null ? null : node(node),
        node == null ? provider : null,
        condition(text(json, "condition")),
        status(text(json, "status")),
        since(text(json, "since")),
        message == null ? "" : message);
  }

  private static JsonNode object(byte[] data) throws Unacceptable {
    try {
      JsonNode json = JSON.readTree(data);
      if (json.isObject()) {
        return json;
      }
    } catch (JacksonException e) {
      throw malformed("the data are not JSON: " + e.getOriginalMessage());
    }
    throw malformed("the data are not a JSON object");
  }

  private static @Nullable String text(JsonNode json, String name) throws Unacceptable {
    JsonNode value = json.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw malformed(name + " is not a string");
    }
    CloudEventReader.wellFormed(name, value.stringValue());
    return value.stringValue();
  }

  private static NodeId node(String text) throws Unacceptable {
    if (!Id.FORM.matcher(text).matches()) {
      throw malformed("node_id is not a UUID: " + text);
    }
    return NodeId.of(text);
  }

  private static String condition(@Nullable String text) throws Unacceptable {
    if (text == null || text.length() > MAX_NAME_LENGTH || !CONDITION.matcher(text).matches()) {
      throw malformed("condition is not a condition type: " + text);
    }
    return text;
  }

  private static ConditionStatus status(@Nullable String text) throws Unacceptable {
    return Arrays.stream(ConditionStatus.values())
        .filter(status -> status.name().equals(text))
        .findFirst()
        .orElseThrow(() -> malformed("status is not True, False or Unknown: " + text));
  }

  private static @Nullable Instant since(@Nullable String text) throws Unacceptable {
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw malformed("since is not an RFC 3339 time: " + text);
    }
  }
}
