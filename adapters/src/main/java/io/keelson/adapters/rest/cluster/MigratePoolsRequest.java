package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.commands.Id;
import io.keelson.commands.PoolId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads which pools should have the latest image. */
final class MigratePoolsRequest {
  private static final int LONGEST_ID = 100;

  private MigratePoolsRequest() {}

  /** Each once, in the order given; empty: all pools. */
  static Set<PoolId> read(JsonArguments body) {
    Set<PoolId> pools = new LinkedHashSet<>();
    List<String> given = body.texts("pool_ids", LONGEST_ID);
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
