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
 * What no reader sees of an event. In a public one that is what machines are started with: the
 * values of {@code user_data}, which may hold what its owner told nobody else. An internal one may
 * hold secrets; so every member of it whose name ends in one of the words below ({@code
 * secret_hash}, {@code token}), at any depth, is shown with {@code [redacted]} for its value.
 * {@code access_key}, the public half of a key, is no such name.
 */
final class Redaction {

  private static final String VEILED = "[redacted]";
  private static final String USER_DATA = "user_data";
  private static final Set<String> SECRET =
      Set.of("hash", "secret", "password", "token", "material", "bytes");
  private static final JsonMapper JSON = JsonMapper.shared();

  private Redaction() {}

  /** The event's data as JSON. */
  static String data(LogEntry entry) {
    String stored = new String(entry.data(), StandardCharsets.UTF_8);
    if (entry.open() && !stored.contains(USER_DATA)) {
      return stored;
    }
    JsonNode data = JSON.readTree(stored);
    veil(data, entry.open());
    return data.toString();
  }

  private static void veil(JsonNode node, boolean open) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : List.copyOf(object.properties())) {
        if (member.getKey().equals(USER_DATA) && member.getValue() instanceof ObjectNode values) {
          List.copyOf(values.propertyNames())
              .forEach(key -> values.set(key, StringNode.valueOf(VEILED)));
        } else if (!open && isSecret(member.getKey())) {
          object.set(member.getKey(), StringNode.valueOf(VEILED));
        } else {
          veil(member.getValue(), open);
        }
      }
    } else if (node instanceof ArrayNode array) {
      array.forEach(element -> veil(element, open));
    }
  }

  private static boolean isSecret(String name) {
    return SECRET.contains(name.substring(name.lastIndexOf('_') + 1));
  }
}
