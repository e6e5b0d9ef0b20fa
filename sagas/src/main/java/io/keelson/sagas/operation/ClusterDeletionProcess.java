package io.keelson.sagas.operation;

import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.OperationEvent.AdditionalResourcesRemovalRequested;
import io.keelson.commands.operation.OperationEvent.ClusterRemovalRequested;
import io.keelson.commands.operation.OperationEvent.PoolRemovalRequested;
import io.keelson.commands.operation.OperationEvent.Wish;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.operation.Target;
import io.keelson.sagas.operation.OperationState.Running;
import java.util.ArrayList;
import java.util.List;

/** Deletes a cluster: all pools at once, then what workloads made if asked, then the rest. */
record ClusterDeletionProcess(Plan.DeleteCluster plan) implements LongProcess {

  @Override
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    if (!plan.pools().isEmpty()) {
      steps.add(new Step("pools", plan.pools().stream().map(Target::pool).toList()));
    }
    if (plan.withAdditionalResources()) {
      steps.add(new Step("additional-resources", List.of(Target.ADDITIONAL_RESOURCES)));
    }
    steps.add(new Step("cluster", List.of(Target.CLUSTER)));
    return steps;
  }

  @Override
  public Wish request(OperationId operation, Target target, int attempt, Running run) {
    if (target.equals(Target.ADDITIONAL_RESOURCES)) {
      return new AdditionalResourcesRemovalRequested(operation, plan.cluster(), attempt);
    }
    if (target.equals(Target.CLUSTER)) {
      return new ClusterRemovalRequested(operation, plan.cluster(), attempt);
    }
    PoolId pool = target.asPool().orElseThrow(() -> LongProcess.foreign(target));
    return new PoolRemovalRequested(operation, plan.cluster(), attempt, pool);
  }

  @Override
  public boolean converged(Target target, Sight sight, Running run) {
    return run.accepted(target)
        && switch (sight) {
          case Sight.OfPool s -> s.pool() == null;
          case Sight.OfAdditionalResources s -> s.resources().isEmpty();
          case Sight.OfCluster s -> s.gone();
          case Sight.OfControlPlane _, Sight.OfComponents _, Sight.OfBootedNode _ -> false;
        };
  }
}
