package io.keelson.commands.provisioning;

import io.keelson.commands.PoolId;
import java.util.List;

/**
 * A node pool as a back end shows it, perhaps late.
 *
 * @param observedGeneration of the document that the status speaks about
 * @param blockedReasons what blocks the pool as a whole, for people; what blocks one node is in the
 *     message of that node
 */
public record ObservedPool(
    PoolId pool,
    long observedGeneration,
    Replicas replicas,
    List<Condition> conditions,
    List<String> blockedReasons) {

  public ObservedPool {
    conditions = List.copyOf(conditions);
    blockedReasons = List.copyOf(blockedReasons);
  }
}
