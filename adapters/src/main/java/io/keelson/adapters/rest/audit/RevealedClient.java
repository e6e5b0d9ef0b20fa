package io.keelson.adapters.rest.audit;

import io.keelson.commands.SecretRef;
import io.keelson.commands.secret.SecretUnknown;
import io.keelson.commands.secret.SecretUnreadable;
import io.keelson.commands.secret.Secrets;
import io.keelson.projections.log.AuditLog.Audited;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * From where a request came, revealed for an auditor. It must never be stored or logged.
 *
 * @param sourceIp null: unknown, erased or damaged
 * @param userAgent null: unknown, erased or damaged
 */
record RevealedClient(@Nullable String sourceIp, @Nullable String userAgent) {
  private static final Logger LOG = LoggerFactory.getLogger(RevealedClient.class);
  private static final JsonMapper JSON = JsonMapper.shared();
  static final RevealedClient UNKNOWN = new RevealedClient(null, null);

  /** The clients by the ids of their references; erased and damaged ones are absent. */
  static Map<UUID, RevealedClient> all(Collection<Audited> requests, Secrets secrets) {
    List<SecretRef> refs =
        requests.stream().map(Audited::client).filter(Objects::nonNull).distinct().toList();
    Map<UUID, RevealedClient> clients = new HashMap<>();
    values(refs, secrets).forEach((id, json) -> clients.put(id, of(JSON.readTree(json))));
    return clients;
  }

  /** A damaged secret is logged and left out, so that it does not hide the others. */
  private static Map<UUID, byte[]> values(List<SecretRef> refs, Secrets secrets) {
    try {
      return secrets.revealAll(refs);
    } catch (SecretUnreadable | SecretUnknown e) {
      if (refs.size() == 1) {
        LOG.error("A source address cannot be shown: {}.", e.getMessage());
        return Map.of();
      }
      Map<UUID, byte[]> values = new HashMap<>();
      refs.forEach(ref -> values.putAll(values(List.of(ref), secrets)));
      return values;
    }
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
