package io.keelson.adapters.rest.access;

import io.keelson.adapters.rest.request.Regions;
import io.keelson.commands.ClusterId;
import io.keelson.projections.Scope;
import io.keelson.projections.status.Statuses;
import io.keelson.projections.status.Statuses.OperationFilter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Says which clusters the present caller may know of, deleted ones included, to whoever shows
 * something about clusters without being a part of this edge.
 */
@Component
public class VisibleClusters implements Supplier<Predicate<ClusterId>> {
  private final Statuses statuses;
  private final Regions regions;

  public VisibleClusters(Statuses statuses, Regions regions) {
    this.statuses = statuses;
    this.regions = regions;
  }

  /** For the request that this thread serves; each cluster is looked up once. */
  @Override
  public Predicate<ClusterId> get() {
    Scope scope = Caller.current().scope();
    Map<ClusterId, Boolean> known = new HashMap<>();
    return cluster -> known.computeIfAbsent(cluster, id -> isVisible(scope, id));
  }

  /** What was done to a cluster outlives it; a new one may be there before its first operation. */
  private boolean isVisible(Scope scope, ClusterId id) {
    OperationFilter ofCluster = new OperationFilter(id, null, null);
    return !statuses.operations(scope, ofCluster, null, 1).isEmpty()
        || regions.zones().keySet().stream()
            .anyMatch(region -> statuses.cluster(scope, region, id).isPresent());
  }
}
