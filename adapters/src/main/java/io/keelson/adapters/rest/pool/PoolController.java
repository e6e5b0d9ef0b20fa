package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.QueryArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.commands.ClusterId;
import io.keelson.commands.PoolId;
import io.keelson.projections.Page;
import io.keelson.projections.status.PoolStatus;
import io.keelson.projections.status.Statuses;
import io.keelson.projections.status.Statuses.PoolFilter;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads node pools. */
@RestController
@RequestMapping("/k8s/v1/regions/{region}")
public class PoolController implements Described {
  private final Statuses statuses;

  public PoolController(Statuses statuses) {
    this.statuses = statuses;
  }

  @Override
  public void describe(Descriptions routes) {
    routes.query("listPools", PoolQuery::read);
  }

  /** The filter, the order and the page of a list of pools. */
  private record PoolQuery(PoolFilter filter, Statuses.Order order, Page.Request page) {

    static PoolQuery read(QueryArguments query) {
      return new PoolQuery(
          new PoolFilter(query.text("name"), query.choice("status", PoolStatus.Phase.class)),
          query.order(),
          query.page());
    }
  }

  @GetMapping("/clusters/{cluster_id}/pools")
  PoolResponse.Pools listPools(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId cluster,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    PoolQuery query = QueryArguments.read(request, PoolQuery::read);
    if (statuses.cluster(caller.scope(), region.name(), cluster).isEmpty()) {
      throw new Refused(Problem.notFound("cluster", cluster.toString()));
    }
    Page<PoolStatus> pools = statuses.pools(cluster, query.filter(), query.order(), query.page());
    return new PoolResponse.Pools(
        pools.total(), pools.rows().stream().map(PoolResponse::of).toList());
  }

  @GetMapping("/pools/{pool_id}")
  PoolResponse getPool(
      @PathVariable Region region,
      @PathVariable("pool_id") PoolId pool,
      @RequestAttribute Caller caller) {
    return statuses
        .pool(caller.scope(), region.name(), pool)
        .map(PoolResponse::of)
        .orElseThrow(() -> new Refused(Problem.notFound("pool", pool.toString())));
  }
}
