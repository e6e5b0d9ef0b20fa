package io.keelson.commands.upgrade;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.operation.ComponentsTarget;
import io.keelson.commands.operation.ControlPlaneTarget;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.PoolRun;
import io.keelson.commands.operation.PoolTarget;
import java.util.List;

/** The plans of runs that replace nodes. */
public sealed interface UpgradePlan extends Plan {

  /** Control plane, then system components, then the pools in parallel, each in its own run. */
  @JsonTypeName("upgrade-cluster")
  record UpgradeCluster(
      ClusterId cluster,
      ControlPlaneTarget controlPlane,
      ComponentsTarget components,
      List<PoolRun> pools)
      implements UpgradePlan {

    public UpgradeCluster {
      pools = List.copyOf(pools);
    }

    @Override
    public OperationKind kind() {
      return OperationKind.UPGRADE;
    }
  }

  /** A run that rolls nodes of one pool, within its policy. */
  sealed interface Roll extends UpgradePlan {

    PoolTarget target();

    UpgradePolicy policy();

    @Override
    default PoolId pool() {
      return target().pool();
    }
  }

  /**
   * Every node of a pool is replaced by one of the target's version.
   *
   * @param before the version that the nodes had; the same version: every node is replaced
   */
  @JsonTypeName("upgrade-pool")
  record UpgradePool(
      ClusterId cluster, PoolTarget target, KubernetesVersion before, UpgradePolicy policy)
      implements Roll {

    @Override
    public OperationKind kind() {
      return OperationKind.UPGRADE;
    }
  }

  /** One node of a pool is replaced by a new one. */
  @JsonTypeName("replace-node")
  record ReplaceNode(ClusterId cluster, PoolTarget target, NodeId node, UpgradePolicy policy)
      implements Roll {

    @Override
    public OperationKind kind() {
      return OperationKind.REPLACE_NODE;
    }
  }
}
