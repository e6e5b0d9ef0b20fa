package io.keelson.commands.operation;

import io.keelson.commands.ClusterAction;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import java.util.List;

/** A run requests something and waits for it: a step begins, or the next document of a roll. */
public sealed interface RequestEvent extends OperationEvent {

  Target target();

  /**
   * A request to the provider: the only event that makes an adapter call it. The desired documents
   * themselves are in the events of the cluster and its pools; a request names their generation.
   */
  sealed interface ProviderRequest extends RequestEvent {

    /** The same for every repeat of one request. */
    default String idempotencyKey() {
      return operation() + "/" + target();
    }
  }

  record ControlPlaneRequested(OperationId operation, ClusterId clusterId, long generation)
      implements ProviderRequest {

    @Override
    public Target target() {
      return Target.CONTROL_PLANE;
    }
  }

  record ComponentsRequested(OperationId operation, ClusterId clusterId, ComponentsTarget desired)
      implements ProviderRequest {

    @Override
    public Target target() {
      return Target.COMPONENTS;
    }
  }

  /**
   * A pool's document is requested.
   *
   * @param size the desired number of nodes in addition to those of {@code nodesToRemove}
   * @param maxSize the max number of machines, those that are draining included; 0: no limit
   * @param nodesToRemove nodes that are cordoned, drained and deleted
   */
  record PoolRequested(
      OperationId operation,
      ClusterId clusterId,
      PoolId pool,
      long generation,
      int size,
      int maxSize,
      List<NodeId> nodesToRemove)
      implements ProviderRequest {

    public PoolRequested {
      nodesToRemove = List.copyOf(nodesToRemove);
    }

    @Override
    public Target target() {
      return Target.pool(pool);
    }

    /** A run that rolls a pool requests one document after the other. */
    @Override
    public String idempotencyKey() {
      return operation() + "/" + target() + "/" + generation;
    }
  }

  record AclRequested(OperationId operation, ClusterId clusterId, long generation)
      implements ProviderRequest {

    @Override
    public Target target() {
      return Target.ACL;
    }
  }

  record NodeRebootRequested(OperationId operation, ClusterId clusterId, PoolId pool, NodeId node)
      implements ProviderRequest {

    @Override
    public Target target() {
      return Target.node(node);
    }
  }

  record ClusterActionRequested(OperationId operation, ClusterId clusterId, ClusterAction action)
      implements ProviderRequest {

    @Override
    public Target target() {
      return Target.action(action);
    }
  }

  record PoolRemovalRequested(OperationId operation, ClusterId clusterId, PoolId pool)
      implements ProviderRequest {

    @Override
    public Target target() {
      return Target.pool(pool);
    }
  }

  record AdditionalResourcesRemovalRequested(OperationId operation, ClusterId clusterId)
      implements ProviderRequest {

    @Override
    public Target target() {
      return Target.ADDITIONAL_RESOURCES;
    }
  }

  record ClusterRemovalRequested(OperationId operation, ClusterId clusterId)
      implements ProviderRequest {

    @Override
    public Target target() {
      return Target.CLUSTER;
    }
  }

  /** The run awaits the next observation of a pool and its nodes; it requests no change. */
  record PoolObservationAwaited(OperationId operation, ClusterId clusterId, PoolId pool)
      implements RequestEvent {

    @Override
    public Target target() {
      return Target.pool(pool);
    }
  }

  /** The run awaits the end of another one, which does a part of it. */
  record RunAwaited(OperationId operation, ClusterId clusterId, Target target, OperationId run)
      implements RequestEvent {}
}
