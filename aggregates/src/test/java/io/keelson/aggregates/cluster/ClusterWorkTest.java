package io.keelson.aggregates.cluster;

import static io.keelson.aggregates.cluster.Clusters.ACL;
import static io.keelson.aggregates.cluster.Clusters.CHANGE;
import static io.keelson.aggregates.cluster.Clusters.CLUSTER;
import static io.keelson.aggregates.cluster.Clusters.DELETION;
import static io.keelson.aggregates.cluster.Clusters.OTHER;
import static io.keelson.aggregates.cluster.Clusters.OTHER_POOL;
import static io.keelson.aggregates.cluster.Clusters.PLANNED_ROLL;
import static io.keelson.aggregates.cluster.Clusters.POOL;
import static io.keelson.aggregates.cluster.Clusters.REMOVAL;
import static io.keelson.aggregates.cluster.Clusters.REPLACEMENT;
import static io.keelson.aggregates.cluster.Clusters.ROLLING;
import static io.keelson.aggregates.cluster.Clusters.SCALING;
import static io.keelson.aggregates.cluster.Clusters.TOKEN;
import static io.keelson.aggregates.cluster.Clusters.TYPE_CHANGE;
import static io.keelson.aggregates.cluster.Clusters.UPDATE;
import static io.keelson.aggregates.cluster.Clusters.UPGRADING;
import static io.keelson.aggregates.cluster.Clusters.after;
import static io.keelson.aggregates.cluster.Clusters.applied;
import static io.keelson.aggregates.cluster.Clusters.argument;
import static io.keelson.aggregates.cluster.Clusters.observed;
import static io.keelson.aggregates.cluster.Clusters.only;
import static io.keelson.aggregates.cluster.Clusters.outcome;
import static io.keelson.aggregates.cluster.Clusters.pool;
import static io.keelson.aggregates.cluster.Clusters.wanted;
import static io.keelson.aggregates.cluster.SampleCommands.CONTROL_PLANE_DONE;
import static io.keelson.aggregates.cluster.SampleCommands.CREATED;
import static io.keelson.aggregates.cluster.SampleCommands.DELETE;
import static io.keelson.aggregates.cluster.SampleCommands.DELETE_POOL;
import static io.keelson.aggregates.cluster.SampleCommands.LABELS;
import static io.keelson.aggregates.cluster.SampleCommands.PLANNED_ROLL_DONE;
import static io.keelson.aggregates.cluster.SampleCommands.POOL_CREATED;
import static io.keelson.aggregates.cluster.SampleCommands.REMOVE;
import static io.keelson.aggregates.cluster.SampleCommands.RENAME;
import static io.keelson.aggregates.cluster.SampleCommands.REPLACE;
import static io.keelson.aggregates.cluster.SampleCommands.RESET_TOKEN;
import static io.keelson.aggregates.cluster.SampleCommands.ROLL;
import static io.keelson.aggregates.cluster.SampleCommands.SET_ACL;
import static io.keelson.aggregates.cluster.SampleCommands.TYPE;
import static io.keelson.aggregates.cluster.SampleCommands.UPGRADE;
import static io.keelson.aggregates.cluster.SampleCommands.command;
import static io.keelson.aggregates.cluster.SampleCommands.createPool;
import static io.keelson.aggregates.cluster.SampleCommands.fail;
import static io.keelson.aggregates.cluster.SampleCommands.finish;
import static io.keelson.aggregates.cluster.SampleCommands.rename;
import static io.keelson.aggregates.cluster.SampleCommands.scale;
import static io.keelson.aggregates.cluster.SampleCommands.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.aggregates.cluster.ClusterState.Running;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.Id;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterCommand.CreatePool;
import io.keelson.commands.cluster.ClusterCommand.FailPoolUpdate;
import io.keelson.commands.cluster.ClusterCommand.FailPoolUpgrade;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolUpgrade;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterObserved;
import io.keelson.commands.cluster.ClusterCommand.SetClusterType;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterTypeChangeStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpdateStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpgradeStarted;
import io.keelson.commands.cluster.ClusterEvent.ComponentsObserved;
import io.keelson.commands.cluster.ClusterEvent.ControlPlaneObserved;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolObserved;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateStarted;
import io.keelson.commands.cluster.ClusterType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What may happen to a cluster in service while something is at work on it, and after that. */
class ClusterWorkTest {

