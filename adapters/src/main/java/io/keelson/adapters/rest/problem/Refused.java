package io.keelson.adapters.rest.problem;

/** Ends a call that is refused. A refusal is an expected outcome, so it has no stack trace. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public Refused(Problem problem) {
    super(problem.message(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
