package io.keelson.sagas.cluster;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.keelson.commands.Command;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterCommand.FailClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterDeletion;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionStarted;
import io.keelson.commands.cluster.ClusterPlan.DeleteCluster;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand.AdvanceOperation;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.Outcome;
import io.keelson.commands.operation.RequestEvent.AdditionalResourcesRemovalRequested;
import io.keelson.commands.operation.RequestEvent.ClusterRemovalRequested;
import io.keelson.commands.operation.RequestEvent.PoolRemovalRequested;
import io.keelson.commands.operation.RunEvent.OperationFailed;
import io.keelson.commands.operation.RunEvent.OperationFinished;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.pool.PoolCommand.FinishPoolDeletion;
import io.keelson.sagas.operation.LongProcess;
import io.keelson.sagas.operation.ProcessRun;
import io.keelson.sagas.operation.ProcessState;
import io.keelson.sagas.operation.Waits;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Deletes a cluster: all pools at once, then what workloads made if that is requested, then the
 * rest. The runs that it supersedes are cancelled.
 */
public final class ClusterDeletionProcess
    implements LongProcess<DeleteCluster, ClusterDeletionProcess.Remaining> {

  /** What is not yet deleted, in the order of deletion; all pools are deleted at once. */
  @JsonTypeName("cluster-deletion")
  public record Remaining(List<Target> targets) implements ProcessState {

    public Remaining {
      targets = List.copyOf(targets);
    }
  }

  @Override
  public Class<DeleteCluster> plan() {
    return DeleteCluster.class;
  }

  @Override
  public Class<Remaining> state() {
    return Remaining.class;
  }

  @Override
  public Optional<DeleteCluster> start(DomainEvent event) {
    return event instanceof ClusterDeletionStarted e
        ? Optional.of(new DeleteCluster(e.clusterId(), e.pools(), e.withAdditionalResources()))
        : Optional.empty();
  }

  @Override
  public List<Command> effects(DomainEvent event) {
    if (!(event instanceof ClusterDeletionStarted e)) {
      return List.of();
    }
    Input cancel =
        new Input.CancelRequested("superseded by the deletion, operation " + e.operation());
    return e.superseded().stream().<Command>map(run -> new AdvanceOperation(run, cancel)).toList();
  }

  @Override
  public Remaining begin(DeleteCluster plan) {
    return new Remaining(steps(plan));
  }

  @Override
  public List<Target> steps(DeleteCluster plan) {
    Stream<Target> resources =
        plan.withAdditionalResources() ? Stream.of(Target.ADDITIONAL_RESOURCES) : Stream.empty();
    return Stream.of(plan.pools().stream().map(Target::pool), resources, Stream.of(Target.CLUSTER))
        .flatMap(targets -> targets)
        .toList();
  }

  @Override
  public Remaining evolve(Remaining state, OperationEvent event) {
    return Waits.ended(event)
        .map(
            ended -> new Remaining(state.targets().stream().filter(t -> !t.equals(ended)).toList()))
        .orElse(state);
  }

  @Override
  public List<OperationEvent> requests(Remaining state, ProcessRun<DeleteCluster> run) {
    List<PoolId> pools = state.targets().stream().flatMap(t -> t.asPool().stream()).toList();
    if (!pools.isEmpty()) {
      return pools.stream()
          .<OperationEvent>map(
              pool -> new PoolRemovalRequested(run.operation(), run.cluster(), pool))
          .toList();
    }
    return state.targets().stream().limit(1).map(target -> removal(target, run)).toList();
  }

  private static OperationEvent removal(Target target, ProcessRun<DeleteCluster> run) {
    return target.equals(Target.ADDITIONAL_RESOURCES)
        ? new AdditionalResourcesRemovalRequested(run.operation(), run.cluster())
        : new ClusterRemovalRequested(run.operation(), run.cluster());
  }

  @Override
  public List<OperationEvent> react(Remaining state, Input input, ProcessRun<DeleteCluster> run) {
    return Waits.forAbsence(input, run);
  }

  @Override
  public List<Command> conclude(Outcome outcome) {
    return switch (outcome) {
      case TargetConverged e ->
          e.target().asPool().stream()
              .<Command>map(pool -> new FinishPoolDeletion(e.clusterId(), pool, e.operation()))
              .toList();
      case OperationFinished e -> List.of(new FinishClusterDeletion(e.clusterId(), e.operation()));
      case OperationFailed e ->
          List.of(new FailClusterDeletion(e.clusterId(), e.operation(), e.reason()));
      default -> List.of();
    };
  }
}
