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
 * Replaces secrets in events by {@code [redacted]}. In a public event these are the values of
 * {@code user_data}. In an internal event they are also the members, at any depth, whose names end
 * in one of the words below ({@code secret_hash}, {@code token}). {@code access_key}, the public
 * half of a key, is not redacted.
 */
final class Redaction {

  private static final String REDACTED = "[redacted]";
  private static final String USER_DATA = "user_data";
  private static final Set<String> SECRET =
      Set.of("hash", "secret", "password", "token", "material", "bytes");
  private static final JsonMapper JSON = JsonMapper.shared();

  private Redaction() {}

  /** The event's data as JSON, redacted. */
  static String data(LogEntry entry) {
    String stored = new String(entry.data(), StandardCharsets.UTF_8);
    if (entry.open() && !stored.contains(USER_DATA)) {
      return stored;
    }
    JsonNode data = JSON.readTree(stored);
    redact(data, entry.open());
    return data.toString();
  }

  private static void redact(JsonNode node, boolean open) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : List.copyOf(object.properties())) {
        if (member.getKey().equals(USER_DATA) && member.getValue() instanceof ObjectNode values) {
          List.copyOf(values.propertyNames())
              .forEach(key -> values.set(key, StringNode.valueOf(REDACTED)));
        } else if (!open && isSecret(member.getKey())) {
          object.set(member.getKey(), StringNode.valueOf(REDACTED));
        } else {
          redact(member.getValue(), open);
        }
      }
    } else if (node instanceof ArrayNode array) {
      array.forEach(element -> redact(element, open));
    }
  }

  private static boolean isSecret(String name) {
    return SECRET.contains(name.substring(name.lastIndexOf('_') + 1));
  }
}
