package io.keelson.aggregates.cluster;

import io.keelson.aggregates.cluster.ClusterState.Present;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterCommand.AddAclRules;
import io.keelson.commands.cluster.ClusterCommand.CreateCluster;
import io.keelson.commands.cluster.ClusterCommand.DeleteAclRule;
import io.keelson.commands.cluster.ClusterCommand.DeleteCluster;
import io.keelson.commands.cluster.ClusterCommand.FailAclChange;
import io.keelson.commands.cluster.ClusterCommand.FailClusterAction;
import io.keelson.commands.cluster.ClusterCommand.FailClusterChange;
import io.keelson.commands.cluster.ClusterCommand.FailClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FailClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FinishAclChange;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterAction;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterChange;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FinishControlPlaneUpgrade;
import io.keelson.commands.cluster.ClusterCommand.SetAclRules;
import io.keelson.commands.cluster.ClusterCommand.SetClusterType;
import io.keelson.commands.cluster.ClusterCommand.StartClusterAction;
import io.keelson.commands.cluster.ClusterCommand.UpdateCluster;
import io.keelson.commands.cluster.ClusterCommand.UpgradeCluster;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.pool.PoolCommand;
import java.util.List;

/**
 * What may happen to a cluster and its pools, routed by family. A customer's command that is
 * repeated changes nothing, however long ago its run has ended. A report of a run that comes late,
 * twice, or from a run that no longer holds the cluster changes nothing.
 */
public final class ClusterDecider {

  private ClusterDecider() {}

  public static List<? extends ClusterEvent> decide(ClusterCommand command, ClusterState state) {
    return switch (command) {
      case ClusterCommand.Customer c ->
          isRepeat(c.operation(), state) ? List.of() : customer(c, state);
      case ClusterCommand.Report c -> report(c, state);
      case ClusterCommand.Observation c ->
          state instanceof Present present ? ClusterObservations.decide(c, present) : List.of();
      case ClusterCommand.OfPool c -> ofPool((PoolCommand) c, state);
    };
  }

  private static List<? extends ClusterEvent> ofPool(PoolCommand command, ClusterState state) {
    return command instanceof PoolCommand.Customer && isRepeat(command.operation(), state)
        ? List.of()
        : PoolRouter.decide(command, state);
  }

  private static boolean isRepeat(OperationId operation, ClusterState state) {
    return state instanceof Present present && present.facts().started().contains(operation);
  }

  private static List<? extends ClusterEvent> customer(
      ClusterCommand.Customer command, ClusterState state) {
    return switch (command) {
      case CreateCluster c -> LifeDecider.create(c, state);
      case UpdateCluster c -> ControlPlaneDecider.update(c, state);
      case SetClusterType c -> ControlPlaneDecider.setType(c, state);
      case UpgradeCluster c -> UpgradeDecider.start(c, state);
      case SetAclRules c -> AccessRulesDecider.set(c, state);
      case AddAclRules c -> AccessRulesDecider.add(c, state);
      case DeleteAclRule c -> AccessRulesDecider.delete(c, state);
      case StartClusterAction c -> ClusterActionDecider.start(c, state);
      case DeleteCluster c -> LifeDecider.delete(c, state);
    };
  }

  private static List<? extends ClusterEvent> report(
      ClusterCommand.Report command, ClusterState state) {
    return switch (command) {
      case FinishClusterCreation c -> LifeDecider.finishCreation(c, state);
      case FailClusterCreation c -> LifeDecider.failCreation(c, state);
      case FinishControlPlaneUpgrade c -> UpgradeDecider.finishControlPlane(c, state);
      case FinishClusterChange c -> ControlPlaneDecider.finish(c, state);
      case FailClusterChange c -> ControlPlaneDecider.fail(c, state);
      case FinishAclChange c -> AccessRulesDecider.finish(c, state);
      case FailAclChange c -> AccessRulesDecider.fail(c, state);
      case FinishClusterAction c -> ClusterActionDecider.finish(c, state);
      case FailClusterAction c -> ClusterActionDecider.fail(c, state);
      case FinishClusterDeletion c -> LifeDecider.finishDeletion(c, state);
      case FailClusterDeletion c -> LifeDecider.failDeletion(c, state);
    };
  }
}
