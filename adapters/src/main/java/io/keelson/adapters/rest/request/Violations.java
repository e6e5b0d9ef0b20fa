package io.keelson.adapters.rest.request;

import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.problem.Violation;
import io.keelson.adapters.rest.problem.Violation.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that is wrong with one call, so that its caller learns it all at once. */
public final class Violations {
  /** More would only repeat themselves. */
  private static final int MOST = 100;

  private final Map<String, Violation> violations = new LinkedHashMap<>();

  /** Notes what is wrong with an argument; what is found wrong with it later only follows. */
  public void add(String argument, Reason reason, String help) {
    if (violations.size() < MOST) {
      violations.putIfAbsent(argument, new Violation(argument, reason, help));
    }
  }

  /** Ends the call if anything is wrong with it. */
  public void check() {
    if (!violations.isEmpty()) {
      throw new Refused(Problem.invalidArguments(400, List.copyOf(violations.values())));
    }
  }
}
