package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.JsonArguments;

/** Reads how many nodes a pool has, and between which bounds the autoscaler may change that. */
record PoolSize(boolean autoscaling, int nodes, int least, int most) {
  /** Far more than any cluster may have; what is beyond it is no quota but a mistake. */
  static final int MOST_NODES = 100_000;

  static final String EXTERNAL_HELP = "must be 0: external nodes join by themselves";

  static PoolSize read(JsonArguments pool, NodeType nodeType) {
    boolean autoscaling = pool.flag("autoscaling", false);
    pool.require("size");
    int nodes = (int) pool.number("size", 0, MOST_NODES, 1);
    int least = (int) pool.number("min_size", 0, MOST_NODES, 0);
    int most = (int) pool.number("max_size", 0, MOST_NODES, Math.max(nodes, least));
    if (nodeType.isExternal() && nodes > 0) {
      pool.refuse("size", Reason.CONSTRAINT, EXTERNAL_HELP);
    }
    if (least > most) {
      pool.refuse("min_size", Reason.CONSTRAINT, "must not be more than max_size");
    } else if (autoscaling && (nodes < least || nodes > most)) {
      pool.refuse("size", Reason.CONSTRAINT, "must be between min_size and max_size");
    }
    return new PoolSize(autoscaling, nodes, least, most);
  }
}
