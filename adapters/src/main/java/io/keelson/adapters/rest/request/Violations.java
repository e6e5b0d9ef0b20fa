package io.keelson.adapters.rest.request;

import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.problem.Violation;
import io.keelson.adapters.rest.problem.Violation.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All violations of one call, so that the caller learns them at once. */
public final class Violations {
  /** Further violations would only repeat these. */
  private static final int MAX_VIOLATIONS = 100;

  private final Map<String, Violation> violations = new LinkedHashMap<>();

  /**
   * Notes a violation. Only the first violation of an argument is kept; later ones follow from it.
   */
  public void add(String argument, Reason reason, String help) {
    if (violations.size() < MAX_VIOLATIONS) {
      violations.putIfAbsent(argument, new Violation(argument, reason, help));
    }
  }

  /** Refuses the call if there is any violation. */
  public void check() {
    if (!violations.isEmpty()) {
      throw new Refused(Problem.invalidArguments(400, List.copyOf(violations.values())));
    }
  }
}
