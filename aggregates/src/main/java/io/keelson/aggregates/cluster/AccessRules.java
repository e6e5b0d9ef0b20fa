package io.keelson.aggregates.cluster;

import io.keelson.commands.AclRule;
import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.AccessRulesEvent.AclChangeStarted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may reach the API server.
 *
 * @param generation of the newest document
 * @param effective whether the provider has what {@code rules} say, or a run brings it there
 * @param change the run that makes them effective; null: none does
 */
record AccessRules(
    List<AclRule> rules, long generation, boolean effective, @Nullable OperationId change) {

  /** The generation of the rules that every cluster begins with. */
  private static final long FIRST_GENERATION = 1;

  AccessRules {
    rules = List.copyOf(rules);
  }

  static AccessRules initial(ClusterId cluster) {
    return new AccessRules(List.of(AclRule.initial(cluster)), FIRST_GENERATION, true, null);
  }

  /** The runs for them that have not ended. */
  List<OperationId> changes() {
    return change == null ? List.of() : List.of(change);
  }

  AccessRules changing(AclChangeStarted e) {
    return new AccessRules(e.after(), e.generation(), true, e.operation());
  }

  /** Only the newest change says whether the rules are effective. */
  AccessRules ended(OperationId operation, boolean succeeded) {
    return operation.equals(change) ? new AccessRules(rules, generation, succeeded, null) : this;
  }

  /** Without the run that makes them effective. */
  AccessRules stopped() {
    return new AccessRules(rules, generation, effective, null);
  }
}
