package io.keelson.adapters.rest.operation;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.operation.OperationAnswer.Operations;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.request.QueryArguments;
import io.keelson.adapters.rest.request.Violations;
import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.operation.OperationKind;
import io.keelson.projections.status.OperationStatus;
import io.keelson.projections.status.Statuses;
import io.keelson.projections.status.Statuses.OperationFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads runs, newest first. */
@RestController
@RequestMapping("/keelson/v1/operations")
public class OperationController {
  private static final int DEFAULT_LIMIT = 100;
  private static final int LARGEST_LIMIT = 1000;

  private final Statuses statuses;

  public OperationController(Statuses statuses) {
    this.statuses = statuses;
  }

  @GetMapping
  Operations listOperations(@RequestAttribute Caller caller, HttpServletRequest request) {
    Violations violations = new Violations();
    QueryArguments query = new QueryArguments(request, violations);
    UUID cluster = query.uuid("cluster_id");
    OperationFilter filter =
        new OperationFilter(
            cluster == null ? null : new ClusterId(cluster),
            query.choice("kind", OperationKind.class),
            query.choice("state", OperationStatus.State.class));
    int limit = query.number("limit", 1, LARGEST_LIMIT, DEFAULT_LIMIT);
    // The cursor is the last run of the page before.
    UUID cursor = query.uuid("cursor");
    violations.check();
    List<OperationStatus> found =
        statuses.operations(
            caller.scope(), filter, cursor == null ? null : new OperationId(cursor), limit + 1);
    List<OperationStatus> page = found.subList(0, Math.min(limit, found.size()));
    return new Operations(
        page.stream().map(OperationAnswer::of).toList(),
        found.size() > limit ? page.getLast().id().toString() : null);
  }

  @GetMapping("/{operation_id}")
  OperationAnswer getOperation(
      @PathVariable("operation_id") OperationId operation, @RequestAttribute Caller caller) {
    return statuses
        .operation(caller.scope(), operation)
        .map(OperationAnswer::of)
        .orElseThrow(() -> new Refused(Problem.notFound("operation", operation.toString())));
  }
}
