package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.commands.spec.PoolChange;

/** Reads the desired size of a pool, and nothing else. */
public final class ResizeRequest {

  private ResizeRequest() {}

  /**
   * The size, which is required.
   *
   * @param external whether the pool's nodes run at other providers
   */
  public static PoolChange read(JsonArguments body, boolean external) {
    body.require("size");
    int size = (int) body.number("size", 0, PoolSize.MAX_NODES, 0);
    if (external && size > 0) {
      body.refuse("size", Reason.CONSTRAINT, PoolSize.EXTERNAL_HELP);
    }
    return PoolChange.ofSize(size);
  }
}
