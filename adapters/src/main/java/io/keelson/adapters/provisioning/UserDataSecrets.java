package io.keelson.adapters.provisioning;

import io.keelson.commands.SecretRef;
import io.keelson.commands.provisioning.Result;
import io.keelson.commands.secret.SecretErased;
import io.keelson.commands.secret.SecretUnknown;
import io.keelson.commands.secret.SecretUnreadable;
import io.keelson.commands.secret.Secrets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reveals user data for one call. It must never store or log a value. */
final class UserDataSecrets {

  private static final Logger LOG = LoggerFactory.getLogger(UserDataSecrets.class);

  private final Secrets secrets;

  UserDataSecrets(Secrets secrets) {
    this.secrets = secrets;
  }

  sealed interface Content {}

  /**
   * Readable.
   *
   * @param values key to base64
   */
  record Revealed(Map<String, String> values) implements Content {

    public Revealed {
      values = Map.copyOf(values);
    }

    /** Without the values, which must not be in any log. */
    @Override
    public String toString() {
      return "Revealed[" + values.keySet() + "]";
    }
  }

  /** A part of it has been erased for good: no document can be made with it. */
  record Erased(Result.Refused result) implements Content {}

  /**
   * The content of the references.
   *
   * @throws SecretUnreadable when a value cannot be decrypted; a later call may succeed
   * @throws SecretUnknown when a value was never stored
   */
  Content reveal(Map<String, SecretRef> references) {
    if (references.isEmpty()) {
      return new Revealed(Map.of());
    }
    Map<UUID, byte[]> found = readable(references);
    Map<String, String> values = new TreeMap<>();
    for (Map.Entry<String, SecretRef> entry : references.entrySet()) {
      byte[] value = found.get(entry.getValue().id());
      if (value == null) {
        return erased(entry.getKey(), entry.getValue());
      }
      values.put(entry.getKey(), Base64.getEncoder().encodeToString(value));
    }
    return new Revealed(values);
  }

  private Map<UUID, byte[]> readable(Map<String, SecretRef> references) {
    try {
      return secrets.revealAll(references.values());
    } catch (SecretUnreadable | SecretUnknown e) {
      LOG.error("user data cannot be revealed: {}", e.getMessage());
      throw e;
    }
  }

  private static Erased erased(String key, SecretRef reference) {
    return new Erased(
        new Result.Refused(
            Result.Code.INVALID,
            "user_data." + key,
            "the user data cannot be used: " + new SecretErased(reference).getMessage()));
  }
}
