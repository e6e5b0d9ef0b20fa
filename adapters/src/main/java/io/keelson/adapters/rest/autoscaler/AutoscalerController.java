package io.keelson.adapters.rest.autoscaler;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.node.NodeWrites;
import io.keelson.adapters.rest.pool.PoolWrites;
import io.keelson.adapters.rest.pool.ResizeRequest;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.request.RequestBodies;
import io.keelson.adapters.rest.request.Violations;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.PoolId;
import io.keelson.commands.spec.PoolChange;
import io.keelson.projections.status.NodeStatus;
import io.keelson.projections.status.PoolStatus;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Resizes pools and deletes nodes for the cluster autoscaler. */
@RestController
@RequestMapping("/k8s/v1/regions/{region}/autoscaler")
public class AutoscalerController implements Described {
  private final RequestBodies bodies;
  private final PoolWrites pools;
  private final NodeWrites nodes;

  public AutoscalerController(RequestBodies bodies, PoolWrites pools, NodeWrites nodes) {
    this.bodies = bodies;
    this.pools = pools;
    this.nodes = nodes;
  }

  @Override
  public void describe(Descriptions routes) {
    routes
        .body("updateAutoscalerPool", body -> ResizeRequest.read(body, false))
        .problem("updateAutoscalerPool", "out_of_stock");
  }

  @PatchMapping("/pools/{pool_id}")
  AutoscalerPoolResponse updateAutoscalerPool(
      @PathVariable Region region,
      @PathVariable("pool_id") PoolId pool,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    Violations violations = new Violations();
    JsonArguments body = bodies.read(request, violations);
    PoolStatus before = pools.find(caller, region, pool);
    PoolChange change = ResizeRequest.read(body, before.spec().external());
    violations.check();
    PoolStatus after = pools.changed(before, change, caller);
    // The autoscaler takes any other size for a refusal, even if a concurrent call has changed it.
    return AutoscalerPoolResponse.of(
        after.desired(after.spec().with(change), after.phase(), after.updatedAt()));
  }

  @DeleteMapping("/nodes/{node_id}")
  AutoscalerNodeResponse deleteAutoscalerNode(
      @PathVariable Region region,
      @PathVariable("node_id") NodeId node,
      @RequestAttribute Caller caller) {
    NodeStatus before = nodes.find(caller, region, node);
    return AutoscalerNodeResponse.of(nodes.remove(before, region, caller), NodePhase.DELETING);
  }
}
