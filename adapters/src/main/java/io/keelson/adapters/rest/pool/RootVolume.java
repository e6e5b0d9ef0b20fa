package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.Choice;
import io.keelson.adapters.rest.request.JsonArguments;

/**
 * Reads what the nodes of a pool boot from.
 *
 * @param size bytes; 0: not ours to give
 */
record RootVolume(String type, long size) {
  private static final long SMALLEST = 20_000_000_000L;
  private static final long LARGEST = 10_000_000_000_000L;
  private static final String LOCAL = "l_ssd";
  private static final Choice TYPES =
      Choice.of(LOCAL, "b_ssd", "sbs_5k", "sbs_15k").withZero("default_volume_type");

  static RootVolume read(JsonArguments pool, NodeType nodeType) {
    String type = pool.choice("root_volume_type", TYPES, nodeType.defaultVolumeType());
    long size = size(pool, nodeType.defaultVolumeSize(type));
    if (type.equals(LOCAL) && !nodeType.isExternal()) {
      checkLocal(pool, nodeType.localStorage(), size);
    }
    return new RootVolume(type, size);
  }

  /** The Python client sends 0 for a size that it was not given. */
  private static long size(JsonArguments pool, long otherwise) {
    long size = pool.number("root_volume_size", 0, LARGEST, 0);
    if (size > 0 && size < SMALLEST) {
      pool.refuse(
          "root_volume_size",
          Reason.CONSTRAINT,
          "must be between " + SMALLEST + " and " + LARGEST + ", or 0 for the default");
    }
    return size == 0 ? otherwise : size;
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