  /** One row for each command, one column for each state; - is: nothing has to change. */
  private static final String TABLE =
      """
      command | updating | update failed | changing type | type failed | upgrading | upgrade failed | rolling pools | rolling failed | pools rolled | pool leaves upgrade | pool upgrading | pool upgrade failed | replacing | removing | removal failed | acl changing | acl failed | token resetting
      create | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      create other | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED
      finish | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      finish by other | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      fail | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      fail by other | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      create pool | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted | !BUSY | PoolCreationStarted | !BUSY | PoolCreationStarted | !BUSY | !BUSY | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted
      create same name | !NAME_TAKEN | !NAME_TAKEN | !NAME_TAKEN | !NAME_TAKEN | !BUSY | !NAME_TAKEN | !BUSY | !NAME_TAKEN | !BUSY | !BUSY | !NAME_TAKEN | !NAME_TAKEN | !NAME_TAKEN | !NAME_TAKEN | !NAME_TAKEN | !NAME_TAKEN | !NAME_TAKEN | !NAME_TAKEN
      create empty | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted | !BUSY | PoolCreationStarted | !BUSY | PoolCreationStarted | !BUSY | !BUSY | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted | PoolCreationStarted
      create too large | !QUOTA | !QUOTA | PoolCreationStarted | PoolCreationStarted | !BUSY | !QUOTA | !BUSY | !QUOTA | !BUSY | !BUSY | !QUOTA | !QUOTA | !QUOTA | !QUOTA | !QUOTA | !QUOTA | !QUOTA | !QUOTA
      create again | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED | !KEY_REUSED
      pool finish | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      pool fail | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      pool finish other | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      labels | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | !BUSY | !BUSY | PoolUpdateStarted | !BUSY | !BUSY | PoolUpdateStarted | !BUSY | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted
      same labels | - | - | - | - | - | - | - | - | - | !BUSY | - | PoolUpdateStarted | - | - | PoolUpdateStarted | - | - | -
      labels unknown | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND
      taints | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | !BUSY | !BUSY | PoolUpdateStarted | !BUSY | !BUSY | PoolUpdateStarted | !BUSY | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted
      startup taints | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | !BUSY | !BUSY | PoolUpdateStarted | !BUSY | !BUSY | PoolUpdateStarted | !BUSY | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted
      scale | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | !BUSY | PoolUpdateStarted | !BUSY | !BUSY | !BUSY | !BUSY | !BUSY | PoolUpdateStarted | !BUSY | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted
      same size | - | - | - | - | - | - | - | - | - | !BUSY | - | PoolUpdateStarted | - | PoolUpdateStarted | PoolUpdateStarted | - | - | -
      scale too far | !QUOTA | !QUOTA | PoolUpdateStarted | PoolUpdateStarted | !BUSY | !QUOTA | !BUSY | !BUSY | !BUSY | !BUSY | !BUSY | !QUOTA | !BUSY | !QUOTA | !QUOTA | !QUOTA | !QUOTA | !QUOTA
      bad bounds | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !BUSY | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID
      update finish | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      update fail | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      update finish other | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      scale finish | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      scale fail | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      delete pool | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | - | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted
      delete pool other | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | - | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted | PoolDeletionStarted
      delete unknown | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND
      pool deletion finish | - | - | - | - | - | - | - | - | - | PoolDeletionFinished | - | - | - | - | - | - | - | -
      pool deletion fail | - | - | - | - | - | - | - | - | - | PoolDeletionFailed | - | - | - | - | - | - | - | -
      delete | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted
      delete other | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted | ClusterDeletionStarted,PoolDeletionStarted
      pool is gone | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      deletion finish | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      deletion fail | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      deletion other | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      observed | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved | ControlPlaneObserved,ComponentsObserved,PoolObserved,AdditionalResourcesObserved
      gone | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      rename | - | - | !BUSY | ClusterUpdateStarted | !BUSY | ClusterUpdateStarted | !BUSY | ClusterUpdateStarted | !BUSY | !BUSY | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted
      update other | !BUSY | ClusterUpdateStarted | !BUSY | ClusterUpdateStarted | !BUSY | ClusterUpdateStarted | !BUSY | ClusterUpdateStarted | !BUSY | !BUSY | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted | ClusterUpdateStarted
      type | !BUSY | ClusterTypeChangeStarted | - | - | !BUSY | ClusterTypeChangeStarted | !BUSY | ClusterTypeChangeStarted | !BUSY | !BUSY | ClusterTypeChangeStarted | ClusterTypeChangeStarted | ClusterTypeChangeStarted | ClusterTypeChangeStarted | ClusterTypeChangeStarted | ClusterTypeChangeStarted | ClusterTypeChangeStarted | ClusterTypeChangeStarted
      same type | !BUSY | - | !BUSY | ClusterTypeChangeStarted | !BUSY | - | !BUSY | - | !BUSY | !BUSY | - | - | - | - | - | - | - | -
      other family | !BUSY | !INVALID | !BUSY | !INVALID | !BUSY | !INVALID | !BUSY | !INVALID | !BUSY | !BUSY | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID
      upgrade | !BUSY | ClusterUpgradeStarted | !BUSY | ClusterUpgradeStarted | - | - | - | - | - | - | !BUSY | ClusterUpgradeStarted | !BUSY | !BUSY | ClusterUpgradeStarted | ClusterUpgradeStarted | ClusterUpgradeStarted | ClusterUpgradeStarted
      upgrade alone | !BUSY | ClusterUpgradeStarted | !BUSY | ClusterUpgradeStarted | !BUSY | ClusterUpgradeStarted | !BUSY | ClusterUpgradeStarted | !BUSY | !BUSY | ClusterUpgradeStarted | ClusterUpgradeStarted | ClusterUpgradeStarted | ClusterUpgradeStarted | ClusterUpgradeStarted | ClusterUpgradeStarted | ClusterUpgradeStarted | ClusterUpgradeStarted
      same version | !BUSY | !INVALID | !BUSY | !INVALID | !BUSY | !INVALID | !BUSY | !INVALID | !BUSY | !BUSY | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID
      version too far | !BUSY | !INVALID | !BUSY | !INVALID | !BUSY | !INVALID | !BUSY | ClusterUpgradeStarted | !BUSY | !BUSY | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID
      downgrade | !BUSY | !INVALID | !BUSY | !INVALID | !BUSY | !INVALID | !BUSY | !INVALID | !BUSY | !BUSY | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID
      control plane done | - | - | - | - | ControlPlaneUpgraded,PoolUpgradeStarted | - | - | - | - | ControlPlaneUpgraded | - | - | - | - | - | - | - | -
      control plane done other | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      rename finish | ClusterUpdateFinished | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      rename fail | ClusterUpdateFailed | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      type finish | - | - | ClusterTypeChangeFinished | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      type fail | - | - | ClusterTypeChangeFailed | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      upgrade finish | - | - | - | - | - | - | ClusterUpgradeFinished | - | ClusterUpgradeFinished | - | - | - | - | - | - | - | - | -
      upgrade fail | - | - | - | - | ClusterUpgradeFailed | - | ClusterUpgradeFailed | - | ClusterUpgradeFailed | ClusterUpgradeFailed | - | - | - | - | - | - | - | -
      change finish other | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      change fail other | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      set acl | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | - | - | AclChangeStarted
      add acl | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted
      delete acl | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | AclChangeStarted | !NOT_FOUND | !NOT_FOUND | AclChangeStarted
      delete unknown acl | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND
      acl finish | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | AclChangeFinished | - | -
      acl fail | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | AclChangeFailed | - | -
      reset token | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | -
      reset token other | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | AdminTokenResetStarted | -
      token finish | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | AdminTokenResetFinished
      token fail | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | AdminTokenResetFailed
      upgrade pool | PoolUpgradeStarted | PoolUpgradeStarted | PoolUpgradeStarted | PoolUpgradeStarted | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !BUSY | - | - | !BUSY | !BUSY | PoolUpgradeStarted | PoolUpgradeStarted | PoolUpgradeStarted | PoolUpgradeStarted
      upgrade pool newer | !INVALID | !INVALID | !INVALID | !INVALID | !BUSY | !BUSY | !BUSY | !BUSY | PoolUpgradeStarted | !BUSY | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID | !INVALID
      upgrade pool unknown | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND | !NOT_FOUND
      roll finish | - | - | - | - | - | - | - | - | - | - | PoolUpgradeFinished | - | - | - | - | - | - | -
      roll fail | - | - | - | - | - | - | - | - | - | - | PoolUpgradeFailed | - | - | - | - | - | - | -
      planned roll finish | - | - | - | - | - | - | PoolUpgradeFinished | PoolUpgradeFinished | - | - | - | - | - | - | - | - | - | -
      planned roll fail | - | - | - | - | - | - | PoolUpgradeFailed | PoolUpgradeFailed | - | - | - | - | - | - | - | - | - | -
      replace | NodeReplacementStarted | NodeReplacementStarted | NodeReplacementStarted | NodeReplacementStarted | !BUSY | NodeReplacementStarted | !BUSY | !BUSY | !BUSY | !BUSY | !BUSY | NodeReplacementStarted | - | !NOT_FOUND | !NOT_FOUND | NodeReplacementStarted | NodeReplacementStarted | NodeReplacementStarted
      replace other | NodeReplacementStarted | NodeReplacementStarted | NodeReplacementStarted | NodeReplacementStarted | !BUSY | NodeReplacementStarted | !BUSY | !BUSY | !BUSY | !BUSY | !BUSY | NodeReplacementStarted | !BUSY | !BUSY | NodeReplacementStarted | NodeReplacementStarted | NodeReplacementStarted | NodeReplacementStarted
      replace finish | - | - | - | - | - | - | - | - | - | - | - | - | NodeReplacementFinished | - | - | - | - | -
      replace fail | - | - | - | - | - | - | - | - | - | - | - | - | NodeReplacementFailed | - | - | - | - | -
      remove | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | !BUSY | PoolUpdateStarted | !BUSY | !BUSY | !BUSY | !BUSY | !BUSY | PoolUpdateStarted | !BUSY | - | - | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted
      remove again | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | !BUSY | PoolUpdateStarted | !BUSY | !BUSY | !BUSY | !BUSY | !BUSY | PoolUpdateStarted | !BUSY | - | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted | PoolUpdateStarted
      remove finish | - | - | - | - | - | - | - | - | - | - | - | - | - | PoolUpdateFinished | - | - | - | -
      remove fail | - | - | - | - | - | - | - | - | - | - | - | - | - | PoolUpdateFailed | - | - | - | -
      """;

