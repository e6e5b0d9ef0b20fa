package io.keelson.aggregates.pool;

import io.keelson.commands.OperationId;
import io.keelson.commands.pool.PoolCommand;
import io.keelson.commands.pool.PoolCommand.FailNodeReplacement;
import io.keelson.commands.pool.PoolCommand.FailPoolCreation;
import io.keelson.commands.pool.PoolCommand.FailPoolDeletion;
import io.keelson.commands.pool.PoolCommand.FailPoolUpdate;
import io.keelson.commands.pool.PoolCommand.FailPoolUpgrade;
import io.keelson.commands.pool.PoolCommand.FinishNodeReplacement;
import io.keelson.commands.pool.PoolCommand.FinishPoolCreation;
import io.keelson.commands.pool.PoolCommand.FinishPoolDeletion;
import io.keelson.commands.pool.PoolCommand.FinishPoolUpdate;
import io.keelson.commands.pool.PoolCommand.FinishPoolUpgrade;
import io.keelson.commands.pool.PoolEvent;
import io.keelson.commands.pool.PoolEvent.NodeReplacementFailed;
import io.keelson.commands.pool.PoolEvent.NodeReplacementFinished;
import io.keelson.commands.pool.PoolEvent.PoolCreationFailed;
import io.keelson.commands.pool.PoolEvent.PoolCreationFinished;
import io.keelson.commands.pool.PoolEvent.PoolDeletionFailed;
import io.keelson.commands.pool.PoolEvent.PoolDeletionFinished;
import io.keelson.commands.pool.PoolEvent.PoolUpdateFailed;
import io.keelson.commands.pool.PoolEvent.PoolUpdateFinished;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeFailed;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeFinished;
import java.util.List;
import java.util.Optional;

/**
 * What the reports of runs mean for a pool. A report that comes late, twice, or from a run that no
 * longer works for the pool changes nothing.
 */
final class PoolReports {

  private PoolReports() {}

  static List<PoolEvent> decide(PoolCommand.Report report, Pools pools) {
    return pools.pool(report.pool()).flatMap(pool -> event(report, pool)).stream().toList();
  }

  private static Optional<PoolEvent> event(PoolCommand.Report report, PoolState pool) {
    OperationId run = report.operation();
    return switch (report) {
      case FinishPoolCreation c ->
          when(pool.creates(run), new PoolCreationFinished(c.clusterId(), c.pool(), run));
      case FailPoolCreation c ->
          when(pool.creates(run), new PoolCreationFailed(c.clusterId(), c.pool(), run, c.reason()));
      case FinishPoolUpdate c ->
          when(pool.updates(run), new PoolUpdateFinished(c.clusterId(), c.pool(), run));
      case FailPoolUpdate c ->
          when(pool.updates(run), new PoolUpdateFailed(c.clusterId(), c.pool(), run, c.reason()));
      case FinishPoolUpgrade c ->
          upgrading(pool, run)
              .map(r -> new PoolUpgradeFinished(c.clusterId(), c.pool(), run, r.upgrade()));
      case FailPoolUpgrade c ->
          upgrading(pool, run)
              .map(
                  r ->
                      new PoolUpgradeFailed(c.clusterId(), c.pool(), run, r.upgrade(), c.reason()));
      case FinishNodeReplacement c ->
          replacing(pool, run)
              .map(r -> new NodeReplacementFinished(c.clusterId(), c.pool(), r.node(), run));
      case FailNodeReplacement c ->
          replacing(pool, run)
              .map(
                  r ->
                      new NodeReplacementFailed(
                          c.clusterId(), c.pool(), r.node(), run, c.reason()));
      case FinishPoolDeletion c ->
          when(pool.deletes(run), new PoolDeletionFinished(c.clusterId(), c.pool(), run));
      case FailPoolDeletion c ->
          when(pool.deletes(run), new PoolDeletionFailed(c.clusterId(), c.pool(), run, c.reason()));
    };
  }

  private static Optional<PoolEvent> when(boolean condition, PoolEvent event) {
    return condition ? Optional.of(event) : Optional.empty();
  }

  private static Optional<PoolRoll.Upgrading> upgrading(PoolState pool, OperationId run) {
    return pool.roll() instanceof PoolRoll.Upgrading roll && roll.operation().equals(run)
        ? Optional.of(roll)
        : Optional.empty();
  }

  private static Optional<PoolRoll.Replacing> replacing(PoolState pool, OperationId run) {
    return pool.roll() instanceof PoolRoll.Replacing roll && roll.operation().equals(run)
        ? Optional.of(roll)
        : Optional.empty();
  }
}
