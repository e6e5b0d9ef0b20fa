package io.keelson.adapters.rest.problem;

import io.keelson.adapters.rest.response.ApiFormat;
import io.keelson.commands.OperationId;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What has to end before a call can be accepted.
 *
 * @param what {@code cluster/<id>}, {@code pool/<id>}...
 * @param detail what happens to it, {@code being created}
 * @param operation the operation that does it; null: none does
 * @param since when the operation started; null: unknown
 */
public record Awaited(
    String what, String detail, @Nullable OperationId operation, @Nullable Instant since) {

  /** {@code pool <id> is being created (operation <id>)}. */
  String words() {
    String by = operation == null ? "" : " (operation " + operation + ")";
    return what.replace('/', ' ') + " is " + detail + by;
  }

  /** The same as an element of {@code blocked_by}. */
  SortedMap<String, Object> fields() {
    SortedMap<String, Object> fields = new TreeMap<>();
    fields.put("what", what);
    fields.put("detail", detail);
    if (operation != null) {
      fields.put("who", "operation/" + operation);
    }
    if (since != null) {
      fields.put("since", ApiFormat.instant(since));
    }
    return fields;
  }
}
