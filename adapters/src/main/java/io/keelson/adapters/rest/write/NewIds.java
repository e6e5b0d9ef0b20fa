package io.keelson.adapters.rest.write;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.Violations;
import io.keelson.commands.Id;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The ids of what one call makes: derived from its {@code Idempotency-Key}, so that a repeat of the
 * call is the same command; random without one.
 */
public final class NewIds {
  private static final String HEADER = "Idempotency-Key";
  private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");

  private final String scope;
  private final @Nullable String key;

  private NewIds(String scope, @Nullable String key) {
    this.scope = scope;
    this.key = key;
  }

  /** The same key means another thing for another organization, and on another route. */
  public static NewIds of(HttpServletRequest request, Caller caller, Violations violations) {
    String key = request.getHeader(HEADER);
    if (key != null && !KEY.matcher(key).matches()) {
      violations.add(HEADER, Reason.FORMAT, "must be 1 to 255 visible ASCII characters");
    }
    // Not the path: one route has many spellings.
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
    String route = request.getMethod() + " " + pattern + " " + variables;
    return new NewIds(caller.scope().organization() + " " + route, key);
  }

  /** Whether the same call may come again, and is then the same command. */
  public boolean repeatable() {
    return key != null;
  }

  public UUID next(String kind) {
    // The key comes last: whatever it is made of, no two names are the same text.
    return key == null ? UUID.randomUUID() : Id.derived(kind, scope, key);
  }
}
