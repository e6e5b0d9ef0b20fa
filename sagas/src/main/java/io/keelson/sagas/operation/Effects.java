package io.keelson.sagas.operation;

import io.keelson.commands.Command;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
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
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterEvent.AclChangeStarted;
import io.keelson.commands.cluster.ClusterEvent.AdditionalResourcesObserved;
import io.keelson.commands.cluster.ClusterEvent.AdminTokenResetStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterGoneObserved;
import io.keelson.commands.cluster.ClusterEvent.ClusterTypeChangeStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpdateStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpgradeStarted;
import io.keelson.commands.cluster.ClusterEvent.ComponentsObserved;
import io.keelson.commands.cluster.ClusterEvent.ControlPlaneObserved;
import io.keelson.commands.cluster.ClusterEvent.ControlPlaneUpgraded;
import io.keelson.commands.cluster.ClusterEvent.NodeReplacementStarted;
import io.keelson.commands.cluster.ClusterEvent.Observed;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolEvent;
import io.keelson.commands.cluster.ClusterEvent.PoolObserved;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeStarted;
import io.keelson.commands.node.NodeCommand.CordonNode;
import io.keelson.commands.node.NodeCommand.FailNodeReboot;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.node.NodeEvent.NodeRebootFailed;
import io.keelson.commands.node.NodeEvent.NodeRebootFinished;
import io.keelson.commands.node.NodeEvent.NodeRebootStarted;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand.AdvanceOperation;
import io.keelson.commands.operation.OperationCommand.StartOperation;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.NodesChosen;
import io.keelson.commands.operation.OperationEvent.OperationFailed;
import io.keelson.commands.operation.OperationEvent.OperationFinished;
import io.keelson.commands.operation.OperationEvent.Outcome;
import io.keelson.commands.operation.OperationEvent.StepFinished;
import io.keelson.commands.operation.OperationEvent.TargetConverged;
import io.keelson.commands.operation.OperationEvent.TargetFailed;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.operation.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which commands follow from an event. Pure: the same event always has the same effects. */
final class Effects {

  private Effects() {}

  static List<Command> of(ClusterEvent event) {
    return switch (event) {
      case ClusterCreationStarted e -> List.of(new StartOperation(e.operation(), Plans.of(e)));
      case PoolCreationStarted e when e.withCluster() -> List.of();
      case PoolCreationStarted e -> List.of(new StartOperation(e.operation(), Plans.of(e)));
      case PoolUpdateStarted e -> instead(e, e.superseded(), "resize", Plans.of(e));
      case PoolUpgradeStarted e -> instead(e, e.superseded(), "upgrade", Plans.of(e));
      case NodeReplacementStarted e -> List.of(new StartOperation(e.operation(), Plans.of(e)));
      case PoolUpgradeFinished e -> ended(e.upgrade(), e.pool(), null);
      case PoolUpgradeFailed e -> ended(e.upgrade(), e.pool(), e.reason());
      case ClusterUpdateStarted e -> List.of(new StartOperation(e.operation(), Plans.of(e)));
      case ClusterTypeChangeStarted e -> List.of(new StartOperation(e.operation(), Plans.of(e)));
      case ClusterUpgradeStarted e -> List.of(new StartOperation(e.operation(), Plans.of(e)));
      case ControlPlaneUpgraded e -> withdrawn(e);
      case AclChangeStarted e ->
          instead(Target.ACL, e.operation(), e.superseded(), "change", Plans.of(e));
      case AdminTokenResetStarted e -> List.of(new StartOperation(e.operation(), Plans.of(e)));
      case PoolDeletionStarted e when e.withCluster() -> List.of();
      case PoolDeletionStarted e -> instead(e, e.superseded(), "deletion", Plans.of(e));
      case ClusterDeletionStarted e -> {
        List<Command> commands = new ArrayList<>();
        Input cancel =
            new Input.CancelAsked("superseded by the deletion, operation " + e.operation());
        e.superseded().forEach(o -> commands.add(new AdvanceOperation(o, cancel)));
        commands.add(new StartOperation(e.operation(), Plans.of(e)));
        yield commands;
      }
      case ControlPlaneObserved e ->
          tell(e, Target.CONTROL_PLANE, new Sight.OfControlPlane(e.controlPlane()));
      case ComponentsObserved e ->
          tell(e, Target.COMPONENTS, new Sight.OfComponents(e.components()));
      case PoolObserved e -> tell(e, Target.pool(e.pool()), new Sight.OfPool(e.observed()));
      case AdditionalResourcesObserved e ->
          tell(e, Target.ADDITIONAL_RESOURCES, new Sight.OfAdditionalResources(e.resources()));
      case ClusterGoneObserved e -> tell(e, Target.CLUSTER, new Sight.OfCluster(true));
      case ClusterEvent.ClusterCreationFinished _,
          ClusterEvent.ClusterCreationFailed _,
          ClusterEvent.PoolCreationFinished _,
          ClusterEvent.PoolCreationFailed _,
          ClusterEvent.PoolUpdateFinished _,
          ClusterEvent.PoolUpdateFailed _,
          ClusterEvent.NodeReplacementFinished _,
          ClusterEvent.NodeReplacementFailed _,
          ClusterEvent.ClusterUpdateFinished _,
          ClusterEvent.ClusterUpdateFailed _,
          ClusterEvent.ClusterTypeChangeFinished _,
          ClusterEvent.ClusterTypeChangeFailed _,
          ClusterEvent.ClusterUpgradeFinished _,
          ClusterEvent.ClusterUpgradeFailed _,
          ClusterEvent.AclChangeFinished _,
          ClusterEvent.AclChangeFailed _,
          ClusterEvent.AdminTokenResetFinished _,
          ClusterEvent.AdminTokenResetFailed _,
          ClusterEvent.PoolDeletionFinished _,
          ClusterEvent.PoolDeletionFailed _,
          ClusterEvent.ClusterDeletionFinished _,
          ClusterEvent.ClusterDeletionFailed _ ->
          List.of();
    };
  }

