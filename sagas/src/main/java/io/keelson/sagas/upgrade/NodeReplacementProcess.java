package io.keelson.sagas.upgrade;

import io.keelson.commands.Command;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.operation.Convergence;
import io.keelson.commands.operation.OperationEvent.Outcome;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.operation.TargetEvent.TargetFailed;
import io.keelson.commands.pool.PoolCommand.FailNodeReplacement;
import io.keelson.commands.pool.PoolCommand.FinishNodeReplacement;
import io.keelson.commands.pool.PoolEvent.NodeReplacementStarted;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedPool;
import io.keelson.commands.upgrade.UpgradePlan.ReplaceNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Replaces one node of a pool by a new one. */
public final class NodeReplacementProcess implements PoolRollProcess<ReplaceNode> {

  @Override
  public Class<ReplaceNode> plan() {
    return ReplaceNode.class;
  }

  @Override
  public Optional<ReplaceNode> start(DomainEvent event) {
    return event instanceof NodeReplacementStarted e
        ? Optional.of(new ReplaceNode(e.clusterId(), e.target(), e.node(), e.policy()))
        : Optional.empty();
  }

  @Override
  public Predicate<ObservedNode> outdated(ReplaceNode plan, int round) {
    return node -> node.node().equals(plan.node());
  }

  /** The other nodes may have any version. */
  @Override
  public boolean isDone(PoolTarget desired, ObservedPool observed) {
    return Convergence.converged(desired, observed);
  }

  @Override
  public List<Command> conclude(Outcome outcome) {
    return switch (outcome) {
      case TargetConverged e ->
          List.of(new FinishNodeReplacement(e.clusterId(), PoolRollProcess.pool(e), e.operation()));
      case TargetFailed e ->
          List.of(
              new FailNodeReplacement(
                  e.clusterId(), PoolRollProcess.pool(e), e.operation(), e.reason()));
      default -> List.of();
    };
  }
}
