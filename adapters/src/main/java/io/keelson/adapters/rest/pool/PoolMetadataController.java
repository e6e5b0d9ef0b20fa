package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.request.RequestBodies;
import io.keelson.adapters.rest.request.Violations;
import io.keelson.commands.PoolId;
import io.keelson.commands.spec.PoolChange;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Replaces the labels or the taints of a pool as a whole. */
@RestController
@RequestMapping("/k8s/v1/regions/{region}/pools/{pool_id}")
public class PoolMetadataController implements Described {
  private final RequestBodies bodies;
  private final PoolWrites pools;

  public PoolMetadataController(RequestBodies bodies, PoolWrites pools) {
    this.bodies = bodies;
    this.pools = pools;
  }

  @Override
  public void describe(Descriptions routes) {
    routes
        .body("setPoolLabels", PoolMetadata::labels)
        .body("setPoolTaints", body -> PoolMetadata.taints(body, "taints"))
        .body("setPoolStartupTaints", body -> PoolMetadata.taints(body, "startup_taints"));
  }

  @PutMapping("/set-labels")
  PoolResponse setPoolLabels(
      @PathVariable Region region,
      @PathVariable("pool_id") PoolId pool,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    return change(
        region, pool, caller, request, body -> PoolChange.ofLabels(PoolMetadata.labels(body)));
  }

  @PutMapping("/set-taints")
  PoolResponse setPoolTaints(
      @PathVariable Region region,
      @PathVariable("pool_id") PoolId pool,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    return change(
        region,
        pool,
        caller,
        request,
        body -> PoolChange.ofTaints(PoolMetadata.taints(body, "taints")));
  }

  @PutMapping("/set-startup-taints")
  PoolResponse setPoolStartupTaints(
      @PathVariable Region region,
      @PathVariable("pool_id") PoolId pool,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    return change(
        region,
        pool,
        caller,
        request,
        body -> PoolChange.ofStartupTaints(PoolMetadata.taints(body, "startup_taints")));
  }

  private PoolResponse change(
      Region region,
      PoolId pool,
      Caller caller,
      HttpServletRequest request,
      Function<JsonArguments, PoolChange> argument) {
    Violations violations = new Violations();
    PoolChange change = argument.apply(bodies.read(request, violations));
    violations.check();
    return pools.change(pools.find(caller, region, pool), change, caller);
  }
}
