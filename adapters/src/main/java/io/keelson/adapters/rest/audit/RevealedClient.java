package io.keelson.adapters.rest.audit;

import io.keelson.commands.SecretRef;
import io.keelson.commands.secret.Secrets;
import io.keelson.projections.log.AuditLog.Audited;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * From where a request came, revealed for an auditor. It must never be stored or logged.
 *
 * @param sourceIp null: unknown, or erased
 * @param userAgent null: unknown, or erased
 */
record RevealedClient(@Nullable String sourceIp, @Nullable String userAgent) {
  private static final JsonMapper JSON = JsonMapper.shared();
  static final RevealedClient UNKNOWN = new RevealedClient(null, null);

  /** The clients of requests by the ids of their references; erased ones are absent. */
  static Map<UUID, RevealedClient> all(Collection<Audited> requests, Secrets secrets) {
    Map<UUID, RevealedClient> clients = new HashMap<>();
    secrets
        .revealAll(
            requests.stream().map(Audited::client).filter(Objects::nonNull).distinct().toList())
        .forEach((id, json) -> clients.put(id, of(JSON.readTree(json))));
    return clients;
  }

  /** The client of one request. */
  static RevealedClient of(Audited request, Map<UUID, RevealedClient> all) {
    SecretRef ref = request.client();
    return ref == null ? UNKNOWN : all.getOrDefault(ref.id(), UNKNOWN);
  }

  private static RevealedClient of(JsonNode client) {
    return new RevealedClient(text(client, "source_ip"), text(client, "user_agent"));
  }

  private static @Nullable String text(JsonNode client, String name) {
    JsonNode value = client.path(name);
    return value.isString() ? value.stringValue() : null;
  }

  /** Without the values, which must not be in any log. */
  @Override
  public String toString() {
    return "RevealedClient[…]";
  }
}
