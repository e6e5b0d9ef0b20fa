package io.keelson.commands.operation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.provisioning.AclDocument;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.ComponentsDocument;
import io.keelson.commands.provisioning.PoolDocument;
import java.util.List;

/** Everything a run needs to know before it starts. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "plan")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Plan.CreateCluster.class, name = "create-cluster"),
  @JsonSubTypes.Type(value = Plan.CreatePool.class, name = "create-pool"),
  @JsonSubTypes.Type(value = Plan.UpdatePool.class, name = "update-pool"),
  @JsonSubTypes.Type(value = Plan.ScalePool.class, name = "scale-pool"),
  @JsonSubTypes.Type(value = Plan.UpdateCluster.class, name = "update-cluster"),
  @JsonSubTypes.Type(value = Plan.SetClusterType.class, name = "set-cluster-type"),
  @JsonSubTypes.Type(value = Plan.UpgradeCluster.class, name = "upgrade-cluster"),
  @JsonSubTypes.Type(value = Plan.UpgradePool.class, name = "upgrade-pool"),
  @JsonSubTypes.Type(value = Plan.ReplaceNode.class, name = "replace-node"),
  @JsonSubTypes.Type(value = Plan.RebootNode.class, name = "reboot-node"),
  @JsonSubTypes.Type(value = Plan.SetAcl.class, name = "set-acl"),
  @JsonSubTypes.Type(value = Plan.ResetAdminToken.class, name = "reset-admin-token"),
  @JsonSubTypes.Type(value = Plan.DeletePool.class, name = "delete-pool"),
  @JsonSubTypes.Type(value = Plan.DeleteCluster.class, name = "delete-cluster")
})
public sealed interface Plan {

  ClusterId cluster();

  OperationKind kind();

  /** Control plane, then system components, then all pools beside each other. */
  record CreateCluster(
      ClusterDocument controlPlane, ComponentsDocument components, List<PoolDocument> pools)
      implements Plan {

    public CreateCluster {
      pools = List.copyOf(pools);
    }

    @Override
    public ClusterId cluster() {
      return controlPlane.cluster();
    }

    @Override
    public OperationKind kind() {
      return OperationKind.CREATE;
    }
  }

  /** One new pool. */
  record CreatePool(PoolDocument pool) implements Plan {

    @Override
    public ClusterId cluster() {
      return pool.cluster();
    }

    @Override
    public OperationKind kind() {
      return OperationKind.CREATE;
    }
  }

  /** One pool's changed document, its number of nodes being the same. */
  record UpdatePool(PoolDocument pool) implements Plan {

    @Override
    public ClusterId cluster() {
      return pool.cluster();
    }

    @Override
    public OperationKind kind() {
      return OperationKind.UPDATE;
    }
  }

  /** One pool's document with another number of nodes. */
  record ScalePool(PoolDocument pool) implements Plan {

    @Override
    public ClusterId cluster() {
      return pool.cluster();
    }

    @Override
    public OperationKind kind() {
      return OperationKind.SCALE;
    }
  }

  /** A changed control plane of the same version and type. */
  record UpdateCluster(ClusterDocument controlPlane) implements Plan {

    @Override
    public ClusterId cluster() {
      return controlPlane.cluster();
    }

    @Override
    public OperationKind kind() {
      return OperationKind.UPDATE;
    }
  }

  /** A control plane of another type. */
  record SetClusterType(ClusterDocument controlPlane) implements Plan {

    @Override
    public ClusterId cluster() {
      return controlPlane.cluster();
    }

    @Override
    public OperationKind kind() {
      return OperationKind.SET_TYPE;
    }
  }

  /**
   * Control plane, then system components, then the pools beside each other, each in a run of its
   * own.
   *
   * @param from the version before
   * @param oldestNode the oldest version that any node may have
   */
  record UpgradeCluster(
      ClusterDocument controlPlane,
      ComponentsDocument components,
      KubernetesVersion from,
      KubernetesVersion oldestNode,
      List<PoolRun> pools)
      implements Plan {

    public UpgradeCluster {
      pools = List.copyOf(pools);
    }

    @Override
    public ClusterId cluster() {
      return controlPlane.cluster();
    }

    @Override
    public OperationKind kind() {
      return OperationKind.UPGRADE;
    }
  }

  /** One pool of a cluster's upgrade, and the run that rolls it. */
  record PoolRun(PoolId pool, OperationId run) {}

  /**
   * Every node of a pool is replaced by one of the document's version, within the policy.
   *
   * @param pool the document as it is to be at the end; those on the way count on from its
   *     generation
   */
  record UpgradePool(PoolDocument pool, KubernetesVersion from, UpgradePolicy policy)
      implements Plan {

    @Override
    public ClusterId cluster() {
      return pool.cluster();
    }

    @Override
    public OperationKind kind() {
      return OperationKind.UPGRADE;
    }
  }

  /** One node of a pool is replaced by a new one, within the policy. */
  record ReplaceNode(PoolDocument pool, NodeId node, UpgradePolicy policy) implements Plan {

    @Override
    public ClusterId cluster() {
      return pool.cluster();
    }

    @Override
    public OperationKind kind() {
      return OperationKind.REPLACE_NODE;
    }
  }

  /** One node's machine boots again. */
  record RebootNode(ClusterId cluster, PoolId pool, NodeId node) implements Plan {

    @Override
    public OperationKind kind() {
      return OperationKind.REBOOT_NODE;
    }
  }

  /** Other rules of the access to the API server. */
  record SetAcl(AclDocument acl) implements Plan {

    @Override
    public ClusterId cluster() {
      return acl.cluster();
    }

    @Override
    public OperationKind kind() {
      return OperationKind.UPDATE;
    }
  }

  /** Another administrator's credential. */
  record ResetAdminToken(ClusterId cluster) implements Plan {

    @Override
    public OperationKind kind() {
      return OperationKind.RESET_ADMIN_TOKEN;
    }
  }

  /** One pool's end. */
  record DeletePool(ClusterId cluster, PoolId pool) implements Plan {

    @Override
    public OperationKind kind() {
      return OperationKind.DELETE;
    }
  }

  /** All pools, then what workloads made (if asked), then the cluster. */
  record DeleteCluster(ClusterId cluster, List<PoolId> pools, boolean withAdditionalResources)
      implements Plan {

    public DeleteCluster {
      pools = List.copyOf(pools);
    }

    @Override
    public OperationKind kind() {
      return OperationKind.DELETE;
    }
  }
}
