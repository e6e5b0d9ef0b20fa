package io.keelson.sagas.cluster;

import io.keelson.commands.Command;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterCommand.FailClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterCreation;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterPlan.CreateCluster;
import io.keelson.commands.operation.ComponentsTarget;
import io.keelson.commands.operation.ControlPlaneTarget;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.Outcome;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.operation.RequestEvent;
import io.keelson.commands.operation.RunEvent.OperationFailed;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.operation.TargetEvent.TargetFailed;
import io.keelson.commands.pool.PoolCommand.FailPoolCreation;
import io.keelson.commands.pool.PoolCommand.FinishPoolCreation;
import io.keelson.commands.spec.ClusterSpec;
import io.keelson.sagas.operation.ClusterStagesProcess;
import io.keelson.sagas.operation.ProcessRun;
import io.keelson.sagas.operation.SystemComponents;
import io.keelson.sagas.operation.Waits;
import java.util.List;
import java.util.Optional;

/**
 * Creates a cluster. It is in service once its components are ready; its first pools come after
 * that, and one that fails does not keep the others from being created.
 */
public final class ClusterCreationProcess implements ClusterStagesProcess<CreateCluster> {

  /** Of the first documents of a cluster. */
  private static final long FIRST_GENERATION = 1;

  @Override
  public Class<CreateCluster> plan() {
    return CreateCluster.class;
  }

  @Override
  public Optional<CreateCluster> start(DomainEvent event) {
    return event instanceof ClusterCreationStarted e ? Optional.of(plan(e)) : Optional.empty();
  }

  private static CreateCluster plan(ClusterCreationStarted e) {
    ClusterSpec spec = e.spec();
    return new CreateCluster(
        e.clusterId(),
        new ControlPlaneTarget(
            FIRST_GENERATION, spec.version(), spec.type().controlPlaneReplicas()),
        SystemComponents.target(FIRST_GENERATION, spec.version(), spec.network().cni()),
        e.pools());
  }

  @Override
  public ControlPlaneTarget controlPlane(CreateCluster plan) {
    return plan.controlPlane();
  }

  @Override
  public ComponentsTarget components(CreateCluster plan) {
    return plan.components();
  }

  @Override
  public List<PoolId> pools(CreateCluster plan) {
    return plan.pools().stream().map(PoolTarget::pool).toList();
  }

  @Override
  public RequestEvent request(PoolId pool, ProcessRun<CreateCluster> run) {
    return run.plan().pools().stream()
        .filter(target -> target.pool().equals(pool))
        .map(target -> run.request(target, List.of()))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public List<OperationEvent> reactForPools(Input input, ProcessRun<CreateCluster> run) {
    return run.plan().pools().stream()
        .flatMap(pool -> Waits.forPool(pool, input, run).stream())
        .toList();
  }

  @Override
  public List<Command> conclude(Outcome outcome) {
    return switch (outcome) {
      case TargetConverged e when e.target().equals(Target.COMPONENTS) ->
          List.of(new FinishClusterCreation(e.clusterId(), e.operation()));
      case TargetConverged e ->
          e.target().asPool().stream()
              .<Command>map(pool -> new FinishPoolCreation(e.clusterId(), pool, e.operation()))
              .toList();
      case TargetFailed e ->
          e.target().asPool().stream()
              .<Command>map(
                  pool -> new FailPoolCreation(e.clusterId(), pool, e.operation(), e.reason()))
              .toList();
      case OperationFailed e ->
          List.of(new FailClusterCreation(e.clusterId(), e.operation(), e.reason()));
      default -> List.of();
    };
  }
}
