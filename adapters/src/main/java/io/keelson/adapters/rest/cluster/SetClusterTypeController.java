package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.request.RequestBodies;
import io.keelson.adapters.rest.request.Violations;
import io.keelson.adapters.rest.write.NewIds;
import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterCommand.SetClusterType;
import io.keelson.projections.status.ClusterStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Changes the types of clusters within their family. */
@RestController
@RequestMapping("/k8s/v1/regions/{region}/clusters/{cluster_id}/set-type")
public class SetClusterTypeController implements Described {
  private final RequestBodies bodies;
  private final ClusterWrites clusters;
  private final Clock clock;

  public SetClusterTypeController(RequestBodies bodies, ClusterWrites clusters, Clock clock) {
    this.bodies = bodies;
    this.clusters = clusters;
    this.clock = clock;
  }

  @Override
  public void describe(Descriptions routes) {
    routes.body("setClusterType", TypeChangeRequest::read);
  }

  @PostMapping
  ClusterResponse setClusterType(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId id,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    Violations violations = new Violations();
    NewIds ids = NewIds.of(request, caller, violations);
    TypeChangeRequest change = TypeChangeRequest.read(bodies.read(request, violations));
    ClusterStatus before = clusters.find(caller, region, id);
    violations.check();
    OperationId operation = new OperationId(ids.next("operation"));
    change.check(before, clock.instant());
    return clusters.change(
        new SetClusterType(id, operation, change.type()),
        operation,
        before,
        before.spec().of(change.type()),
        caller);
  }
}
