package io.keelson.commands.cluster;

import io.keelson.commands.AclRule;
import io.keelson.commands.ClusterId;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.provisioning.AdditionalResource;
import io.keelson.commands.provisioning.ObservedComponents;
import io.keelson.commands.provisioning.ObservedControlPlane;
import io.keelson.commands.provisioning.ObservedPool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has happened to one cluster and its pools. */
public sealed interface ClusterEvent extends DomainEvent {

  ClusterId clusterId();

  @Override
  default ClusterId stream() {
    return clusterId();
  }

  @Override
  default ClusterId cluster() {
    return clusterId();
  }

  /** Something that happens on behalf of an operation. */
  sealed interface OfOperation extends ClusterEvent {
    OperationId operation();

    @Override
    default OperationId operationId() {
      return operation();
    }
  }

  /** An event of a pool. */
  sealed interface PoolEvent extends OfOperation {
    PoolId pool();
  }

  /**
   * Something seen at the provider that differs from what was seen before.
   *
   * <p>{@code concerns()}: the operations that are waiting for news of this subject.
   */
  sealed interface Observed extends ClusterEvent {
    List<OperationId> concerns();
  }

  /** A cluster is being created; its first pools follow in the same transaction. */
  record ClusterCreationStarted(
      ClusterId clusterId,
      OperationId operation,
      OrganizationId organization,
      ProjectId project,
      String region,
      ClusterSpec spec,
      List<Pool> pools)
      implements OfOperation {

    public ClusterCreationStarted {
      pools = List.copyOf(pools);
    }
  }

  /** The control plane and its system components are in service. */
  record ClusterCreationFinished(ClusterId clusterId, OperationId operation)
      implements OfOperation {}

  /** The cluster cannot be brought into service; it can only be deleted. */
  record ClusterCreationFailed(ClusterId clusterId, OperationId operation, String reason)
      implements OfOperation {}

  /** The cluster should be otherwise than before, of the same type and version. */
  record ClusterUpdateStarted(
      ClusterId clusterId,
      OperationId operation,
      ProjectId project,
      String region,
      long generation,
      ClusterSpec before,
      ClusterSpec after)
      implements OfOperation {}

  /** The cluster is as was asked. */
  record ClusterUpdateFinished(ClusterId clusterId, OperationId operation) implements OfOperation {}

  /** The cluster could not be made as was asked. */
  record ClusterUpdateFailed(ClusterId clusterId, OperationId operation, String reason)
      implements OfOperation {}

  /** The cluster should be of another type. */
  record ClusterTypeChangeStarted(
      ClusterId clusterId,
      OperationId operation,
      String region,
      long generation,
      ClusterSpec before,
      ClusterSpec after)
      implements OfOperation {}

  /** The cluster is of the type that was asked. */
  record ClusterTypeChangeFinished(ClusterId clusterId, OperationId operation)
      implements OfOperation {}

  /** The cluster could not be made of the type that was asked. */
  record ClusterTypeChangeFailed(ClusterId clusterId, OperationId operation, String reason)
      implements OfOperation {}

  /**
   * The cluster should have another version.
   *
   * @param pools that follow the control plane, each with the operation that will roll it
   * @param oldestNode the oldest version that any node may have
   */
  record ClusterUpgradeStarted(
      ClusterId clusterId,
      OperationId operation,
      String region,
      long generation,
      ClusterSpec before,
      ClusterSpec after,
      KubernetesVersion oldestNode,
      List<Plan.PoolRun> pools)
      implements OfOperation {

    public ClusterUpgradeStarted {
      pools = List.copyOf(pools);
    }
  }

  /**
   * Every API server and the system components have the new version; pools may follow.
   *
   * @param left planned pools that do not follow: they have been deleted meanwhile
   */
  record ControlPlaneUpgraded(
      ClusterId clusterId,
      OperationId operation,
      KubernetesVersion before,
      KubernetesVersion after,
      List<PoolId> left)
      implements OfOperation {

    public ControlPlaneUpgraded {
      left = List.copyOf(left);
    }
  }

  /** All of the upgrade is done, its pools included. */
  record ClusterUpgradeFinished(ClusterId clusterId, OperationId operation)
      implements OfOperation {}

