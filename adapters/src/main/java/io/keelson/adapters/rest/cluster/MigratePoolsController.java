package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.pool.PoolWrites;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.request.RequestBodies;
import io.keelson.adapters.rest.request.Violations;
import io.keelson.adapters.rest.response.ApiFormat;
import io.keelson.adapters.rest.write.CommandSender;
import io.keelson.adapters.rest.write.NewIds;
import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.pool.PoolCommand.UpgradePool;
import io.keelson.projections.status.ClusterStatus;
import io.keelson.projections.status.PoolStatus;
import io.keelson.projections.status.PoolStatus.Phase;
import io.keelson.projections.status.Statuses;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Replaces the nodes of pools by nodes with the latest image; versions stay the same. No pool is
 * started unless all can be migrated.
 */
@RestController
@RequestMapping("/k8s/v1/regions/{region}/clusters/{cluster_id}/migrate-pools-to-new-images")
public class MigratePoolsController implements Described {
  private final Statuses statuses;
  private final RequestBodies bodies;
  private final ClusterWrites clusters;
  private final PoolWrites pools;
  private final CommandSender sender;

  public MigratePoolsController(
      Statuses statuses,
      RequestBodies bodies,
      ClusterWrites clusters,
      PoolWrites pools,
      CommandSender sender) {
    this.statuses = statuses;
    this.bodies = bodies;
    this.clusters = clusters;
    this.pools = pools;
    this.sender = sender;
  }

  @Override
  public void describe(Descriptions routes) {
    routes.body("migratePoolsToNewImages", MigratePoolsRequest::read);
  }

  @PostMapping
  ResponseEntity<Void> migratePoolsToNewImages(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId id,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    Violations violations = new Violations();
    NewIds ids = NewIds.of(request, caller, violations);
    JsonArguments body = bodies.read(request, violations);
    Set<PoolId> named = MigratePoolsRequest.read(body);
    ClusterStatus cluster = clusters.find(caller, region, id);
    violations.check();
    Map<OperationId, PoolStatus> requested = new LinkedHashMap<>();
    for (PoolStatus pool : named.isEmpty() ? all(cluster) : findAll(named, cluster, caller)) {
      OperationId operation = new OperationId(ids.next("operation " + pool.id()));
      // A pool that an earlier call with the same key has started is skipped.
      if (!ids.repeatable() || statuses.operation(caller.scope(), operation).isEmpty()) {
        check(pool, cluster);
        requested.put(operation, pool);
      }
    }
    requested.forEach((operation, pool) -> migrate(operation, pool, cluster, caller));
    return ResponseEntity.noContent().build();
  }

  /** All pools with provider-managed nodes that are not being deleted. */
  private List<PoolStatus> all(ClusterStatus cluster) {
    return clusters.pools(cluster).stream()
        .filter(pool -> !pool.spec().external() && pool.phase() != Phase.DELETING)
        .toList();
  }

  private List<PoolStatus> findAll(Set<PoolId> named, ClusterStatus cluster, Caller caller) {
    List<PoolStatus> pools = new ArrayList<>();
    for (PoolId id : named) {
      pools.add(
          statuses
              .pool(caller.scope(), cluster.region(), id)
              .filter(pool -> pool.cluster().equals(cluster.id()))
              .orElseThrow(() -> new Refused(Problem.notFound("pool", id.toString()))));
    }
    return pools;
  }

  private static void check(PoolStatus pool, ClusterStatus cluster) {
    String id = pool.id().toString();
    switch (pool.phase()) {
      case READY, WARNING -> {}
      case LOCKED -> throw new Refused(Problem.locked("pool", id));
      case SCALING, UPGRADING, DELETING, DELETED ->
          throw new Refused(Problem.transientState("pool", id, ApiFormat.lowerCase(pool.phase())));
    }
    if (pool.spec().external()) {
      throw new Refused(
          invalid("pool " + id + " has external nodes, whose images the provider does not manage"));
    }
    if (!pool.spec().version().equals(cluster.spec().version())) {
      throw ClusterWrites.refused(
          cluster,
          invalid(
              "pool "
                  + id
                  + " has version "
                  + pool.spec().version()
                  + ": upgrade it to that of its cluster, "
                  + cluster.spec().version()));
    }
  }

  private static Problem invalid(String help) {
    return Problem.invalidArgument("pool_ids", Reason.CONSTRAINT, help);
  }

  private void migrate(
      OperationId operation, PoolStatus pool, ClusterStatus cluster, Caller caller) {
    sender.send(
        new UpgradePool(cluster.id(), pool.id(), operation, pool.spec().version()),
        operation,
        pools.subject(cluster.id(), pool.id(), pool.region(), caller),
        caller,
        () -> statuses.pool(caller.scope(), pool.region(), pool.id()));
  }
}
