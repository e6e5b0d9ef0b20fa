package io.keelson.sagas.operation;

import io.keelson.commands.OperationId;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.ComponentsRequested;
import io.keelson.commands.operation.OperationEvent.ControlPlaneRequested;
import io.keelson.commands.operation.OperationEvent.DecisionMade;
import io.keelson.commands.operation.OperationEvent.Request;
import io.keelson.commands.operation.OperationEvent.RunAwaited;
import io.keelson.commands.operation.OperationEvent.Verdict;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.Convergence;
import io.keelson.sagas.operation.OperationState.Running;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Upgrades a cluster: every API server, then the system components, then its pools (Kubernetes'
 * version skew policy: a kubelet is never newer than any API server). The pools have runs of their
 * own, which this one awaits.
 */
record ClusterUpgradeProcess(Plan.UpgradeCluster plan) implements LongProcess {

  @Override
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    steps.add(new Step("control-plane", List.of(Target.CONTROL_PLANE)));
    steps.add(new Step(ClusterCreationProcess.COMPONENTS_STEP, List.of(Target.COMPONENTS)));
    if (!plan.pools().isEmpty()) {
      steps.add(new Step("pools", plan.pools().stream().map(p -> Target.pool(p.pool())).toList()));
    }
    return steps;
  }

  /** The contract refuses what would break the policy; what it was judged by is kept here. */
  @Override
  public List<OperationEvent> opening(OperationId operation) {
    return List.of(
        new DecisionMade(
            operation,
            plan.cluster(),
            OperationRules.SKEW_RULE,
            OperationRules.SKEW_RULE_VERSION,
            Verdict.ACTED,
            Map.of(
                "api_servers", plan.from().toString(),
                "target", plan.controlPlane().version().toString(),
                "oldest_node", plan.oldestNode().toString()),
            "API servers, then components, then nodes: no kubelet is newer than any API server"));
  }

  @Override
  public Request request(OperationId operation, Target target, int attempt, Running run) {
    if (target.equals(Target.CONTROL_PLANE)) {
      return new ControlPlaneRequested(operation, plan.cluster(), attempt, plan.controlPlane());
    }
    if (target.equals(Target.COMPONENTS)) {
      return new ComponentsRequested(operation, plan.cluster(), attempt, plan.components());
    }
    return plan.pools().stream()
        .filter(p -> Target.pool(p.pool()).equals(target))
        .findFirst()
        .map(p -> new RunAwaited(operation, plan.cluster(), target, p.run()))
        .orElseThrow(() -> LongProcess.foreign(target));
  }

  /** Pools are not looked at: their own runs say when they have come to an end. */
  @Override
  public boolean converged(Target target, Sight sight, Running run) {
    return switch (sight) {
      case Sight.OfControlPlane s -> Convergence.converged(plan.controlPlane(), s.controlPlane());
      case Sight.OfComponents s -> Convergence.converged(plan.components(), s.components());
      case Sight.OfPool _, Sight.OfAdditionalResources _, Sight.OfCluster _, Sight.OfBootedNode _ ->
          false;
    };
  }
}