  /** The upgrade has not come to its end; what has the new version keeps it. */
  record ClusterUpgradeFailed(ClusterId clusterId, OperationId operation, String reason)
      implements OfOperation {}

  /**
   * Other rules should say who may reach the API server.
   *
   * @param superseded the operations that it ends: what they were for is not wanted any more
   */
  record AclChangeStarted(
      ClusterId clusterId,
      OperationId operation,
      long generation,
      List<AclRule> before,
      List<AclRule> after,
      List<OperationId> superseded)
      implements OfOperation {

    public AclChangeStarted {
      before = List.copyOf(before);
      after = List.copyOf(after);
      superseded = List.copyOf(superseded);
    }
  }

  /** The rules are in force. */
  record AclChangeFinished(ClusterId clusterId, OperationId operation) implements OfOperation {}

  /** The rules could not be brought into force. */
  record AclChangeFailed(ClusterId clusterId, OperationId operation, String reason)
      implements OfOperation {}

  /** The administrator's credential is to be void, and another to take its place. */
  record AdminTokenResetStarted(ClusterId clusterId, OperationId operation)
      implements OfOperation {}

  /** There is another administrator's credential; the one before is void. */
  record AdminTokenResetFinished(ClusterId clusterId, OperationId operation)
      implements OfOperation {}

  /** The administrator's credential could not be replaced. */
  record AdminTokenResetFailed(ClusterId clusterId, OperationId operation, String reason)
      implements OfOperation {}

  /**
   * A pool is being created.
   *
   * @param withCluster whether it comes with its cluster, whose creation makes it
   */
  record PoolCreationStarted(
      ClusterId clusterId,
      PoolId pool,
      OperationId operation,
      long generation,
      String clusterName,
      PoolSpec spec,
      boolean withCluster)
      implements PoolEvent {}

  /** Every node of the new pool is ready. */
  record PoolCreationFinished(ClusterId clusterId, PoolId pool, OperationId operation)
      implements PoolEvent {}

  /** The new pool did not come to its size; the reason is shown to its owner. */
  record PoolCreationFailed(ClusterId clusterId, PoolId pool, OperationId operation, String reason)
      implements PoolEvent {}

  /**
   * A pool should be otherwise than before.
   *
   * @param kind {@code SCALE} where its number of nodes has to change, else {@code UPDATE}
   * @param unwanted nodes that go, those of superseded changes included
   * @param superseded the operations that it ends: what they were for is not wanted any more
   */
  record PoolUpdateStarted(
      ClusterId clusterId,
      PoolId pool,
      OperationId operation,
      OperationKind kind,
      long generation,
      String clusterName,
      PoolSpec before,
      PoolSpec after,
      List<NodeId> unwanted,
      List<OperationId> superseded)
      implements PoolEvent {

    public PoolUpdateStarted {
      unwanted = List.copyOf(unwanted);
      superseded = List.copyOf(superseded);
    }
  }

  /** The pool is as was asked. */
  record PoolUpdateFinished(ClusterId clusterId, PoolId pool, OperationId operation)
      implements PoolEvent {}

  /** The pool could not be made as was asked; the reason is shown to its owner. */
  record PoolUpdateFailed(ClusterId clusterId, PoolId pool, OperationId operation, String reason)
      implements PoolEvent {}

  /**
   * Every node of the pool is being replaced by one of the version in {@code after}.
   *
   * @param generation of its first document; those that follow on the way count on from it
   * @param upgrade the operation of the cluster's upgrade that it is a part of; null: of none
   * @param superseded the operations that it ends: its documents say what they were for
   */
  record PoolUpgradeStarted(
      ClusterId clusterId,
      PoolId pool,
      OperationId operation,
      @Nullable OperationId upgrade,
      long generation,
      String clusterName,
      PoolSpec before,
      PoolSpec after,
      List<OperationId> superseded)
      implements PoolEvent {

    public PoolUpgradeStarted {
      superseded = List.copyOf(superseded);
    }
  }

  /** Every node of the pool has been replaced. */
  record PoolUpgradeFinished(
      ClusterId clusterId, PoolId pool, OperationId operation, @Nullable OperationId upgrade)
      implements PoolEvent {}

