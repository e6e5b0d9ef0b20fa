package io.keelson.adapters.rest.request;

import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.problem.Violation;
import io.keelson.adapters.rest.problem.Violation.Reason;
import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with one call, so that its caller learns it all at once. */
public final class Violations {
  /** More would only repeat themselves. */
  private static final int MOST = 100;

  private final List<Violation> violations = new ArrayList<>();

  public void add(String argument, Reason reason, String help) {
    if (violations.size() < MOST) {
      violations.add(new Violation(argument, reason, help));
    }
  }

  public boolean isEmpty() {
    return violations.isEmpty();
  }

  /** Ends the call if anything is wrong with it. */
  public void check() {
    if (!violations.isEmpty()) {
      throw new Refused(Problem.invalidArguments(400, violations));
    }
  }
}
