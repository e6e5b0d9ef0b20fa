package io.keelson.adapters.provisioning;

import io.keelson.commands.Decision;
import io.keelson.commands.OperationId;
import io.keelson.commands.Verdict;
import io.keelson.commands.operation.RunEvent.OperationCancelled;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.operation.TargetEvent.TargetWithdrawn;
import java.util.Map;

/** Ends of requests and of runs. */
final class Ends {

  private Ends() {}

  static TargetWithdrawn withdrawn(Facts facts, OperationId run) {
    return new TargetWithdrawn(
        run, facts.cluster, Target.pool(facts.pool), "superseded", decision());
  }

  static TargetConverged converged(Facts facts, OperationId run, Target target) {
    return new TargetConverged(run, facts.cluster, "create-cluster", target, "ready");
  }

  static OperationCancelled cancelled(Facts facts, OperationId run) {
    return new OperationCancelled(run, facts.cluster, "superseded");
  }

  private static Decision decision() {
    return new Decision(
        "newest-desired-state", 1, "pool", Verdict.ACTED, Map.of(), "A newer change is desired.");
  }
}
