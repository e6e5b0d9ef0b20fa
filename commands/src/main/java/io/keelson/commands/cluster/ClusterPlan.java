package io.keelson.commands.cluster;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.keelson.commands.ClusterAction;
import io.keelson.commands.ClusterId;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.ComponentsTarget;
import io.keelson.commands.operation.ControlPlaneTarget;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.PoolTarget;
import java.util.List;

/**
 * The plans of runs that are about one cluster as a whole; its upgrade has a package of its own.
 */
public sealed interface ClusterPlan extends Plan {

  /** Control plane, then system components, then all pools in parallel. */
  @JsonTypeName("create-cluster")
  record CreateCluster(
      ClusterId cluster,
      ControlPlaneTarget controlPlane,
      ComponentsTarget components,
      List<PoolTarget> pools)
      implements ClusterPlan {

    public CreateCluster {
      pools = List.copyOf(pools);
    }

    @Override
    public OperationKind kind() {
      return OperationKind.CREATE;
    }
  }

  /** A changed control plane of the same version and type. */
  @JsonTypeName("update-cluster")
  record UpdateCluster(ClusterId cluster, ControlPlaneTarget controlPlane) implements ClusterPlan {

    @Override
    public OperationKind kind() {
      return OperationKind.UPDATE;
    }
  }

  /** A control plane of another type. */
  @JsonTypeName("set-cluster-type")
  record SetClusterType(ClusterId cluster, ControlPlaneTarget controlPlane) implements ClusterPlan {

    @Override
    public OperationKind kind() {
      return OperationKind.SET_TYPE;
    }
  }

  /** Other rules of the access to the API server. */
  @JsonTypeName("set-acl")
  record SetAcl(ClusterId cluster, long generation) implements ClusterPlan {

    @Override
    public OperationKind kind() {
      return OperationKind.UPDATE;
    }
  }

  /** One call to the provider. */
  @JsonTypeName("run-action")
  record RunAction(ClusterId cluster, ClusterAction action) implements ClusterPlan {

    @Override
    public OperationKind kind() {
      return OperationKind.of(action);
    }
  }

  /** All pools, then what workloads made (if requested), then the cluster. */
  @JsonTypeName("delete-cluster")
  record DeleteCluster(ClusterId cluster, List<PoolId> pools, boolean withAdditionalResources)
      implements ClusterPlan {

    public DeleteCluster {
      pools = List.copyOf(pools);
    }

    @Override
    public OperationKind kind() {
      return OperationKind.DELETE;
    }
  }
}