  private static final Cells CELLS = new Cells(states(), TABLE);

  @TestFactory
  Stream<DynamicTest> every_command_in_every_state() {
    return CELLS.tests();
  }

  @Test
  void the_table_has_every_command_and_every_state() {
    CELLS.assertComplete();
  }

  static Map<String, ClusterState> states() {
    Map<String, ClusterState> states = new LinkedHashMap<>();
    states.put("updating", inService(RENAME));
    states.put("update failed", inService(RENAME, fail(CHANGE)));
    states.put("changing type", inService(TYPE));
    states.put("type failed", inService(TYPE, fail(TYPE_CHANGE)));
    states.put("upgrading", inService(UPGRADE));
    states.put("upgrade failed", inService(UPGRADE, fail(UPGRADING)));
    states.put("rolling pools", inService(UPGRADE, CONTROL_PLANE_DONE));
    states.put("rolling failed", inService(UPGRADE, CONTROL_PLANE_DONE, fail(UPGRADING)));
    states.put("pools rolled", inService(UPGRADE, CONTROL_PLANE_DONE, PLANNED_ROLL_DONE));
    states.put("pool leaves upgrade", inService(UPGRADE, DELETE_POOL));
    states.put("pool upgrading", inService(ROLL));
    states.put(
        "pool upgrade failed", inService(ROLL, new FailPoolUpgrade(CLUSTER, POOL, ROLLING, "no")));
    states.put("replacing", inService(REPLACE));
    states.put("removing", inService(REMOVE));
    states.put(
        "removal failed", inService(REMOVE, new FailPoolUpdate(CLUSTER, POOL, REMOVAL, "no")));
    states.put("acl changing", inService(SET_ACL));
    states.put("acl failed", inService(SET_ACL, fail(ACL)));
    states.put("token resetting", inService(RESET_TOKEN));
    return states;
  }

