package io.keelson.sagas.operation;

import io.keelson.commands.OperationId;
import io.keelson.commands.operation.OperationEvent.Wish;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.operation.Target;
import java.util.List;

/**
 * What one kind of run wants, step by step. Pure, without state of its own: the run's state is
 * {@link OperationState}.
 */
interface LongProcess {

  /** In order; none is empty. All targets of a step are wished for at once. */
  List<Step> steps();

  Wish wish(OperationId operation, Target target, int attempt);

  /**
   * Whether the wish has come true.
   *
   * @param accepted whether the provider has confirmed the wish: what was absent before a removal
   *     was accepted proves nothing
   */
  boolean converged(Target target, Sight sight, boolean accepted);

  record Step(String name, List<Target> targets) {}

  static LongProcess of(Plan plan) {
    return switch (plan) {
      case Plan.CreateCluster p -> new ClusterCreationProcess(p);
      case Plan.CreatePool p -> new PoolProcess(p.pool());
      case Plan.UpdatePool p -> new PoolProcess(p.pool());
      case Plan.ScalePool p -> new PoolProcess(p.pool());
      case Plan.DeletePool p -> new PoolDeletionProcess(p);
      case Plan.DeleteCluster p -> new ClusterDeletionProcess(p);
    };
  }

  /** A wish for a target that is not in the plan: a stream that was not written by this code. */
  static IllegalStateException foreign(Target target) {
    return new IllegalStateException(target + " is not in this plan");
  }
}
