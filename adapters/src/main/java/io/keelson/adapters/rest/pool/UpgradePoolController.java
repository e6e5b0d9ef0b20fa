package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.request.RequestBodies;
import io.keelson.adapters.rest.request.Violations;
import io.keelson.adapters.rest.write.NewIds;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.projections.status.PoolStatus;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Upgrades pools to the version of their cluster. */
@RestController
@RequestMapping("/k8s/v1/regions/{region}/pools/{pool_id}/upgrade")
public class UpgradePoolController implements Described {
  private static final int MAX_VERSION_LENGTH = 10;

  private final RequestBodies bodies;
  private final PoolWrites pools;

  public UpgradePoolController(RequestBodies bodies, PoolWrites pools) {
    this.bodies = bodies;
    this.pools = pools;
  }

  @Override
  public void describe(Descriptions routes) {
    routes.body("upgradePool", UpgradePoolController::version);
  }

  @PostMapping
  PoolResponse upgradePool(
      @PathVariable Region region,
      @PathVariable("pool_id") PoolId pool,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    Violations violations = new Violations();
    NewIds ids = NewIds.of(request, caller, violations);
    JsonArguments body = bodies.read(request, violations);
    KubernetesVersion target = version(body);
    PoolStatus before = pools.find(caller, region, pool);
    if (target != null && !pools.isVersionOfCluster(target, before, caller)) {
      body.refuse("version", Reason.CONSTRAINT, "must be the version of the pool's cluster");
    }
    violations.check();
    OperationId operation = new OperationId(ids.next("operation"));
    return target == null
        ? PoolResponse.of(before)
        : PoolResponse.of(pools.upgrade(before, target, operation, caller));
  }

  /** Null when the version is invalid. */
  private static @Nullable KubernetesVersion version(JsonArguments body) {
    String text = body.text("version", MAX_VERSION_LENGTH, "");
    body.require("version");
    if (text.isEmpty()) {
      return null;
    }
    try {
      return KubernetesVersion.of(text);
    } catch (IllegalArgumentException _) {
      body.refuse("version", Reason.FORMAT, "must have the form x.y.z");
      return null;
    }
  }
}