  private static ClusterState inService(ClusterCommand... commands) {
    ClusterState state = after(wanted("one"), CREATED, POOL_CREATED);
    for (ClusterCommand command : commands) {
      state = applied(command, state);
    }
    return state;
  }

  @Test
  void an_update_says_what_was_and_what_is() {
    ClusterUpdateStarted e = only(ClusterUpdateStarted.class, RENAME, inService());

    assertThat(e.before().name()).isEqualTo("one");
    assertThat(e.after().name()).isEqualTo("two");
    assertThat(e.project()).isEqualTo(wanted("one").project());
    assertThat(e.region()).isEqualTo("fr-par");
    assertThat(e.generation()).isEqualTo(2);
  }

  @Test
  void whatever_changes_the_control_plane_counts_its_generation_up() {
    ClusterState updated = inService(RENAME, finish(CHANGE));
    assertThat(only(ClusterTypeChangeStarted.class, TYPE, updated).generation()).isEqualTo(3);
    ClusterState changed = applied(finish(TYPE_CHANGE), applied(TYPE, updated));
    assertThat(only(ClusterUpgradeStarted.class, UPGRADE, changed).generation()).isEqualTo(4);
    ClusterState failed = applied(fail(UPGRADING), applied(UPGRADE, changed));
    assertThat(only(ClusterUpdateStarted.class, rename(OTHER, "three"), failed).generation())
        .isEqualTo(5);
  }

