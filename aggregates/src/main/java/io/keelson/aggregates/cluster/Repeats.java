package io.keelson.aggregates.cluster;

import io.keelson.aggregates.cluster.ClusterState.Present;
import io.keelson.commands.OperationId;
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
import org.jspecify.annotations.Nullable;

/**
 * Which wishes were granted before: a caller may repeat one long after it has come true, and its
 * run must not begin again. Creations tell by what is there.
 */
final class Repeats {

  private Repeats() {}

  static boolean isRepeat(ClusterCommand command, ClusterState state) {
    OperationId asked = asked(command);
    return asked != null
        && state instanceof Present present
        && present.facts().asked().contains(asked);
  }

  private static @Nullable OperationId asked(ClusterCommand command) {
    return switch (command) {
      case UpdateCluster c -> c.operation();
      case SetClusterType c -> c.operation();
      case UpgradeCluster c -> c.operation();
      case SetAclRules c -> c.operation();
      case AddAclRules c -> c.operation();
      case DeleteAclRule c -> c.operation();
      case ResetAdminToken c -> c.operation();
      case UpdatePool c -> c.operation();
      case UpgradePool c -> c.operation();
      case ReplaceNode c -> c.operation();
      case RemoveNode c -> c.operation();
      case DeletePool c -> c.operation();
      case DeleteCluster c -> c.operation();
      case CreateCluster _,
          FinishClusterCreation _,
          FailClusterCreation _,
          FinishControlPlaneUpgrade _,
          FinishClusterChange _,
          FailClusterChange _,
          CreatePool _,
          FinishPoolCreation _,
          FailPoolCreation _,
          FinishPoolUpdate _,
          FailPoolUpdate _,
          FinishPoolUpgrade _,
          FailPoolUpgrade _,
          FinishNodeReplacement _,
          FailNodeReplacement _,
          FinishPoolDeletion _,
          FinishClusterDeletion _,
          FailClusterDeletion _,
          RecordClusterObserved _,
          RecordClusterGone _ ->
          null;
    };
  }
}
