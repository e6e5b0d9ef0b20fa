package io.keelson.sagas.operation;

import io.keelson.commands.Command;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterCommand.FailClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FailClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FailPoolCreation;
import io.keelson.commands.cluster.ClusterCommand.FailPoolUpdate;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolCreation;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolDeletion;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolUpdate;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterEvent.AdditionalResourcesObserved;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterGoneObserved;
import io.keelson.commands.cluster.ClusterEvent.ComponentsObserved;
import io.keelson.commands.cluster.ClusterEvent.ControlPlaneObserved;
import io.keelson.commands.cluster.ClusterEvent.Observed;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolEvent;
import io.keelson.commands.cluster.ClusterEvent.PoolObserved;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateStarted;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand.AdvanceOperation;
import io.keelson.commands.operation.OperationCommand.StartOperation;
import io.keelson.commands.operation.OperationEvent;
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

/** Which commands follow from an event. Pure: the same event always has the same effects. */
final class Effects {

  private Effects() {}

  static List<Command> of(ClusterEvent event) {
    return switch (event) {
      case ClusterCreationStarted e -> List.of(new StartOperation(e.operation(), Plans.of(e)));
      case PoolCreationStarted e when e.withCluster() -> List.of();
      case PoolCreationStarted e -> List.of(new StartOperation(e.operation(), Plans.of(e)));
      case PoolUpdateStarted e -> instead(e, e.superseded(), "resize", Plans.of(e));
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
    Input withdrawn =
        new Input.Withdrawn(
            Target.pool(event.pool()),
            "superseded by the " + by + ", operation " + event.operation());
    List<Command> commands = new ArrayList<>();
    superseded.forEach(operation -> commands.add(new AdvanceOperation(operation, withdrawn)));
    commands.add(new StartOperation(event.operation(), plan));
    return commands;
  }

  private static List<Command> tell(Observed event, Target target, Sight sight) {
    Input seen = new Input.Seen(target, sight);
    return event.concerns().stream()
        .<Command>map(operation -> new AdvanceOperation(operation, seen))
        .toList();
  }

  static Optional<Command> of(OperationEvent event) {
    return event instanceof Outcome outcome
        ? switch (outcome.kind()) {
          case CREATE -> ofCreation(outcome);
          case UPDATE, SCALE -> ofUpdate(outcome);
          case DELETE -> ofDeletion(outcome);
        }
        : Optional.empty();
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
          e.target().asPool().map(pool -> new FinishPoolUpdate(e.clusterId(), pool, operation));
      case TargetFailed e ->
          e.target()
              .asPool()
              .map(pool -> new FailPoolUpdate(e.clusterId(), pool, operation, e.reason()));
      case StepFinished _, OperationFailed _, OperationFinished _ -> Optional.empty();
    };
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