  @Test
  void a_new_name_is_the_one_that_counts_from_then_on() {
    ClusterState renamed = inService(RENAME, finish(CHANGE));
    CreatePool another = createPool(OTHER_POOL, pool("other", 1));

    assertThat(only(PoolCreationStarted.class, another, renamed).clusterName()).isEqualTo("two");
    assertThat(only(PoolUpdateStarted.class, LABELS, renamed).clusterName()).isEqualTo("two");
    assertThat(
            ClusterDecider.decide(
                    new FinishClusterDeletion(CLUSTER, DELETION), applied(DELETE, renamed))
                .getLast())
        .isInstanceOfSatisfying(
            ClusterDeletionFinished.class, e -> assertThat(e.name()).isEqualTo("two"));
  }

  @Test
  void a_pool_that_was_created_under_the_old_name_is_known_when_it_is_asked_for_again() {
    CreatePool another = createPool(OTHER_POOL, pool("other", 1));
    assertThat(outcome(another, inService(another, RENAME))).isEqualTo("-");
  }

  @Test
  void another_type_must_have_room_for_all_nodes_that_stay() {
    SetClusterType down = type(OTHER, ClusterType.KAPSULE);
    ClusterState large = inService(TYPE, finish(TYPE_CHANGE), scale(SCALING, 151));

    assertThatThrownBy(() -> ClusterDecider.decide(down, large))
        .isInstanceOfSatisfying(
            CommandRejected.class,
            e ->
                assertThat(e.quota())
                    .isEqualTo(
                        new CommandRejected.Quota(
                            "cluster_nodes", 150, 151, wanted("one").project())));
    assertThat(outcome(down, applied(scale(UPDATE, 150), large)))
        .isEqualTo("ClusterTypeChangeStarted");
    assertThat(outcome(down, applied(DELETE_POOL, large))).isEqualTo("ClusterTypeChangeStarted");
  }

  @Test
  void the_type_that_is_asked_for_limits_the_nodes() {
    assertThat(outcome(scale(SCALING, 151), inService())).isEqualTo("!QUOTA");
    assertThat(outcome(scale(SCALING, 250), inService(TYPE))).isEqualTo("PoolUpdateStarted");
    assertThat(outcome(scale(SCALING, 251), inService(TYPE))).isEqualTo("!QUOTA");
  }

  @Test
  void a_cluster_that_is_busy_as_a_whole_says_so() {
    assertThat(argument(TYPE, inService(RENAME))).isEqualTo("cluster_id");
    assertThat(argument(type(OTHER, ClusterType.MULTICLOUD), inService())).isEqualTo("type");
  }

