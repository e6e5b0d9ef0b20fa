package io.keelson.adapters.rest.history;

import io.keelson.commands.log.LogEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Replaces values in internal events by {@code [redacted]}: those of the members, at any depth,
 * whose names end in one of the words below ({@code secret_hash}, {@code token}). {@code
 * access_key}, the public half of a key, is not redacted. A public event has references in place of
 * secrets, and is shown as it is stored.
 */
final class Redaction {
  private static final String REDACTED = "[redacted]";
  private static final Set<String> SECRET =
      Set.of("hash", "secret", "password", "token", "material", "bytes");
  private static final JsonMapper JSON = JsonMapper.shared();

  private Redaction() {}

  /** The event's data as JSON, redacted. */
  static String data(LogEntry entry) {
    String stored = new String(entry.data(), StandardCharsets.UTF_8);
    if (entry.open()) {
      return stored;
    }
    JsonNode data = JSON.readTree(stored);
    redact(data);
    return data.toString();
  }

  private static void redact(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : List.copyOf(object.properties())) {
        if (isSecret(member.getKey())) {
          object.set(member.getKey(), StringNode.valueOf(REDACTED));
        } else {
          redact(member.getValue());
        }
      }
    } else if (node instanceof ArrayNode array) {
      array.forEach(Redaction::redact);
    }
  }

  private static boolean isSecret(String name) {
    return SECRET.contains(name.substring(name.lastIndexOf('_') + 1));
  }
}
