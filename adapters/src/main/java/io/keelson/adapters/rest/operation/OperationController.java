package io.keelson.adapters.rest.operation;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.operation.OperationResponse.Operations;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.QueryArguments;
import io.keelson.adapters.rest.request.ReadTimeout;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.ProgressReports;
import io.keelson.projections.log.History;
import io.keelson.projections.log.History.Version;
import io.keelson.projections.status.OperationStatus;
import io.keelson.projections.status.RolledNode;
import io.keelson.projections.status.Statuses;
import io.keelson.projections.status.Statuses.OperationFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads operations, newest first. */
@RestController
@RequestMapping("/keelson/v1/operations")
public class OperationController implements Described {
  private final Statuses statuses;
  private final History history;
  private final ProgressReports reports;
  private final Clock clock;

  public OperationController(
      Statuses statuses, History history, ProgressReports reports, Clock clock) {
    this.statuses = statuses;
    this.history = history;
    this.reports = reports;
    this.clock = clock;
  }

  @Override
  public void describe(Descriptions routes) {
    routes.query("listOperations", OperationQuery::read);
  }

  /**
   * The filter and the page of a list of operations.
   *
   * @param cursor the last operation of the previous page
   */
  private record OperationQuery(OperationFilter filter, int limit, @Nullable OperationId cursor) {

    static OperationQuery read(QueryArguments query) {
      UUID cluster = query.uuid("cluster_id");
      OperationFilter filter =
          new OperationFilter(
              cluster == null ? null : new ClusterId(cluster),
              query.choice("kind", OperationKind.class),
              query.choice("state", OperationStatus.State.class));
      UUID cursor = query.uuid("cursor");
      return new OperationQuery(
          filter, query.limit(), cursor == null ? null : new OperationId(cursor));
    }
  }

  @GetMapping
  Operations listOperations(@RequestAttribute Caller caller, HttpServletRequest request) {
    OperationQuery query = QueryArguments.read(request, OperationQuery::read);
    int limit = query.limit();
    List<OperationStatus> found =
        statuses.operations(caller.scope(), query.filter(), query.cursor(), limit + 1);
    List<OperationStatus> page = found.subList(0, Math.min(limit, found.size()));
    return new Operations(
        responses(page, caller), found.size() > limit ? page.getLast().id().toString() : null);
  }

  @GetMapping("/{operation_id}")
  OperationResponse getOperation(
      @PathVariable("operation_id") OperationId operation, @RequestAttribute Caller caller) {
    return statuses
        .operation(caller.scope(), operation)
        .map(found -> response(found, caller))
        .orElseThrow(() -> new Refused(Problem.notFound("operation", operation.toString())));
  }

  private OperationResponse response(OperationStatus operation, Caller caller) {
    List<OperationId> children =
        statuses.children(caller.scope(), operation.id()).stream()
            .map(OperationStatus::id)
            .toList();
    return OperationResponse.of(operation, children, context(List.of(operation), caller));
  }

  private List<OperationResponse> responses(List<OperationStatus> operations, Caller caller) {
    OperationContext context = context(operations, caller);
    return operations.stream().map(o -> OperationResponse.of(o, null, context)).toList();
  }

  /** Log positions and nodes are read for all operations at once. */
  private OperationContext context(List<OperationStatus> operations, Caller caller) {
    new ReadTimeout().awaitHead(history);
    List<NodeId> nodes =
        operations.stream()
            .flatMap(operation -> operation.roll().nodes().stream())
            .map(RolledNode::id)
            .distinct()
            .toList();
    return new OperationContext(
        history.spans(
            operations.stream().map(o -> new Version(o.id().value(), o.version())).toList()),
        nodes.isEmpty() ? Map.of() : statuses.nodesEver(caller.scope(), nodes),
        reports,
        clock.instant());
  }
}
