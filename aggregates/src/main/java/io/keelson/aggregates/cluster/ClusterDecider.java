package io.keelson.aggregates.cluster;

import io.keelson.aggregates.cluster.ClusterState.Present;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterCommand.AddAclRules;
import io.keelson.commands.cluster.ClusterCommand.CreateCluster;
import io.keelson.commands.cluster.ClusterCommand.CreatePool;
import io.keelson.commands.cluster.ClusterCommand.DeleteAclRule;
import io.keelson.commands.cluster.ClusterCommand.DeleteCluster;
import io.keelson.commands.cluster.ClusterCommand.DeletePool;
import io.keelson.commands.cluster.ClusterCommand.FailClusterChange;
import io.keelson.commands.cluster.ClusterCommand.FailClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FailClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FailNodeReplacement;
import io.keelson.commands.cluster.ClusterCommand.FailPoolCreation;
import io.keelson.commands.cluster.ClusterCommand.FailPoolUpdate;
import io.keelson.commands.cluster.ClusterCommand.FailPoolUpgrade;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterChange;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FinishControlPlaneUpgrade;
import io.keelson.commands.cluster.ClusterCommand.FinishNodeReplacement;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolCreation;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolDeletion;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolUpdate;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolUpgrade;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterGone;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterObserved;
import io.keelson.commands.cluster.ClusterCommand.RemoveNode;
import io.keelson.commands.cluster.ClusterCommand.ReplaceNode;
import io.keelson.commands.cluster.ClusterCommand.ResetAdminToken;
import io.keelson.commands.cluster.ClusterCommand.SetAclRules;
import io.keelson.commands.cluster.ClusterCommand.SetClusterType;
import io.keelson.commands.cluster.ClusterCommand.UpdateCluster;
import io.keelson.commands.cluster.ClusterCommand.UpdatePool;
import io.keelson.commands.cluster.ClusterCommand.UpgradeCluster;
import io.keelson.commands.cluster.ClusterCommand.UpgradePool;
import io.keelson.commands.cluster.ClusterEvent;
import java.util.List;
import java.util.stream.Stream;

/**
 * What may happen to a cluster, asked of those who know. Reports of processes that come late,
 * twice, or for an operation that no longer holds the cluster change nothing: the process learns of
 * its end elsewhere.
 */
public final class ClusterDecider {

  private ClusterDecider() {}

  public static List<? extends ClusterEvent> decide(ClusterCommand command, ClusterState state) {
    return Repeats.isRepeat(command, state) ? List.of() : decideNew(command, state);
  }

  private static List<? extends ClusterEvent> decideNew(
      ClusterCommand command, ClusterState state) {
    return switch (command) {
      case CreateCluster c -> LifeDecider.create(c, state);
      case FinishClusterCreation c -> LifeDecider.finishCreation(c, state);
      case FailClusterCreation c -> LifeDecider.failCreation(c, state);
      case UpdateCluster c -> WorkDecider.update(c, state);
      case SetClusterType c -> WorkDecider.setType(c, state);
      case UpgradeCluster c -> UpgradeDecider.start(c, state);
      case FinishControlPlaneUpgrade c -> UpgradeDecider.finishControlPlane(c, state);
      case FinishClusterChange c -> finishChange(c, state);
      case FailClusterChange c -> failChange(c, state);
      case SetAclRules c -> AclDecider.set(c, state);
      case AddAclRules c -> AclDecider.add(c, state);
      case DeleteAclRule c -> AclDecider.delete(c, state);
      case ResetAdminToken c -> AdminTokenDecider.reset(c, state);
      case CreatePool c -> PoolDecider.create(c, state);
      case FinishPoolCreation c -> PoolDecider.finishCreation(c, state);
      case FailPoolCreation c -> PoolDecider.failCreation(c, state);
      case UpdatePool c -> PoolUpdateDecider.update(c, state);
      case FinishPoolUpdate c -> PoolUpdateDecider.finish(c, state);
      case FailPoolUpdate c -> PoolUpdateDecider.fail(c, state);
      case RemoveNode c -> PoolUpdateDecider.remove(c, state);
      case UpgradePool c -> RollDecider.upgrade(c, state);
      case FinishPoolUpgrade c -> RollDecider.finishUpgrade(c, state);
      case FailPoolUpgrade c -> RollDecider.failUpgrade(c, state);
      case ReplaceNode c -> RollDecider.replace(c, state);
      case FinishNodeReplacement c -> RollDecider.finishReplacement(c, state);
      case FailNodeReplacement c -> RollDecider.failReplacement(c, state);
      case DeletePool c -> PoolDecider.delete(c, state);
      case FinishPoolDeletion c -> PoolDecider.finishDeletion(c, state);
      case DeleteCluster c -> LifeDecider.delete(c, state);
      case FinishClusterDeletion c -> LifeDecider.finishDeletion(c, state);
      case FailClusterDeletion c -> LifeDecider.failDeletion(c, state);
      case RecordClusterObserved c ->
          state instanceof Present p ? ClusterSightings.seen(c, p) : List.of();
      case RecordClusterGone c ->
          state instanceof Present p ? ClusterSightings.gone(c, p) : List.of();
    };
  }

  /** An operation is one of them, or none any more. */
  private static List<ClusterEvent> finishChange(FinishClusterChange c, ClusterState state) {
    return Stream.of(
            WorkDecider.finish(c, state),
            AclDecider.finish(c, state),
            AdminTokenDecider.finish(c, state))
        .flatMap(List::stream)
        .toList();
  }

  private static List<ClusterEvent> failChange(FailClusterChange c, ClusterState state) {
    return Stream.of(
            WorkDecider.fail(c, state), AclDecider.fail(c, state), AdminTokenDecider.fail(c, state))
        .flatMap(List::stream)
        .toList();
  }
}
