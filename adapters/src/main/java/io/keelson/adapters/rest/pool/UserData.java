package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.JsonArguments;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the user data with which the machines of a pool start. Every event with the whole pool
 * contains it, so its total size is limited.
 */
final class UserData {
  private static final String NAME = "user_data";
  private static final int MAX_ENTRIES = 20;
  private static final int MAX_BYTES = 64 << 10;
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][-A-Za-z0-9_.]{0,62}");

  private UserData() {}

  /** Key to content; the content is base64 in its canonical form. */
  static Map<String, String> read(JsonArguments pool) {
    Map<String, String> given = pool.textMap(NAME, Integer.MAX_VALUE);
    Map<String, String> read = new TreeMap<>();
    int bytes = 0;
    for (Map.Entry<String, String> entry : given.entrySet()) {
      String key = entry.getKey();
      byte[] content = content(pool, key, entry.getValue());
      if (content != null) {
        bytes += content.length;
        read.put(key, Base64.getEncoder().encodeToString(content));
      }
    }
    if (given.size() > MAX_ENTRIES) {
      pool.refuse(NAME, Reason.CONSTRAINT, "must not have more than " + MAX_ENTRIES + " entries");
    } else if (bytes > MAX_BYTES) {
      pool.refuse(NAME, Reason.CONSTRAINT, "must not be more than " + MAX_BYTES + " bytes in all");
    }
    return read;
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
