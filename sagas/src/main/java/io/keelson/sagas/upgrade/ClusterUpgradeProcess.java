package io.keelson.sagas.upgrade;

import io.keelson.commands.Command;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterCommand.FailClusterChange;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterChange;
import io.keelson.commands.cluster.ClusterCommand.FinishControlPlaneUpgrade;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpgradeStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ControlPlaneUpgraded;
import io.keelson.commands.operation.ComponentsTarget;
import io.keelson.commands.operation.ControlPlaneTarget;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand.AdvanceOperation;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.Outcome;
import io.keelson.commands.operation.PoolRun;
import io.keelson.commands.operation.RequestEvent;
import io.keelson.commands.operation.RequestEvent.RunAwaited;
import io.keelson.commands.operation.RunEvent.OperationFailed;
import io.keelson.commands.operation.RunEvent.OperationFinished;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeFailed;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeFinished;
import io.keelson.commands.upgrade.UpgradePlan.UpgradeCluster;
import io.keelson.sagas.operation.ClusterStagesProcess;
import io.keelson.sagas.operation.ProcessRun;
import io.keelson.sagas.operation.SystemComponents;
import io.keelson.sagas.operation.Withdrawals;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Upgrades a cluster. Its pools have runs of their own, which this one awaits. */
public final class ClusterUpgradeProcess implements ClusterStagesProcess<UpgradeCluster> {

  @Override
  public Class<UpgradeCluster> plan() {
    return UpgradeCluster.class;
  }

  @Override
  public Optional<UpgradeCluster> start(DomainEvent event) {
    return event instanceof ClusterUpgradeStarted e
        ? Optional.of(
            new UpgradeCluster(
                e.clusterId(),
                e.target(),
                SystemComponents.target(e.target().generation(), e.target().version(), e.cni()),
                e.pools()))
        : Optional.empty();
  }

  @Override
  public List<Command> effects(DomainEvent event) {
    return switch (event) {
      case PoolUpgradeFinished e -> ended(e.upgrade(), e.pool(), null);
      case PoolUpgradeFailed e -> ended(e.upgrade(), e.pool(), e.reason());
      case ControlPlaneUpgraded e ->
          e.left().stream()
              .map(Target::pool)
              .map(pool -> Withdrawals.of(e.operation(), pool, "the pool has been deleted"))
              .toList();
      default -> List.of();
    };
  }

  private static List<Command> ended(
      @Nullable OperationId upgrade, PoolId pool, @Nullable String failure) {
    return upgrade == null
        ? List.of()
        : List.of(new AdvanceOperation(upgrade, new Input.RunEnded(Target.pool(pool), failure)));
  }

  @Override
  public ControlPlaneTarget controlPlane(UpgradeCluster plan) {
    return plan.controlPlane();
  }

  @Override
  public ComponentsTarget components(UpgradeCluster plan) {
    return plan.components();
  }

  @Override
  public List<PoolId> pools(UpgradeCluster plan) {
    return plan.pools().stream().map(PoolRun::pool).toList();
  }

  @Override
  public RequestEvent request(PoolId pool, ProcessRun<UpgradeCluster> run) {
    return run.plan().pools().stream()
        .filter(p -> p.pool().equals(pool))
        .map(p -> new RunAwaited(run.operation(), run.cluster(), Target.pool(pool), p.run()))
        .findFirst()
        .orElseThrow();
  }

  /** The run of a pool reports how it has ended: the host knows what to do. */
  @Override
  public List<OperationEvent> reactForPools(Input input, ProcessRun<UpgradeCluster> run) {
    return List.of();
  }

  @Override
  public List<Command> conclude(Outcome outcome) {
    return switch (outcome) {
      case TargetConverged e when e.target().equals(Target.COMPONENTS) ->
          List.of(new FinishControlPlaneUpgrade(e.clusterId(), e.operation()));
      case OperationFinished e -> List.of(new FinishClusterChange(e.clusterId(), e.operation()));
      case OperationFailed e ->
          List.of(new FailClusterChange(e.clusterId(), e.operation(), e.reason()));
      default -> List.of();
    };
  }
}
