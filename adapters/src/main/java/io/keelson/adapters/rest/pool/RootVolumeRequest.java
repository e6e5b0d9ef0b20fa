package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.Choice;
import io.keelson.adapters.rest.request.JsonArguments;

/**
 * The root volume of a pool's nodes.
 *
 * @param size bytes; 0 for external machines
 */
record RootVolumeRequest(String type, long size) {
  private static final long MIN_SIZE = 20_000_000_000L;
  private static final long MAX_SIZE = 10_000_000_000_000L;
  private static final String LOCAL = "l_ssd";
  private static final Choice TYPES =
      Choice.of(LOCAL, "b_ssd", "sbs_5k", "sbs_15k").withZero("default_volume_type");

  static RootVolumeRequest read(JsonArguments pool, NodeType nodeType) {
    String type = pool.choice("root_volume_type", TYPES, nodeType.defaultVolumeType());
    long size = size(pool, nodeType.defaultVolumeSize(type));
    if (type.equals(LOCAL) && !nodeType.isExternal()) {
      checkLocal(pool, nodeType.localStorage(), size);
    }
    return new RootVolumeRequest(type, size);
  }

  /** The Python client sends 0 when no size is given. */
  private static long size(JsonArguments pool, long fallback) {
    long size = pool.number("root_volume_size", 0, MAX_SIZE, 0);
    if (size > 0 && size < MIN_SIZE) {
      pool.refuse(
          "root_volume_size",
          Reason.CONSTRAINT,
          "must be between " + MIN_SIZE + " and " + MAX_SIZE + ", or 0 for the default");
    }
    return size == 0 ? fallback : size;
  }

  private static void checkLocal(JsonArguments pool, long available, long size) {
    if (available == 0) {
      pool.refuse("root_volume_type", Reason.CONSTRAINT, "this node type has no local storage");
    } else if (size > available) {
      pool.refuse(
          "root_volume_size",
          Reason.CONSTRAINT,
          "this node type has " + available + " bytes of local storage");
    }
  }
}
