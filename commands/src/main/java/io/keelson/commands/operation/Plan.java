package io.keelson.commands.operation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.keelson.commands.ClusterId;
import io.keelson.commands.PoolId;
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
