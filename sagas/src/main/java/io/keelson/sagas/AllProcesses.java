package io.keelson.sagas;

import io.keelson.commands.cluster.ClusterPlan;
import io.keelson.commands.node.NodePlan;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.pool.PoolPlan;
import io.keelson.commands.upgrade.UpgradePlan;
import io.keelson.sagas.cluster.AclProcess;
import io.keelson.sagas.cluster.ClusterActionProcess;
import io.keelson.sagas.cluster.ClusterCreationProcess;
import io.keelson.sagas.cluster.ClusterDeletionProcess;
import io.keelson.sagas.cluster.ClusterTypeProcess;
import io.keelson.sagas.cluster.ClusterUpdateProcess;
import io.keelson.sagas.node.NodeCordoning;
import io.keelson.sagas.node.NodeRebootProcess;
import io.keelson.sagas.operation.LongProcess;
import io.keelson.sagas.operation.ProcessState;
import io.keelson.sagas.operation.Processes;
import io.keelson.sagas.operation.Reaction;
import io.keelson.sagas.pool.PoolCreationProcess;
import io.keelson.sagas.pool.PoolDeletionProcess;
import io.keelson.sagas.pool.PoolScalingProcess;
import io.keelson.sagas.pool.PoolUpdateProcess;
import io.keelson.sagas.upgrade.ClusterUpgradeProcess;
import io.keelson.sagas.upgrade.NodeReplacementProcess;
import io.keelson.sagas.upgrade.PoolUpgradeProcess;
import java.util.List;

/** The one list of all processes. A new process is one more line here. */
public final class AllProcesses {

  private static final List<Class<? extends Plan>> PLANS =
      List.of(ClusterPlan.class, PoolPlan.class, NodePlan.class, UpgradePlan.class);

  private static final List<LongProcess<?, ?>> PROCESSES =
      List.of(
          new ClusterCreationProcess(),
          new ClusterUpdateProcess(),
          new ClusterTypeProcess(),
          new AclProcess(),
          new ClusterActionProcess(),
          new ClusterDeletionProcess(),
          new PoolCreationProcess(),
          new PoolUpdateProcess(),
          new PoolScalingProcess(),
          new PoolDeletionProcess(),
          new NodeRebootProcess(),
          new ClusterUpgradeProcess(),
          new PoolUpgradeProcess(),
          new NodeReplacementProcess());

  private static final List<Reaction> REACTIONS = List.of(new NodeCordoning());

  private AllProcesses() {}

  /** Fails when a plan has no process, or more than one. */
  public static Processes registered() {
    return new Processes(PLANS, PROCESSES, REACTIONS);
  }

  /** The plans that events and snapshots hold, each with a logical name. */
  public static List<Class<? extends Plan>> plans() {
    return registered().plans();
  }

  /** The states of processes that snapshots hold, each with a logical name. */
  public static List<Class<? extends ProcessState>> states() {
    return registered().states();
  }
}