  /** What a pool was wanted for before ends first; a run may want more than this pool. */
  private static List<Command> instead(
      PoolEvent event, List<OperationId> superseded, String by, Plan plan) {
    return instead(Target.pool(event.pool()), event.operation(), superseded, by, plan);
  }

  private static List<Command> instead(
      Target target, OperationId next, List<OperationId> superseded, String by, Plan plan) {
    Input withdrawn =
        new Input.Withdrawn(target, "superseded by the " + by + ", operation " + next);
    List<Command> commands = new ArrayList<>();
    superseded.forEach(operation -> commands.add(new AdvanceOperation(operation, withdrawn)));
    commands.add(new StartOperation(next, plan));
    return commands;
  }

  /** What awaits a pool's upgrade learns how it has ended. */
  private static List<Command> ended(
      @Nullable OperationId upgrade, PoolId pool, @Nullable String failure) {
    return upgrade == null
        ? List.of()
        : List.of(new AdvanceOperation(upgrade, new Input.RunEnded(Target.pool(pool), failure)));
  }

  private static List<Command> withdrawn(ControlPlaneUpgraded event) {
    return event.left().stream()
        .<Command>map(
            pool ->
                new AdvanceOperation(
                    event.operation(),
                    new Input.Withdrawn(Target.pool(pool), "the pool has been deleted")))
        .toList();
  }

  static List<Command> of(NodeEvent event) {
    return switch (event) {
      case NodeRebootStarted e -> List.of(new StartOperation(e.operation(), Plans.of(e)));
      case NodeRebootFinished e ->
          List.of(
              new AdvanceOperation(
                  e.operation(),
                  new Input.Seen(Target.node(e.nodeId()), new Sight.OfBootedNode(e.nodeId()))));
      case NodeRebootFailed e ->
          List.of(
              new AdvanceOperation(
                  e.operation(), new Input.Withdrawn(Target.node(e.nodeId()), e.reason())));
      case NodeEvent.NodeCreated _,
          NodeEvent.NodeChanged _,
          NodeEvent.NodePhaseChanged _,
          NodeEvent.NodeCordoned _,
          NodeEvent.NodeDeleted _,
          NodeEvent.NodeConditionReported _,
          NodeEvent.NodeConditionReportedLate _ ->
          List.of();
    };
  }

  private static List<Command> tell(Observed event, Target target, Sight sight) {
    Input seen = new Input.Seen(target, sight);
    return event.concerns().stream()
        .<Command>map(operation -> new AdvanceOperation(operation, seen))
        .toList();
  }

  static List<Command> of(OperationEvent event) {
    return switch (event) {
      case NodesChosen e ->
          e.nodes().stream().<Command>map(node -> new CordonNode(node, e.operation())).toList();
      case Outcome outcome -> of(outcome).stream().toList();
      case OperationEvent _ -> List.of();
    };
  }

