package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.commands.ClusterId;
import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;
import io.keelson.commands.secret.Secrets;
import io.keelson.commands.spec.MachineTemplate;
import io.keelson.commands.spec.PoolSpec;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The user data with which the machines of a new pool start. Its values are secrets: they leave
 * this object only for the store of secrets. Every new machine loads them, so their total size is
 * limited.
 */
final class UserDataArgument {
  private static final String NAME = "user_data";
  private static final int MAX_ENTRIES = 20;
  private static final int MAX_BYTES = 64 << 10;
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][-A-Za-z0-9_.]{0,62}");

  private final Map<String, byte[]> values;

  private UserDataArgument(Map<String, byte[]> values) {
    this.values = values;
  }

  /** Reads key to content; the content is given as base64. */
  static UserDataArgument read(JsonArguments pool) {
    Map<String, String> given = pool.textMap(NAME, Integer.MAX_VALUE);
    Map<String, byte[]> read = new TreeMap<>();
    int bytes = 0;
    for (Map.Entry<String, String> entry : given.entrySet()) {
      String key = entry.getKey();
      byte[] content = content(pool, key, entry.getValue());
      if (content != null) {
        bytes += content.length;
        read.put(key, content);
      }
    }
    if (given.size() > MAX_ENTRIES) {
      pool.refuse(NAME, Reason.CONSTRAINT, "must not have more than " + MAX_ENTRIES + " entries");
    } else if (bytes > MAX_BYTES) {
      pool.refuse(NAME, Reason.CONSTRAINT, "must not be more than " + MAX_BYTES + " bytes in all");
    }
    return new UserDataArgument(read);
  }

  /**
   * Keeps the values as secrets of the cluster, and returns the pool with references to them. The
   * same values give the same pool, so that a repeated call is the same command.
   */
  PoolSpec keep(Secrets secrets, ClusterId cluster, PoolSpec pool) {
    Map<String, SecretRef> refs = new TreeMap<>();
    values.forEach(
        (key, value) -> refs.put(key, secrets.keep(SecretSubject.cluster(cluster), value)));
    MachineTemplate machine = pool.machine();
    return new PoolSpec(
        pool.name(),
        pool.version(),
        new MachineTemplate(
            machine.nodeType(),
            machine.zone(),
            machine.containerRuntime(),
            machine.rootVolume(),
            machine.network(),
            refs),
        pool.scaling(),
        pool.nodes(),
        pool.upgradePolicy(),
        pool.autohealing(),
        pool.tags());
  }

  private static byte @Nullable [] content(JsonArguments pool, String key, String text) {
    if (!KEY.matcher(key).matches()) {
      pool.refuse(
          NAME + "." + key,
          Reason.FORMAT,
          "key must be at most 63 letters, digits, '-', '_' or '.', and begin with a letter or"
              + " digit");
      return null;
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      pool.refuse(NAME + "." + key, Reason.FORMAT, "must be base64");
      return null;
    }
  }
}
