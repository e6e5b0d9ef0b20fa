package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.request.Violations;
import io.keelson.adapters.rest.write.CommandSender;
import io.keelson.adapters.rest.write.NewIds;
import io.keelson.commands.ClusterAction;
import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterCommand.StartClusterAction;
import io.keelson.commands.operation.OperationKind;
import io.keelson.projections.Waiting;
import io.keelson.projections.status.ClusterStatus;
import io.keelson.projections.status.OperationStatus;
import io.keelson.projections.status.OperationStatus.State;
import io.keelson.projections.status.Statuses;
import io.keelson.projections.status.Statuses.OperationFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Replaces the admin tokens of clusters. A successful response means that the next kubeconfig has
 * the new token, unless the provider exceeds the timeout. Neither token is ever read here.
 */
@RestController
@RequestMapping("/k8s/v1/regions/{region}/clusters/{cluster_id}/reset-admin-token")
public class ResetAdminTokenController implements Described {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Statuses statuses;
  private final ClusterWrites clusters;
  private final CommandSender sender;

  public ResetAdminTokenController(
      Statuses statuses, ClusterWrites clusters, CommandSender sender) {
    this.statuses = statuses;
    this.clusters = clusters;
    this.sender = sender;
  }

  @Override
  public void describe(Descriptions routes) {
    routes.bare("resetClusterAdminToken");
  }

  @PostMapping
  ResponseEntity<Void> resetClusterAdminToken(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId id,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    Violations violations = new Violations();
    NewIds ids = NewIds.of(request, caller, violations);
    violations.check();
    ClusterStatus cluster = clusters.find(caller, region, id);
    OperationId operation = new OperationId(ids.next("operation"));
    if (begin(cluster, operation, caller)) {
      Waiting.until(() -> state(operation, caller) != State.RUNNING, TIMEOUT);
    } else {
      Waiting.until(() -> !isInProgress(cluster, caller), TIMEOUT);
    }
    if (state(operation, caller) == State.FAILED) {
      throw new Refused(Problem.unavailable("the token could not be replaced; try again soon"));
    }
    return ResponseEntity.noContent().build();
  }

  /** Whether this operation replaces the token; otherwise another operation already does. */
  private boolean begin(ClusterStatus cluster, OperationId operation, Caller caller) {
    if (statuses.operation(caller.scope(), operation).isPresent()) {
      return true;
    }
    StartClusterAction command =
        new StartClusterAction(cluster.id(), operation, ClusterAction.RESET_ADMIN_TOKEN);
    return !sender
        .send(command, operation, clusters.subject(cluster, caller), caller)
        .events()
        .isEmpty();
  }

  /** An operation without a row has just started. */
  private State state(OperationId operation, Caller caller) {
    return statuses
        .operation(caller.scope(), operation)
        .map(OperationStatus::state)
        .orElse(State.RUNNING);
  }

  private boolean isInProgress(ClusterStatus cluster, Caller caller) {
    OperationFilter resets =
        new OperationFilter(cluster.id(), OperationKind.RESET_ADMIN_TOKEN, State.RUNNING);
    return !statuses.operations(caller.scope(), resets, null, 1).isEmpty();
  }
}
