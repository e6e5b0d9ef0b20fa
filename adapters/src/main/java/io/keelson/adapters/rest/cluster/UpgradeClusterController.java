package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.request.RequestBodies;
import io.keelson.adapters.rest.request.Violations;
import io.keelson.adapters.rest.version.Offers;
import io.keelson.adapters.rest.write.NewIds;
import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterCommand.UpgradeCluster;
import io.keelson.projections.status.ClusterStatus;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Upgrades clusters to later versions. */
@RestController
@RequestMapping("/k8s/v1/regions/{region}/clusters/{cluster_id}/upgrade")
public class UpgradeClusterController implements Described {
  private final Offers offers;
  private final RequestBodies bodies;
  private final ClusterWrites clusters;

  public UpgradeClusterController(Offers offers, RequestBodies bodies, ClusterWrites clusters) {
    this.offers = offers;
    this.bodies = bodies;
    this.clusters = clusters;
  }

  @Override
  public void describe(Descriptions routes) {
    routes.body("upgradeCluster", UpgradeRequest::read);
  }

  @PostMapping
  ClusterResponse upgradeCluster(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId id,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    Violations violations = new Violations();
    NewIds ids = NewIds.of(request, caller, violations);
    UpgradeRequest upgrade = UpgradeRequest.read(bodies.read(request, violations));
    ClusterStatus before = clusters.find(caller, region, id);
    violations.check();
    OperationId operation = new OperationId(ids.next("operation"));
    upgrade.check(before, offers.now());
    return clusters.change(
        new UpgradeCluster(id, operation, upgrade.target(), upgrade.upgradePools()),
        operation,
        before,
        before.spec().at(upgrade.target()),
        caller);
  }
}