  @Test
  void a_deletion_ends_whatever_runs_for_the_cluster() {
    ClusterState busy = inService(SET_ACL, RESET_TOKEN, LABELS, UPGRADE);
    assertThat(superseded(busy)).containsExactlyInAnyOrder(ACL, TOKEN, UPDATE, UPGRADING);
    ClusterState rolling = applied(CONTROL_PLANE_DONE, busy);
    assertThat(superseded(rolling))
        .as("the roll has taken the change of labels over")
        .containsExactlyInAnyOrder(ACL, TOKEN, PLANNED_ROLL, UPGRADING);
    assertThat(superseded(inService(TYPE, REPLACE)))
        .containsExactlyInAnyOrder(TYPE_CHANGE, REPLACEMENT);
    assertThat(superseded(inService(RENAME, finish(CHANGE)))).isEmpty();
  }

  private static List<OperationId> superseded(ClusterState state) {
    return ((ClusterDeletionStarted) ClusterDecider.decide(DELETE, state).getFirst()).superseded();
  }

  @Test
  void nothing_that_was_ended_by_a_deletion_ends_once_more() {
    ClusterState deleting = inService(SET_ACL, RESET_TOKEN, UPGRADE, CONTROL_PLANE_DONE, DELETE);
    List<ClusterCommand> late =
        List.of(
            finish(ACL),
            fail(ACL),
            finish(TOKEN),
            fail(TOKEN),
            finish(UPGRADING),
            fail(UPGRADING),
            PLANNED_ROLL_DONE,
            CONTROL_PLANE_DONE);
    assertThat(late).allSatisfy(c -> assertThat(outcome(c, deleting)).isEqualTo("-"));
  }

  @Test
  void a_sight_of_the_control_plane_concerns_the_work_and_one_of_a_pool_what_rolls_it() {
    RecordClusterObserved seen = new RecordClusterObserved(CLUSTER, observed(1, 1));
    List<? extends ClusterEvent> events =
        ClusterDecider.decide(seen, inService(UPGRADE, CONTROL_PLANE_DONE));

    assertThat(events)
        .filteredOn(e -> !(e instanceof PoolObserved))
        .filteredOn(e -> e instanceof ControlPlaneObserved || e instanceof ComponentsObserved)
        .hasSize(2)
        .allSatisfy(
            e -> assertThat(((ClusterEvent.Observed) e).concerns()).containsExactly(UPGRADING));
    assertThat(events)
        .filteredOn(e -> e instanceof PoolObserved)
        .singleElement()
        .isInstanceOfSatisfying(
            PoolObserved.class, e -> assertThat(e.concerns()).containsExactly(PLANNED_ROLL));
    assertThat(ClusterDecider.decide(seen, inService(REPLACE)))
        .filteredOn(e -> e instanceof PoolObserved)
        .singleElement()
        .isInstanceOfSatisfying(
            PoolObserved.class, e -> assertThat(e.concerns()).containsExactly(REPLACEMENT));
  }

  @Test
  void a_wish_that_came_true_is_not_granted_again_when_it_is_repeated() {
    assertThat(outcome(RENAME, inService(RENAME, finish(CHANGE)))).isEqualTo("-");
    assertThat(outcome(RENAME, inService(RENAME, fail(CHANGE)))).isEqualTo("-");
    assertThat(outcome(rename(OTHER, "two"), inService(RENAME, finish(CHANGE))))
        .isEqualTo("ClusterUpdateStarted");
    assertThat(outcome(ROLL, inService(ROLL, new FinishPoolUpgrade(CLUSTER, POOL, ROLLING))))
        .isEqualTo("-");
  }

  @Test
  void what_is_kept_of_wishes_that_came_true_has_an_end() {
    ClusterState state = inService();
    for (int i = 0; i < Facts.MOST_ASKED + 1; i++) {
      OperationId operation = new OperationId(Id.derived("test", "many", String.valueOf(i)));
      state = applied(finish(operation), applied(rename(operation, "two"), state));
    }
    assertThat(((Running) state).facts().asked()).hasSize(Facts.MOST_ASKED);
  }
}
