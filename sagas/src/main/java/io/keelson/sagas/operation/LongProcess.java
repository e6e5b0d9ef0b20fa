package io.keelson.sagas.operation;

import io.keelson.commands.OperationId;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.Request;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.operation.Target;
import io.keelson.sagas.operation.OperationState.Running;
import java.util.List;

/**
 * What one kind of run wants, step by step. Pure, without state of its own: the run's state is
 * {@link OperationState}.
 */
interface LongProcess {

  /** In order; none is empty. All targets of a step are asked for at once. */
  List<Step> steps();

  /** What it decides before its first step. */
  default List<OperationEvent> opening(OperationId operation) {
    return List.of();
  }

  /** What it asks for, as far as the run has come. */
  Request request(OperationId operation, Target target, int attempt, Running run);

  /** Whether what was asked for has come true, as far as the run has come. */
  boolean converged(Target target, Sight sight, Running run);

  /** Whether a target has come true as soon as the provider has accepted the wish for it. */
  default boolean acceptedIsDone() {
    return false;
  }

  record Step(String name, List<Target> targets) {}

  static LongProcess of(Plan plan) {
    return switch (plan) {
      case Plan.CreateCluster p -> new ClusterCreationProcess(p);
      case Plan.CreatePool p -> new PoolProcess(p.pool());
      case Plan.UpdatePool p -> new PoolProcess(p.pool());
      case Plan.ScalePool p -> new PoolProcess(p.pool());
      case Plan.UpdateCluster p -> new ControlPlaneProcess(p.controlPlane());
      case Plan.SetClusterType p -> new ControlPlaneProcess(p.controlPlane());
      case Plan.UpgradeCluster p -> new ClusterUpgradeProcess(p);
      case Plan.UpgradePool p -> RollProcess.of(p);
      case Plan.ReplaceNode p -> RollProcess.of(p);
      case Plan.RebootNode p -> new NodeRebootProcess(p);
      case Plan.SetAcl p -> new AclProcess(p.acl());
      case Plan.ResetAdminToken p -> new AdminTokenProcess(p.cluster());
      case Plan.DeletePool p -> new PoolDeletionProcess(p);
      case Plan.DeleteCluster p -> new ClusterDeletionProcess(p);
    };
  }

  /** A request for a target that is not in the plan: a stream that was not written by this code. */
  static IllegalStateException foreign(Target target) {
    return new IllegalStateException(target + " is not in this plan");
  }
}
