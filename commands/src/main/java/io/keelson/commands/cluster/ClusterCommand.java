package io.keelson.commands.cluster;

import io.keelson.commands.AclRule;
import io.keelson.commands.AclRuleId;
import io.keelson.commands.ClusterAction;
import io.keelson.commands.ClusterId;
import io.keelson.commands.Command;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OperationId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.spec.ClusterChange;
import io.keelson.commands.spec.ClusterSpec;
import io.keelson.commands.spec.ClusterType;
import io.keelson.commands.spec.Pool;
import java.util.List;
import java.util.Map;

/** What can be requested of one cluster, in families like its events. */
public sealed interface ClusterCommand extends Command
    permits ClusterCommand.Customer,
        ClusterCommand.Report,
        ClusterCommand.Observation,
        ClusterCommand.OfPool {

  ClusterId clusterId();

  @Override
  default ClusterId stream() {
    return clusterId();
  }

  /** The commands about its pools; sealed in their own package. */
  non-sealed interface OfPool extends ClusterCommand {}

  /** A command of a customer. The same command again, with the same run, changes nothing. */
  sealed interface Customer extends ClusterCommand {
    OperationId operation();
  }

  /** What a run reports of its end, or of a part of it. */
  sealed interface Report extends ClusterCommand {
    OperationId operation();
  }

  /** What was observed at the provider. */
  sealed interface Observation extends ClusterCommand {}

  /** Creates a cluster with its first pools. */
  record CreateCluster(
      ClusterId clusterId,
      OperationId operation,
      OrganizationId organization,
      ProjectId project,
      String region,
      ClusterSpec spec,
      List<Pool> pools)
      implements Customer {

    public CreateCluster {
      pools = List.copyOf(pools);
    }
  }

  /** Changes a cluster; without a difference, the same document is applied once more. */
  record UpdateCluster(ClusterId clusterId, OperationId operation, ClusterChange change)
      implements Customer {}

  /** Moves a cluster to another type of its family. */
  record SetClusterType(ClusterId clusterId, OperationId operation, ClusterType type)
      implements Customer {}

  /**
   * Moves the control plane to a later patch or the next minor, and then, if requested, all pools.
   */
  record UpgradeCluster(
      ClusterId clusterId, OperationId operation, KubernetesVersion target, boolean upgradePools)
      implements Customer {}

  /** Replaces all rules of the access to the API server. */
  record SetAclRules(ClusterId clusterId, OperationId operation, List<AclRule> rules)
      implements Customer {

    public SetAclRules {
      rules = List.copyOf(rules);
    }
  }

  /** Adds rules of the access to the API server. */
  record AddAclRules(ClusterId clusterId, OperationId operation, List<AclRule> rules)
      implements Customer {

    public AddAclRules {
      rules = List.copyOf(rules);
    }
  }

  /** Deletes one rule of the access to the API server. */
  record DeleteAclRule(ClusterId clusterId, OperationId operation, AclRuleId rule)
      implements Customer {}

  /** Starts an action; while the same action is in progress, nothing happens. */
  record StartClusterAction(ClusterId clusterId, OperationId operation, ClusterAction action)
      implements Customer {}

  /** Deletes a cluster, from any state; the runs of the cluster end. */
  record DeleteCluster(ClusterId clusterId, OperationId operation, boolean withAdditionalResources)
      implements Customer {}

  /** The control plane and its components are in service. */
  record FinishClusterCreation(ClusterId clusterId, OperationId operation) implements Report {}

  /** A creation has failed: that of the cluster, or of each pool that the run still owes. */
  record FailClusterCreation(ClusterId clusterId, OperationId operation, String reason)
      implements Report {}

  /** Control plane and system components have the new version. */
  record FinishControlPlaneUpgrade(ClusterId clusterId, OperationId operation) implements Report {}

  /** A change of the cluster as a whole is done. */
  record FinishClusterChange(ClusterId clusterId, OperationId operation) implements Report {}

  /** A change of the cluster as a whole has failed. */
  record FailClusterChange(ClusterId clusterId, OperationId operation, String reason)
      implements Report {}

  /** The rules of the access to the API server are effective. */
  record FinishAclChange(ClusterId clusterId, OperationId operation) implements Report {}

  /** The rules of the access to the API server could not be made effective. */
  record FailAclChange(ClusterId clusterId, OperationId operation, String reason)
      implements Report {}

  /** The provider has done the action of the run. */
  record FinishClusterAction(ClusterId clusterId, OperationId operation) implements Report {}

  /** The provider has not done the action of the run. */
  record FailClusterAction(ClusterId clusterId, OperationId operation, String reason)
      implements Report {}

  /** The provider has nothing of the cluster any more. */
  record FinishClusterDeletion(ClusterId clusterId, OperationId operation) implements Report {}

  /**
   * The provider did not release the cluster in time, if the deletion is that of the cluster; the
   * deletion can be requested again.
   */
  record FailClusterDeletion(ClusterId clusterId, OperationId operation, String reason)
      implements Report {}

  /**
   * What the provider shows; nodes are recorded on their own.
   *
   * @param componentsNotReady names
   * @param pools those that the provider has
   */
  record RecordClusterObserved(
      ClusterId clusterId,
      ControlPlaneHealth controlPlane,
      List<String> componentsNotReady,
      Map<PoolId, PoolHealth> pools,
      List<AttachedResource> additionalResources)
      implements Observation {

    public RecordClusterObserved {
      componentsNotReady = componentsNotReady.stream().sorted().toList();
      pools = Map.copyOf(pools);
      additionalResources = additionalResources.stream().sorted().toList();
    }
  }

  /** The provider does not have the cluster. */
  record RecordClusterAbsent(ClusterId clusterId) implements Observation {}
}
