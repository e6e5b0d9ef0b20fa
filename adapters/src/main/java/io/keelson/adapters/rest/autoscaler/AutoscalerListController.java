package io.keelson.adapters.rest.autoscaler;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.QueryArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.commands.ClusterId;
import io.keelson.projections.Page;
import io.keelson.projections.status.NodeStatus;
import io.keelson.projections.status.PoolStatus;
import io.keelson.projections.status.Statuses;
import io.keelson.projections.status.Statuses.NodeFilter;
import io.keelson.projections.status.Statuses.Order;
import io.keelson.projections.status.Statuses.PoolFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lists the pools and nodes of a cluster for its autoscaler. Responses may be cached for a short
 * time.
 */
@RestController
@RequestMapping("/k8s/v1/regions/{region}")
public class AutoscalerListController implements Described {
  private static final PoolFilter EVERY_POOL = new PoolFilter(null, null);
  private static final NodeFilter EVERY_NODE = new NodeFilter(null, null, null);

  /** The autoscaler polls about every ten seconds and requests nothing in between. */
  private static final CacheControl CACHED_BRIEFLY =
      CacheControl.maxAge(Duration.ofSeconds(10)).cachePrivate();

  private final Statuses statuses;

  public AutoscalerListController(Statuses statuses) {
    this.statuses = statuses;
  }

  @Override
  public void describe(Descriptions routes) {
    routes
        .query("listAutoscalerPools", QueryArguments::page)
        .query("listAutoscalerNodes", QueryArguments::page)
        .query("listPoolsWithSpecs", QueryArguments::page);
  }

  @GetMapping("/autoscaler/clusters/{cluster_id}/pools")
  ResponseEntity<AutoscalerPoolResponse.Pools> listAutoscalerPools(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId cluster,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    Page<PoolStatus> pools = pools(region, cluster, caller, request);
    return ResponseEntity.ok()
        .cacheControl(CACHED_BRIEFLY)
        .body(
            new AutoscalerPoolResponse.Pools(
                pools.rows().stream().map(AutoscalerPoolResponse::of).toList(), pools.total()));
  }

  @GetMapping("/autoscaler/clusters/{cluster_id}/nodes")
  ResponseEntity<AutoscalerNodeResponse.Nodes> listAutoscalerNodes(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId cluster,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    Page.Request page = QueryArguments.read(request, QueryArguments::page);
    check(region, cluster, caller);
    Page<NodeStatus> nodes = statuses.nodes(cluster, EVERY_NODE, Order.CREATED_AT_ASC, page);
    return ResponseEntity.ok()
        .cacheControl(CACHED_BRIEFLY)
        .body(
            new AutoscalerNodeResponse.Nodes(
                nodes.rows().stream().map(AutoscalerNodeResponse::of).toList(), nodes.total()));
  }

  /** The list that autoscalers before 2025 read. */
  @GetMapping("/clusters/{cluster_id}/pools-autoscaler")
  ResponseEntity<PoolSpecsResponse.Pools> listPoolsWithSpecs(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId cluster,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    Page<PoolStatus> pools = pools(region, cluster, caller, request);
    return ResponseEntity.ok()
        .cacheControl(CACHED_BRIEFLY)
        .body(
            new PoolSpecsResponse.Pools(
                pools.total(), pools.rows().stream().map(PoolSpecsResponse::of).toList()));
  }

  private Page<PoolStatus> pools(
      Region region, ClusterId cluster, Caller caller, HttpServletRequest request) {
    Page.Request page = QueryArguments.read(request, QueryArguments::page);
    check(region, cluster, caller);
    return statuses.pools(cluster, EVERY_POOL, Order.CREATED_AT_ASC, page);
  }

  private void check(Region region, ClusterId cluster, Caller caller) {
    if (statuses.cluster(caller.scope(), region.name(), cluster).isEmpty()) {
      throw new Refused(Problem.notFound("cluster", cluster.toString()));
    }
  }
}
