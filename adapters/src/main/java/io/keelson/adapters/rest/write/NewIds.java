package io.keelson.adapters.rest.write;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.Violations;
import io.keelson.commands.Id;
import io.keelson.commands.ProjectId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The ids of what one call creates. With an {@code Idempotency-Key} they are derived from it, so
 * that a repeated call is the same command. Without one they are random.
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

  /** A key is scoped to an organization and a route. */
  public static NewIds of(HttpServletRequest request, Caller caller, Violations violations) {
    String key = request.getHeader(HEADER);
    if (key != null && !KEY.matcher(key).matches()) {
      violations.add(HEADER, Reason.FORMAT, "must be 1 to 255 visible ASCII characters");
    }
    // the pattern, not the path: one route has several spellings of its path
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
    String route = request.getMethod() + " " + pattern + " " + variables;
    return new NewIds(caller.scope().organization() + " " + route, key);
  }

  /** The ids for a resource of a project; the key is then scoped to the project too. */
  public NewIds in(ProjectId project) {
    return new NewIds(scope + " " + project, key);
  }

  /** Whether a repeated call gets the same ids. */
  public boolean repeatable() {
    return key != null;
  }

  public UUID next(String kind) {
    // The key comes last, so that two different names never form the same text.
    return key == null ? UUID.randomUUID() : Id.derived(kind, scope, key);
  }
}