  /** Not every node of the pool could be replaced: it may have nodes of two versions now. */
  record PoolUpgradeFailed(
      ClusterId clusterId,
      PoolId pool,
      OperationId operation,
      @Nullable OperationId upgrade,
      String reason)
      implements PoolEvent {}

  /**
   * A node is being replaced by a new one.
   *
   * @param generation of the first document; those that follow on the way count on from it
   */
  record NodeReplacementStarted(
      ClusterId clusterId,
      PoolId pool,
      NodeId node,
      OperationId operation,
      long generation,
      String clusterName,
      PoolSpec spec)
      implements PoolEvent {}

  /** The node's successor is ready, and it is gone. */
  record NodeReplacementFinished(
      ClusterId clusterId, PoolId pool, NodeId node, OperationId operation) implements PoolEvent {}

  /** The node could not be replaced. */
  record NodeReplacementFailed(
      ClusterId clusterId, PoolId pool, NodeId node, OperationId operation, String reason)
      implements PoolEvent {}

  /**
   * The pool is being deleted; it has no nodes from here on.
   *
   * @param withCluster whether it goes with its cluster, whose deletion removes it and ends what
   *     still runs for it
   * @param superseded the operations that it ends: what they were for is not wanted any more
   */
  record PoolDeletionStarted(
      ClusterId clusterId,
      PoolId pool,
      OperationId operation,
      boolean withCluster,
      List<OperationId> superseded)
      implements PoolEvent {

    public PoolDeletionStarted {
      superseded = List.copyOf(superseded);
    }
  }

  /** The pool is gone, and its name is free. */
  record PoolDeletionFinished(ClusterId clusterId, PoolId pool, OperationId operation)
      implements PoolEvent {}

  /** The provider did not let go of the pool in time; deletion can be asked for again. */
  record PoolDeletionFailed(ClusterId clusterId, PoolId pool, OperationId operation, String reason)
      implements PoolEvent {}

  /**
   * The cluster is being deleted.
   *
   * @param superseded the operations that it ends
   */
  record ClusterDeletionStarted(
      ClusterId clusterId,
      OperationId operation,
      boolean withAdditionalResources,
      List<PoolId> pools,
      List<OperationId> superseded)
      implements OfOperation {

    public ClusterDeletionStarted {
      pools = List.copyOf(pools);
      superseded = List.copyOf(superseded);
    }
  }

  /**
   * The cluster is gone, and its name is free.
   *
   * @param project and {@code name}: what is free again
   */
  record ClusterDeletionFinished(
      ClusterId clusterId, OperationId operation, ProjectId project, String name)
      implements OfOperation {}

  /** The provider did not let go of the cluster in time; deletion can be asked for again. */
  record ClusterDeletionFailed(ClusterId clusterId, OperationId operation, String reason)
      implements OfOperation {}

  /** The control plane looks otherwise than before. */
  record ControlPlaneObserved(
      ClusterId clusterId, List<OperationId> concerns, ObservedControlPlane controlPlane)
      implements Observed {

    public ControlPlaneObserved {
      concerns = List.copyOf(concerns);
    }
  }

  /** The system components look otherwise than before. */
  record ComponentsObserved(
      ClusterId clusterId, List<OperationId> concerns, ObservedComponents components)
      implements Observed {

    public ComponentsObserved {
      concerns = List.copyOf(concerns);
    }
  }

  /**
   * A pool looks otherwise than before.
   *
   * @param observed null: the provider does not have it (any more)
   */
  record PoolObserved(
      ClusterId clusterId, PoolId pool, List<OperationId> concerns, @Nullable ObservedPool observed)
      implements Observed {

    public PoolObserved {
      concerns = List.copyOf(concerns);
    }
  }

  /** What workloads made beside the cluster is otherwise than before. */
  record AdditionalResourcesObserved(
      ClusterId clusterId, List<OperationId> concerns, List<AdditionalResource> resources)
      implements Observed {

    public AdditionalResourcesObserved {
      concerns = List.copyOf(concerns);
      resources = List.copyOf(resources);
    }
  }

  /** The provider does not know the cluster (any more). */
  record ClusterGoneObserved(ClusterId clusterId, List<OperationId> concerns) implements Observed {

    public ClusterGoneObserved {
      concerns = List.copyOf(concerns);
    }
  }
}
