package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.request.Region;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.pool.PoolCommand.DeletePool;
import io.keelson.projections.status.PoolStatus;
import io.keelson.projections.status.PoolStatus.Phase;
import java.util.UUID;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Deletes pools. Repeated calls have the same response until the pool is deleted. */
@RestController
@RequestMapping("/k8s/v1/regions/{region}/pools/{pool_id}")
public class DeletePoolController {
  private final PoolWrites pools;

  public DeletePoolController(PoolWrites pools) {
    this.pools = pools;
  }

  @DeleteMapping
  PoolResponse deletePool(
      @PathVariable Region region,
      @PathVariable("pool_id") PoolId pool,
      @RequestAttribute Caller caller) {
    PoolStatus before = pools.find(caller, region, pool);
    OperationId operation = new OperationId(UUID.randomUUID());
    PoolStatus after =
        pools
            .send(
                new DeletePool(before.cluster(), pool, operation),
                operation,
                pool,
                region.name(),
                caller)
            .orElse(before);
    // The row may not show the deletion yet, but it is in progress.
    return PoolResponse.of(after.desired(after.spec(), Phase.DELETING, after.updatedAt()));
  }
}
