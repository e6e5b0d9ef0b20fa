package io.keelson.adapters.rest.problem;

import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.commands.OperationId;
import java.time.Instant;
import java.util.List;

/** One problem of every type, as samples for the API's description. */
public final class ProblemSamples {
  private static final String ID = "6a7a3a0e-6c0e-4d0e-9a55-0c7a2c1d9f10";

  private static final Awaited AWAITED =
      new Awaited("pool/" + ID, "being created", OperationId.of(ID), Instant.EPOCH);

  private ProblemSamples() {}

  /** Problems of every route. */
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

  /** Problems of routes that change something; another route declares them one by one. */
  public static List<Problem> ofChanges() {
    return List.of(
        Problem.quotaExceeded("cluster_nodes", 150, 151, ID),
        Problem.transientState("cluster", ID, "creating", List.of(AWAITED)),
        Problem.locked("cluster", ID),
        Problem.alreadyExists("cluster", ID, "this Idempotency-Key was used before"));
  }

  /** Problems of routes that read a body. */
  public static List<Problem> ofBodies() {
    return List.of(
        Problem.invalidArguments(
            413, List.of(new Violation("body", Reason.CONSTRAINT, "must not be larger"))));
  }

  /** Problems of routes that declare them. */
  public static List<Problem> ofSome() {
    return List.of(
        Problem.tooManyRequests("the maximum number of streams is open"),
        Problem.outOfStock("dev1_m"));
  }
}
