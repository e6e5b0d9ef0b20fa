package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.commands.Id;
import io.keelson.commands.PoolId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the ids of the pools to migrate. */
final class MigratePoolsRequest {
  private static final int MAX_ID_LENGTH = 100;

  private MigratePoolsRequest() {}

  /** The ids without duplicates, in the given order; empty: all pools. */
  static Set<PoolId> read(JsonArguments body) {
    Set<PoolId> pools = new LinkedHashSet<>();
    List<String> given = body.texts("pool_ids", MAX_ID_LENGTH);
    for (int i = 0; i < given.size(); i++) {
      if (Id.FORM.matcher(given.get(i)).matches()) {
        pools.add(PoolId.of(given.get(i)));
      } else {
        body.refuse("pool_ids." + i, Reason.FORMAT, "must be a UUID");
      }
    }
    return pools;
  }
}
