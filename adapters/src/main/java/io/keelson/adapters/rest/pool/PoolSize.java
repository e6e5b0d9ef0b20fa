package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.JsonArguments;

/** The size of a pool, and the bounds within which the autoscaler may change it. */
record PoolSize(boolean autoscaling, int nodes, int min, int max) {
  /**
   * Far above the quota of any cluster: a larger number is an invalid argument, not a quota error.
   */
  static final int MAX_NODES = 100_000;

  static final String EXTERNAL_HELP = "must be 0: external nodes join by themselves";

  static PoolSize read(JsonArguments pool, NodeType nodeType) {
    boolean autoscaling = pool.flag("autoscaling", false);
    pool.require("size");
    int nodes = (int) pool.number("size", 0, MAX_NODES, 1);
    int min = (int) pool.number("min_size", 0, MAX_NODES, 0);
    int max = (int) pool.number("max_size", 0, MAX_NODES, Math.max(nodes, min));
    if (nodeType.isExternal() && nodes > 0) {
      pool.refuse("size", Reason.CONSTRAINT, EXTERNAL_HELP);
    }
    if (min > max) {
      pool.refuse("min_size", Reason.CONSTRAINT, "must not be more than max_size");
    } else if (autoscaling && (nodes < min || nodes > max)) {
      pool.refuse("size", Reason.CONSTRAINT, "must be between min_size and max_size");
    }
    return new PoolSize(autoscaling, nodes, min, max);
  }
}
