package io.keelson.aggregates.cluster;

import io.keelson.commands.AclRule;
import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterEvent.AclChangeStarted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may reach the API server.
 *
 * @param generation of the newest document
 * @param inForce whether the provider has, or is being told of, what {@code rules} say
 * @param change the operation that brings them into force, while one does
 */
record AclFacts(
    List<AclRule> rules, long generation, boolean inForce, @Nullable OperationId change) {

  /** Of the rules that every cluster begins with. */
  private static final long FIRST_GENERATION = 1;

  AclFacts {
    rules = List.copyOf(rules);
  }

  static AclFacts initial(ClusterId cluster) {
    return new AclFacts(List.of(AclRule.initial(cluster)), FIRST_GENERATION, true, null);
  }

  /** The operations that still run for them. */
  List<OperationId> changes() {
    return change == null ? List.of() : List.of(change);
  }

  AclFacts changing(AclChangeStarted e) {
    return new AclFacts(e.after(), e.generation(), true, e.operation());
  }

  /** Only the newest change says whether the rules are in force. */
  AclFacts ended(OperationId operation, boolean succeeded) {
    return operation.equals(change) ? new AclFacts(rules, generation, succeeded, null) : this;
  }

  AclFacts stopped() {
    return new AclFacts(rules, generation, inForce, null);
  }
}
