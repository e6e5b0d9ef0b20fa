package io.keelson.aggregates.cluster;

import static io.keelson.aggregates.cluster.Clusters.ACL;
import static io.keelson.aggregates.cluster.Clusters.CHANGE;
import static io.keelson.aggregates.cluster.Clusters.CLUSTER;
import static io.keelson.aggregates.cluster.Clusters.DELETION;
import static io.keelson.aggregates.cluster.Clusters.NEXT_VERSION;
import static io.keelson.aggregates.cluster.Clusters.OTHER;
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
import static io.keelson.aggregates.cluster.Clusters.VERSION;
import static io.keelson.aggregates.cluster.Clusters.applied;
import static io.keelson.aggregates.cluster.Clusters.argument;
import static io.keelson.aggregates.cluster.Clusters.inService;
import static io.keelson.aggregates.cluster.Clusters.only;
import static io.keelson.aggregates.cluster.Clusters.outcome;
import static io.keelson.aggregates.cluster.Clusters.rejection;
import static io.keelson.aggregates.cluster.Clusters.request;
import static io.keelson.aggregates.cluster.SampleCommands.ACL_DONE;
import static io.keelson.aggregates.cluster.SampleCommands.ACL_FAILED;
import static io.keelson.aggregates.cluster.SampleCommands.CONTROL_PLANE_DONE;
import static io.keelson.aggregates.cluster.SampleCommands.DELETE;
import static io.keelson.aggregates.cluster.SampleCommands.DELETE_POOL;
import static io.keelson.aggregates.cluster.SampleCommands.LABELS;
import static io.keelson.aggregates.cluster.SampleCommands.PLANNED_ROLL_DONE;
import static io.keelson.aggregates.cluster.SampleCommands.REMOVE;
import static io.keelson.aggregates.cluster.SampleCommands.RENAME;
import static io.keelson.aggregates.cluster.SampleCommands.REPLACE;
import static io.keelson.aggregates.cluster.SampleCommands.RESET_TOKEN;
import static io.keelson.aggregates.cluster.SampleCommands.ROLL;
import static io.keelson.aggregates.cluster.SampleCommands.SET_ACL;
import static io.keelson.aggregates.cluster.SampleCommands.TOKEN_DONE;
import static io.keelson.aggregates.cluster.SampleCommands.TOKEN_FAILED;
import static io.keelson.aggregates.cluster.SampleCommands.TYPE;
import static io.keelson.aggregates.cluster.SampleCommands.UPGRADE;
import static io.keelson.aggregates.cluster.SampleCommands.fail;
import static io.keelson.aggregates.cluster.SampleCommands.finish;
import static io.keelson.aggregates.cluster.SampleCommands.name;
import static io.keelson.aggregates.cluster.SampleCommands.rename;
import static io.keelson.aggregates.cluster.SampleCommands.scale;
import static io.keelson.aggregates.cluster.SampleCommands.type;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.aggregates.cluster.ClusterState.Running;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.Id;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.SetClusterType;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionFinished;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterTypeChangeFailed;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterTypeChangeFinished;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterTypeChangeStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpdateFailed;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpdateFinished;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpdateStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpgradeFailed;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpgradeFinished;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpgradeStarted;
import io.keelson.commands.operation.ControlPlaneTarget;
import io.keelson.commands.pool.PoolCommand.FailPoolUpdate;
import io.keelson.commands.pool.PoolCommand.FailPoolUpgrade;
import io.keelson.commands.pool.PoolCommand.FinishPoolUpgrade;
import io.keelson.commands.spec.ClusterType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What may happen to a cluster in service while a change is in progress, and after that. */
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
      pool is deleted | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      deletion finish | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      deletion fail | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      deletion other | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      deletion fail other | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
      observed | ControlPlaneObserved,AdditionalResourcesObserved | ControlPlaneObserved,AdditionalResourcesObserved | ControlPlaneObserved,AdditionalResourcesObserved | ControlPlaneObserved,AdditionalResourcesObserved | ControlPlaneObserved,AdditionalResourcesObserved | ControlPlaneObserved,AdditionalResourcesObserved | ControlPlaneObserved,AdditionalResourcesObserved | ControlPlaneObserved,AdditionalResourcesObserved | ControlPlaneObserved,AdditionalResourcesObserved | ControlPlaneObserved,AdditionalResourcesObserved | ControlPlaneObserved,AdditionalResourcesObserved | ControlPlaneObserved,AdditionalResourcesObserved | ControlPlaneObserved,AdditionalResourcesObserved | ControlPlaneObserved,AdditionalResourcesObserved | ControlPlaneObserved,AdditionalResourcesObserved | ControlPlaneObserved,AdditionalResourcesObserved | ControlPlaneObserved,AdditionalResourcesObserved | ControlPlaneObserved,AdditionalResourcesObserved
      observed absent | PoolObserved,ClusterAbsenceObserved | PoolObserved,ClusterAbsenceObserved | PoolObserved,ClusterAbsenceObserved | PoolObserved,ClusterAbsenceObserved | PoolObserved,ClusterAbsenceObserved | PoolObserved,ClusterAbsenceObserved | PoolObserved,ClusterAbsenceObserved | PoolObserved,ClusterAbsenceObserved | PoolObserved,ClusterAbsenceObserved | PoolObserved,ClusterAbsenceObserved | PoolObserved,ClusterAbsenceObserved | PoolObserved,ClusterAbsenceObserved | PoolObserved,ClusterAbsenceObserved | PoolObserved,ClusterAbsenceObserved | PoolObserved,ClusterAbsenceObserved | PoolObserved,ClusterAbsenceObserved | PoolObserved,ClusterAbsenceObserved | PoolObserved,ClusterAbsenceObserved
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
      reset token | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | -
      reset token other | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | ClusterActionStarted | -
      token finish | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | ClusterActionFinished
      token fail | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | ClusterActionFailed
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
    states.put("acl failed", inService(SET_ACL, ACL_FAILED));
    states.put("token resetting", inService(RESET_TOKEN));
    return states;
  }

  @Test
  void an_update_reports_what_changes_with_old_and_new_values() {
    ClusterUpdateStarted e = only(ClusterUpdateStarted.class, RENAME, inService());

    assertThat(e)
        .isEqualTo(
            new ClusterUpdateStarted(
                CLUSTER,
                CHANGE,
                request("one").project(),
                new ControlPlaneTarget(2, VERSION, 1),
                name("one"),
                name("two")));
  }

  @Test
  void an_update_without_a_difference_applies_the_same_document_once_more() {
    assertThat(only(ClusterUpdateStarted.class, rename(OTHER, "one"), inService()))
        .isEqualTo(
            new ClusterUpdateStarted(
                CLUSTER,
                OTHER,
                request("one").project(),
                new ControlPlaneTarget(2, VERSION, 1),
                name(null),
                name(null)));
  }

  @Test
  void a_type_change_reports_both_types_and_how_many_replicas_the_new_one_has() {
    assertThat(only(ClusterTypeChangeStarted.class, TYPE, inService()))
        .isEqualTo(
            new ClusterTypeChangeStarted(
                CLUSTER,
                TYPE_CHANGE,
                new ControlPlaneTarget(2, VERSION, 3),
                ClusterType.KAPSULE,
                ClusterType.KAPSULE_DEDICATED_4));
  }

  @Test
  void a_change_ends_with_an_event_of_its_own_kind() {
    assertThat(ClusterDecider.decide(finish(CHANGE), inService(RENAME)))
        .isEqualTo(List.of(new ClusterUpdateFinished(CLUSTER, CHANGE)));
    assertThat(ClusterDecider.decide(fail(CHANGE), inService(RENAME)))
        .isEqualTo(List.of(new ClusterUpdateFailed(CLUSTER, CHANGE, "no")));
    assertThat(ClusterDecider.decide(finish(TYPE_CHANGE), inService(TYPE)))
        .isEqualTo(List.of(new ClusterTypeChangeFinished(CLUSTER, TYPE_CHANGE)));
    assertThat(ClusterDecider.decide(fail(TYPE_CHANGE), inService(TYPE)))
        .isEqualTo(List.of(new ClusterTypeChangeFailed(CLUSTER, TYPE_CHANGE, "no")));
    assertThat(ClusterDecider.decide(finish(UPGRADING), inService(UPGRADE, CONTROL_PLANE_DONE)))
        .isEqualTo(List.of(new ClusterUpgradeFinished(CLUSTER, UPGRADING)));
    assertThat(ClusterDecider.decide(fail(UPGRADING), inService(UPGRADE)))
        .isEqualTo(List.of(new ClusterUpgradeFailed(CLUSTER, UPGRADING, "no")));
  }

  @Test
  void whatever_changes_the_control_plane_counts_its_generation_up() {
    ClusterState updated = inService(RENAME, finish(CHANGE));
    assertThat(only(ClusterTypeChangeStarted.class, TYPE, updated).target().generation())
        .isEqualTo(3);
    ClusterState changed = applied(finish(TYPE_CHANGE), applied(TYPE, updated));
    assertThat(only(ClusterUpgradeStarted.class, UPGRADE, changed).target())
        .isEqualTo(new ControlPlaneTarget(4, NEXT_VERSION, 3));
    ClusterState failed = applied(fail(UPGRADING), applied(UPGRADE, changed));
    assertThat(only(ClusterUpdateStarted.class, rename(OTHER, "three"), failed).target())
        .isEqualTo(new ControlPlaneTarget(5, NEXT_VERSION, 3));
  }

  @Test
  void the_newest_name_is_free_after_the_deletion() {
    ClusterState renamed = inService(RENAME, finish(CHANGE));
    assertThat(
            ClusterDecider.decide(
                    new FinishClusterDeletion(CLUSTER, DELETION), applied(DELETE, renamed))
                .getLast())
        .isEqualTo(new ClusterDeletionFinished(CLUSTER, DELETION, request("one").project(), "two"));
  }

  @Test
  void another_type_must_have_room_for_all_nodes_that_stay() {
    SetClusterType down = type(OTHER, ClusterType.KAPSULE);
    ClusterState large = inService(TYPE, finish(TYPE_CHANGE), scale(SCALING, 151));

    assertThat(rejection(down, large).quota())
        .isEqualTo(new CommandRejected.Quota("cluster_nodes", 150, 151, request("one").project()));
    assertThat(outcome(down, applied(scale(UPDATE, 150), large)))
        .isEqualTo("ClusterTypeChangeStarted");
    assertThat(outcome(down, applied(DELETE_POOL, large))).isEqualTo("ClusterTypeChangeStarted");
  }

  @Test
  void the_requested_type_limits_the_nodes() {
    assertThat(outcome(scale(SCALING, 151), inService())).isEqualTo("!QUOTA");
    assertThat(outcome(scale(SCALING, 250), inService(TYPE))).isEqualTo("PoolUpdateStarted");
    assertThat(outcome(scale(SCALING, 251), inService(TYPE))).isEqualTo("!QUOTA");
  }

  @Test
  void a_type_of_another_family_is_an_invalid_argument() {
    assertThat(argument(type(OTHER, ClusterType.MULTICLOUD), inService())).isEqualTo("type");
  }

  @Test
  void a_deletion_supersedes_whatever_runs_for_the_cluster() {
    ClusterState busy = inService(SET_ACL, RESET_TOKEN, LABELS, UPGRADE);
    assertThat(superseded(busy)).containsExactly(UPGRADING, UPDATE, ACL, TOKEN);
    ClusterState rolling = applied(CONTROL_PLANE_DONE, busy);
    assertThat(superseded(rolling))
        .as("the roll has superseded the change of labels")
        .containsExactly(UPGRADING, PLANNED_ROLL, ACL, TOKEN);
    assertThat(superseded(inService(TYPE, REPLACE))).containsExactly(TYPE_CHANGE, REPLACEMENT);
    assertThat(superseded(inService(RENAME, finish(CHANGE)))).isEmpty();
  }

  private static List<OperationId> superseded(ClusterState state) {
    return ((ClusterDeletionStarted) ClusterDecider.decide(DELETE, state).getFirst()).superseded();
  }

  @Test
  void a_run_that_a_deletion_has_superseded_ends_without_an_event() {
    ClusterState deleting = inService(SET_ACL, RESET_TOKEN, UPGRADE, CONTROL_PLANE_DONE, DELETE);
    List<ClusterCommand> late =
        List.of(
            ACL_DONE,
            ACL_FAILED,
            TOKEN_DONE,
            TOKEN_FAILED,
            finish(UPGRADING),
            fail(UPGRADING),
            PLANNED_ROLL_DONE,
            CONTROL_PLANE_DONE);
    assertThat(late).allSatisfy(c -> assertThat(outcome(c, deleting)).isEqualTo("-"));
  }

  @Test
  void a_command_that_is_repeated_after_its_run_has_ended_starts_no_second_run() {
    assertThat(outcome(RENAME, inService(RENAME, finish(CHANGE)))).isEqualTo("-");
    assertThat(outcome(RENAME, inService(RENAME, fail(CHANGE)))).isEqualTo("-");
    assertThat(outcome(rename(OTHER, "two"), inService(RENAME, finish(CHANGE))))
        .isEqualTo("ClusterUpdateStarted");
    assertThat(outcome(ROLL, inService(ROLL, new FinishPoolUpgrade(CLUSTER, POOL, ROLLING))))
        .isEqualTo("-");
    assertThat(outcome(SET_ACL, inService(SET_ACL, ACL_FAILED))).isEqualTo("-");
    assertThat(outcome(RESET_TOKEN, inService(RESET_TOKEN, TOKEN_FAILED))).isEqualTo("-");
  }

  @Test
  void a_limited_number_of_runs_is_remembered() {
    ClusterState state = inService();
    for (int i = 0; i <= ClusterFacts.MAX_STARTED; i++) {
      state = applied(finish(many(i)), applied(rename(many(i), "two"), state));
    }
    assertThat(((Running) state).facts().started())
        .hasSize(ClusterFacts.MAX_STARTED)
        .startsWith(many(1))
        .endsWith(many(ClusterFacts.MAX_STARTED));
  }

  private static OperationId many(int number) {
    return new OperationId(Id.derived("test", "many", String.valueOf(number)));
  }
}
