package io.keelson.sagas.operation;

import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.operation.RequestEvent.PoolRequested;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import java.util.List;

/** The run that a process acts for. */
public record ProcessRun<P extends Plan>(OperationId operation, P plan) {

  public ClusterId cluster() {
    return plan.cluster();
  }

  /**
   * A target has its desired state.
   *
   * @param result in one line, for people
   */
  public TargetConverged converged(Target target, String result) {
    return new TargetConverged(operation, cluster(), plan.process(), target, result);
  }

  /** What decisions of this run are about: its pool where it has one, else its cluster. */
  public String subject() {
    return plan.pool() == null ? "cluster/" + cluster() : "pool/" + plan.pool();
  }

  /** A pool's whole document is requested; the max number of machines is left to the provider. */
  public PoolRequested request(PoolTarget pool, List<NodeId> nodesToRemove) {
    return new PoolRequested(
        operation, cluster(), pool.pool(), pool.generation(), pool.size(), 0, nodesToRemove);
  }
}
