package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.request.RequestBodies;
import io.keelson.adapters.rest.request.Violations;
import io.keelson.commands.ClusterId;
import io.keelson.projections.status.ClusterStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves migrations that older clients request. Every cluster already has what they migrate to, so
 * nothing is changed.
 */
@RestController
@RequestMapping("/k8s/v1/regions/{region}/clusters/{cluster_id}")
public class MigrateClusterController implements Described {
  private final RequestBodies bodies;
  private final ClusterWrites clusters;

  public MigrateClusterController(RequestBodies bodies, ClusterWrites clusters) {
    this.bodies = bodies;
    this.clusters = clusters;
  }

  @Override
  public void describe(Descriptions routes) {
    routes.body("migrateToPrivateNetworkCluster", MigrateClusterController::privateNetwork);
  }

  /** A cluster stays in the private network that it was created in. */
  @PostMapping("/migrate-to-private-network")
  ClusterResponse migrateToPrivateNetworkCluster(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId id,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    Violations violations = new Violations();
    JsonArguments body = bodies.read(request, violations);
    UUID requested = privateNetwork(body);
    ClusterStatus cluster = clusters.find(caller, region, id);
    UUID current = cluster.spec().network().privateNetworkId();
    if (requested != null && !requested.equals(current)) {
      body.refuse(
          "private_network_id",
          Reason.CONSTRAINT,
          current == null
              ? "a Private Network is not available for this cluster type"
              : "the cluster is in the Private Network " + current + ", and cannot be moved");
    }
    violations.check();
    return clusters.response(cluster);
  }

  @PostMapping("/migrate-to-routed-ips")
  ClusterResponse migrateClusterToRoutedIPs(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId id,
      @RequestAttribute Caller caller) {
    return clusters.response(clusters.find(caller, region, id));
  }

  @PostMapping("/migrate-to-sbs-csi")
  ClusterResponse migrateClusterToSBSCSI(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId id,
      @RequestAttribute Caller caller) {
    return clusters.response(clusters.find(caller, region, id));
  }

  private static @Nullable UUID privateNetwork(JsonArguments body) {
    body.require("private_network_id");
    return body.uuid("private_network_id");
  }
}
