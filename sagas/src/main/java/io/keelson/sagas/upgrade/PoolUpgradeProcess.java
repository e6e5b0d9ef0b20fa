package io.keelson.sagas.upgrade;

import io.keelson.commands.Command;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.OperationId;
import io.keelson.commands.operation.Convergence;
import io.keelson.commands.operation.OperationEvent.Outcome;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.operation.TargetEvent.TargetFailed;
import io.keelson.commands.pool.PoolCommand.FailPoolUpgrade;
import io.keelson.commands.pool.PoolCommand.FinishPoolUpgrade;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeStarted;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedPool;
import io.keelson.commands.upgrade.UpgradePlan.UpgradePool;
import io.keelson.sagas.operation.Withdrawals;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Replaces every node of a pool by one of the target's version. */
public final class PoolUpgradeProcess implements PoolRollProcess<UpgradePool> {

  @Override
  public Class<UpgradePool> plan() {
    return UpgradePool.class;
  }

  @Override
  public Optional<UpgradePool> start(DomainEvent event) {
    return event instanceof PoolUpgradeStarted e
        ? Optional.of(new UpgradePool(e.clusterId(), e.target(), e.before(), e.policy()))
        : Optional.empty();
  }

  /** A part of the upgrade of the cluster, where there is one. */
  @Override
  public Optional<OperationId> parent(DomainEvent event) {
    return event instanceof PoolUpgradeStarted e
        ? Optional.ofNullable(e.upgrade())
        : Optional.empty();
  }

  @Override
  public List<Command> effects(DomainEvent event) {
    return event instanceof PoolUpgradeStarted e
        ? Withdrawals.of(Target.pool(e.pool()), e.superseded(), "upgrade", e.operation())
        : List.of();
  }

  /** Where the version stays the same, every node is outdated in the first round. */
  @Override
  public Predicate<ObservedNode> outdated(UpgradePool plan, int round) {
    boolean all = round == 1 && plan.before().equals(plan.target().version());
    return node -> all || !node.version().equals(plan.target().version());
  }

  @Override
  public boolean isDone(PoolTarget desired, ObservedPool observed) {
    return Convergence.upToDate(desired, observed);
  }

  @Override
  public List<Command> conclude(Outcome outcome) {
    return switch (outcome) {
      case TargetConverged e ->
          List.of(new FinishPoolUpgrade(e.clusterId(), PoolRollProcess.pool(e), e.operation()));
      case TargetFailed e ->
          List.of(
              new FailPoolUpgrade(
                  e.clusterId(), PoolRollProcess.pool(e), e.operation(), e.reason()));
      default -> List.of();
    };
  }
}
