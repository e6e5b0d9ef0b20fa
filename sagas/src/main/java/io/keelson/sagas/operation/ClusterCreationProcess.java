package io.keelson.sagas.operation;

import io.keelson.commands.OperationId;
import io.keelson.commands.operation.OperationEvent.ComponentsRequested;
import io.keelson.commands.operation.OperationEvent.ControlPlaneRequested;
import io.keelson.commands.operation.OperationEvent.PoolRequested;
import io.keelson.commands.operation.OperationEvent.Wish;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.Convergence;
import io.keelson.commands.provisioning.PoolDocument;
import io.keelson.sagas.operation.OperationState.Running;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Creates a cluster: its control plane, then its system components, then all pools at once. */
record ClusterCreationProcess(Plan.CreateCluster plan) implements LongProcess {

  /** When this step is done, the cluster is in service: pools come after. */
  static final String COMPONENTS_STEP = "system-components";

  @Override
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    steps.add(new Step("control-plane", List.of(Target.CONTROL_PLANE)));
    steps.add(new Step(COMPONENTS_STEP, List.of(Target.COMPONENTS)));
    if (!plan.pools().isEmpty()) {
      steps.add(new Step("pools", plan.pools().stream().map(p -> Target.pool(p.pool())).toList()));
    }
    return steps;
  }

  @Override
  public Wish request(OperationId operation, Target target, int attempt, Running run) {
    if (target.equals(Target.CONTROL_PLANE)) {
      return new ControlPlaneRequested(operation, plan.cluster(), attempt, plan.controlPlane());
    }
    if (target.equals(Target.COMPONENTS)) {
      return new ComponentsRequested(operation, plan.cluster(), attempt, plan.components());
    }
    PoolDocument document = document(target).orElseThrow(() -> LongProcess.foreign(target));
    return new PoolRequested(operation, plan.cluster(), attempt, document);
  }

  @Override
  public boolean converged(Target target, Sight sight, Running run) {
    return switch (sight) {
      case Sight.OfControlPlane s -> Convergence.converged(plan.controlPlane(), s.controlPlane());
      case Sight.OfComponents s -> Convergence.converged(plan.components(), s.components());
      case Sight.OfPool(var pool, _) ->
          pool != null && document(target).filter(d -> Convergence.converged(d, pool)).isPresent();
      case Sight.OfAdditionalResources _, Sight.OfCluster _, Sight.OfBootedNode _ -> false;
    };
  }

  private Optional<PoolDocument> document(Target target) {
    return plan.pools().stream().filter(p -> Target.pool(p.pool()).equals(target)).findFirst();
  }
}
