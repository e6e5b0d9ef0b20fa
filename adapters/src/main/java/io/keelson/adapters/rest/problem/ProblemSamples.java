package io.keelson.adapters.rest.problem;

import io.keelson.adapters.rest.problem.Violation.Reason;
import java.util.List;

/** One problem of every type, as examples of what callers may hear. */
public final class ProblemSamples {
  private static final String ID = "6a7a3a0e-6c0e-4d0e-9a55-0c7a2c1d9f10";

  private ProblemSamples() {}

  /** Those that any route may answer with. */
  public static List<Problem> ofAll() {
    return List.of(
        Problem.invalidArgument("name", Reason.REQUIRED, "is required"),
        Problem.plain(400, "Bad Request"),
        Problem.deniedAuthentication("api_key", "not_found"),
        Problem.permissionsDenied("write", "clusters"),
        Problem.notFound("cluster", ID),
        Problem.ROUTE_MISSING,
        Problem.INTERNAL,
        Problem.unavailable("the store cannot be reached; try again soon"));
  }

  /** Those that only a route that changes something may answer with, unless it says more. */
  public static List<Problem> ofChanges() {
    return List.of(
        Problem.quotaExceeded("cluster_nodes", 150, 151, ID),
        Problem.transientState("cluster", ID, "creating"),
        Problem.locked("cluster", ID),
        Problem.alreadyExists("cluster", ID, "this Idempotency-Key came before"));
  }

  /** Those that only a route that reads a body may answer with. */
  public static List<Problem> ofBodies() {
    return List.of(
        Problem.invalidArguments(
            413, List.of(new Violation("body", Reason.CONSTRAINT, "must not be larger"))));
  }

  /** Those that only a route that says so may answer with. */
  public static List<Problem> ofSome() {
    return List.of(
        Problem.tooManyRequests("as many streams as there may be are open"),
        Problem.outOfStock("dev1_m"));
  }
}
