package io.keelson.adapters.provisioning;

import io.keelson.commands.provisioning.Condition;
import io.keelson.commands.provisioning.ObservedCluster;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedPool;
import java.util.List;
import java.util.stream.Stream;

/** Whether a cluster looks as if it would soon look otherwise. It says nothing about success. */
final class Movement {

  private Movement() {}

  static boolean in(ObservedCluster seen) {
    return seen.deleting()
        || Stream.concat(
                Stream.of(seen.controlPlane().conditions()),
                seen.pools().stream().map(ObservedPool::conditions))
            .anyMatch(Movement::moving)
        || seen.components().ready().containsValue(false)
        || seen.nodes().stream().map(ObservedNode::phase).anyMatch(Movement::passing);
  }

  /** Without conditions nothing is known yet. */
  private static boolean moving(List<Condition> conditions) {
    return conditions.isEmpty()
        || conditions.stream()
            .anyMatch(c -> c.type().equals("Available") ? !c.isTrue() : c.isTrue());
  }

  private static boolean passing(ObservedNode.Phase phase) {
    return switch (phase) {
      case CREATING, STARTING, REGISTERING, REBOOTING, DELETING -> true;
      case READY, NOT_READY, CREATION_FAILED -> false;
    };
  }
}