  private static Optional<Command> of(Outcome outcome) {
    return switch (outcome.kind()) {
      case CREATE -> ofCreation(outcome);
      case UPDATE, SCALE, SET_TYPE, RESET_ADMIN_TOKEN -> ofUpdate(outcome);
      case UPGRADE -> ofUpgrade(outcome);
      case REPLACE_NODE -> ofReplacement(outcome);
      case REBOOT_NODE -> ofReboot(outcome);
      case DELETE -> ofDeletion(outcome);
    };
  }

  private static Optional<Command> ofCreation(Outcome outcome) {
    OperationId operation = outcome.operation();
    return switch (outcome) {
      case StepFinished e when e.step().equals(ClusterCreationProcess.COMPONENTS_STEP) ->
          Optional.of(new FinishClusterCreation(e.clusterId(), operation));
      case StepFinished _ -> Optional.empty();
      case TargetConverged e ->
          e.target().asPool().map(pool -> new FinishPoolCreation(e.clusterId(), pool, operation));
      case TargetFailed e ->
          e.target()
              .asPool()
              .map(pool -> new FailPoolCreation(e.clusterId(), pool, operation, e.reason()));
      case OperationFailed e ->
          Optional.of(new FailClusterCreation(e.clusterId(), operation, e.reason()));
      case OperationFinished _ -> Optional.empty();
    };
  }

  private static Optional<Command> ofUpdate(Outcome outcome) {
    OperationId operation = outcome.operation();
    return switch (outcome) {
      case TargetConverged e ->
          e.target()
              .asPool()
              .<Command>map(pool -> new FinishPoolUpdate(e.clusterId(), pool, operation))
              .or(() -> Optional.of(new FinishClusterChange(e.clusterId(), operation)));
      case TargetFailed e ->
          e.target()
              .asPool()
              .<Command>map(pool -> new FailPoolUpdate(e.clusterId(), pool, operation, e.reason()))
              .or(() -> Optional.of(new FailClusterChange(e.clusterId(), operation, e.reason())));
      case StepFinished _, OperationFailed _, OperationFinished _ -> Optional.empty();
    };
  }

  /** Of a cluster or of a pool: what does not concern one of them changes nothing there. */
  private static Optional<Command> ofUpgrade(Outcome outcome) {
    OperationId operation = outcome.operation();
    return switch (outcome) {
      case StepFinished e when e.step().equals(ClusterCreationProcess.COMPONENTS_STEP) ->
          Optional.of(new FinishControlPlaneUpgrade(e.clusterId(), operation));
      case StepFinished _ -> Optional.empty();
      case TargetConverged e ->
          e.target().asPool().map(pool -> new FinishPoolUpgrade(e.clusterId(), pool, operation));
      case TargetFailed e ->
          e.target()
              .asPool()
              .map(pool -> new FailPoolUpgrade(e.clusterId(), pool, operation, e.reason()));
      case OperationFinished e -> Optional.of(new FinishClusterChange(e.clusterId(), operation));
      case OperationFailed e ->
          Optional.of(new FailClusterChange(e.clusterId(), operation, e.reason()));
    };
  }

  private static Optional<Command> ofReplacement(Outcome outcome) {
    OperationId operation = outcome.operation();
    return switch (outcome) {
      case TargetConverged e ->
          e.target()
              .asPool()
              .map(pool -> new FinishNodeReplacement(e.clusterId(), pool, operation));
      case TargetFailed e ->
          e.target()
              .asPool()
              .map(pool -> new FailNodeReplacement(e.clusterId(), pool, operation, e.reason()));
      case StepFinished _, OperationFailed _, OperationFinished _ -> Optional.empty();
    };
  }

  /** That it has booted is known where it was seen. */
  private static Optional<Command> ofReboot(Outcome outcome) {
    return outcome instanceof TargetFailed e
        ? e.target().asNode().map(node -> new FailNodeReboot(node, e.operation(), e.reason()))
        : Optional.empty();
  }

  private static Optional<Command> ofDeletion(Outcome outcome) {
    OperationId operation = outcome.operation();
    return switch (outcome) {
      case TargetConverged e ->
          e.target().asPool().map(pool -> new FinishPoolDeletion(e.clusterId(), pool, operation));
      case OperationFinished e -> Optional.of(new FinishClusterDeletion(e.clusterId(), operation));
      case OperationFailed e ->
          Optional.of(new FailClusterDeletion(e.clusterId(), operation, e.reason()));
      case StepFinished _, TargetFailed _ -> Optional.empty();
    };
  }
}
