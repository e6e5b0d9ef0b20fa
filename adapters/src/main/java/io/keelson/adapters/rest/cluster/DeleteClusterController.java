package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.QueryArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.version.Offers;
import io.keelson.adapters.rest.write.CommandSender;
import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterCommand.DeleteCluster;
import io.keelson.projections.status.ClusterStatus;
import io.keelson.projections.status.ClusterStatus.Phase;
import io.keelson.projections.status.Statuses;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Deletes clusters. Repeated calls have the same response until the cluster is deleted. */
@RestController
@RequestMapping("/k8s/v1/regions/{region}/clusters/{cluster_id}")
public class DeleteClusterController implements Described {
  private final Statuses statuses;
  private final Offers offers;
  private final CommandSender sender;

  public DeleteClusterController(Statuses statuses, Offers offers, CommandSender sender) {
    this.statuses = statuses;
    this.offers = offers;
    this.sender = sender;
  }

  @Override
  public void describe(Descriptions routes) {
    routes.query("deleteCluster", DeleteClusterController::all);
  }

  @DeleteMapping
  ClusterResponse deleteCluster(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId id,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    boolean all = QueryArguments.read(request, DeleteClusterController::all);
    Supplier<Optional<ClusterStatus>> read =
        () -> statuses.cluster(caller.scope(), region.name(), id);
    ClusterStatus before =
        read.get().orElseThrow(() -> new Refused(Problem.notFound("cluster", id.toString())));
    OperationId operation = new OperationId(UUID.randomUUID());
    ClusterStatus after =
        sender
            .send(
                new DeleteCluster(id, operation, all),
                operation,
                ClusterController.subject(id, read),
                caller,
                read)
            .orElse(before);
    // The row may not show the deletion yet, but it is in progress.
    return ClusterController.response(
        after.desired(after.spec(), Phase.DELETING, after.updatedAt()), offers.now());
  }

  /** Whether additional resources are deleted with the cluster. */
  private static boolean all(QueryArguments query) {
    return query.flag("with_additional_resources");
  }
}
