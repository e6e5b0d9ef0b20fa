package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.request.RequestBodies;
import io.keelson.adapters.rest.request.Violations;
import io.keelson.adapters.rest.version.Offers;
import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterCommand.UpdateCluster;
import io.keelson.commands.release.Release;
import io.keelson.commands.spec.ClusterChange;
import io.keelson.projections.status.ClusterStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Changes the names, descriptions and settings of clusters. */
@RestController
@RequestMapping("/k8s/v1/regions/{region}/clusters/{cluster_id}")
public class UpdateClusterController implements Described {
  private final Offers offers;
  private final RequestBodies bodies;
  private final ClusterWrites clusters;

  public UpdateClusterController(Offers offers, RequestBodies bodies, ClusterWrites clusters) {
    this.offers = offers;
    this.bodies = bodies;
    this.clusters = clusters;
  }

  @Override
  public void describe(Descriptions routes) {
    routes.body("updateCluster", ClusterChangeRequest::describe);
  }

  @PatchMapping
  ClusterResponse updateCluster(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId id,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    Violations violations = new Violations();
    JsonArguments body = bodies.read(request, violations);
    ClusterStatus before = clusters.find(caller, region, id);
    Release release = offers.now().known(before.spec().version()).orElse(null);
    ClusterChange change = ClusterChangeRequest.read(body, before.spec(), release);
    violations.check();
    OperationId operation = new OperationId(UUID.randomUUID());
    return clusters.change(
        new UpdateCluster(id, operation, change),
        operation,
        before,
        before.spec().with(change),
        caller);
  }
}
