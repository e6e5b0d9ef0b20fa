package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.request.RequestBodies;
import io.keelson.adapters.rest.request.Violations;
import io.keelson.adapters.rest.version.Offers;
import io.keelson.commands.PoolId;
import io.keelson.commands.release.Release;
import io.keelson.commands.spec.PoolChange;
import io.keelson.projections.status.PoolStatus;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Changes the size and the settings of pools. */
@RestController
@RequestMapping("/k8s/v1/regions/{region}/pools/{pool_id}")
public class UpdatePoolController implements Described {
  private final Offers offers;
  private final RequestBodies bodies;
  private final PoolWrites pools;

  public UpdatePoolController(Offers offers, RequestBodies bodies, PoolWrites pools) {
    this.offers = offers;
    this.bodies = bodies;
    this.pools = pools;
  }

  @Override
  public void describe(Descriptions routes) {
    routes
        .body("updatePool", body -> PoolChangeRequest.read(body, false, null))
        .problem("updatePool", "out_of_stock");
  }

  @PatchMapping
  PoolResponse updatePool(
      @PathVariable Region region,
      @PathVariable("pool_id") PoolId pool,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    Violations violations = new Violations();
    JsonArguments body = bodies.read(request, violations);
    PoolStatus before = pools.find(caller, region, pool);
    Release release = offers.now().known(before.spec().version()).orElse(null);
    PoolChange change = PoolChangeRequest.read(body, before.spec().external(), release);
    violations.check();
    return pools.change(before, change, caller);
  }
}
