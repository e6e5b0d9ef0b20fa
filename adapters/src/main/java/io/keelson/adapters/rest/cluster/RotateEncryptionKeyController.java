package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.access.Caller;
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
import io.keelson.projections.status.ClusterStatus;
import io.keelson.projections.status.OperationStatus;
import io.keelson.projections.status.OperationStatus.State;
import io.keelson.projections.status.Statuses;
import io.keelson.projections.status.Statuses.OperationFilter;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Has the keys replaced with which clusters encrypt their secrets. The response names the operation
 * that does it; an operation in progress serves a second request too.
 */
@RestController
@RequestMapping("/keelson/v1/regions/{region}/clusters/{cluster_id}/rotate-encryption-key")
public class RotateEncryptionKeyController implements Described {
  private final Statuses statuses;
  private final ClusterWrites clusters;
  private final CommandSender sender;

  public RotateEncryptionKeyController(
      Statuses statuses, ClusterWrites clusters, CommandSender sender) {
    this.statuses = statuses;
    this.clusters = clusters;
    this.sender = sender;
  }

  /** The operation that replaces the key. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record RotationResponse(OperationId operationId) {}

  @Override
  public void describe(Descriptions routes) {
    routes.bare("rotateClusterEncryptionKey");
  }

  @PostMapping
  RotationResponse rotateClusterEncryptionKey(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId id,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    Violations violations = new Violations();
    NewIds ids = NewIds.of(request, caller, violations);
    violations.check();
    ClusterStatus cluster = clusters.find(caller, region, id);
    OperationId operation = new OperationId(ids.next("operation"));
    StartClusterAction command =
        new StartClusterAction(id, operation, ClusterAction.ROTATE_ENCRYPTION_KEY);
    boolean started =
        !sender
            .send(command, operation, clusters.subject(cluster, caller), caller)
            .events()
            .isEmpty();
    return new RotationResponse(started ? operation : earlier(id, operation, caller));
  }

  /** The operation of an earlier call with the same key, or else the one in progress. */
  private OperationId earlier(ClusterId cluster, OperationId repeated, Caller caller) {
    if (statuses.operation(caller.scope(), repeated).isPresent()) {
      return repeated;
    }
    OperationFilter rotations =
        new OperationFilter(cluster, OperationKind.ROTATE_ENCRYPTION_KEY, State.RUNNING);
    return statuses.operations(caller.scope(), rotations, null, 1).stream()
        .map(OperationStatus::id)
        .findFirst()
        .orElse(repeated);
  }
}
