package io.keelson.adapters.provisioning;

import io.keelson.adapters.provisioning.Desired.OfPool;
import io.keelson.commands.pool.PoolEvent;
import io.keelson.commands.pool.PoolEvent.NodeReplacementFailed;
import io.keelson.commands.pool.PoolEvent.NodeReplacementFinished;
import io.keelson.commands.pool.PoolEvent.NodeReplacementStarted;
import io.keelson.commands.pool.PoolEvent.PoolCreationFailed;
import io.keelson.commands.pool.PoolEvent.PoolCreationFinished;
import io.keelson.commands.pool.PoolEvent.PoolCreationStarted;
import io.keelson.commands.pool.PoolEvent.PoolDeletionFailed;
import io.keelson.commands.pool.PoolEvent.PoolDeletionFinished;
import io.keelson.commands.pool.PoolEvent.PoolDeletionStarted;
import io.keelson.commands.pool.PoolEvent.PoolUpdateFailed;
import io.keelson.commands.pool.PoolEvent.PoolUpdateFinished;
import io.keelson.commands.pool.PoolEvent.PoolUpdateStarted;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeFailed;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeFinished;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeStarted;
import org.jspecify.annotations.Nullable;

/** What the events of a pool make of its desired state. Pure, total, silent. */
final class DesiredPoolFold {

  private DesiredPoolFold() {}

  /**
   * The desired state after an event.
   *
   * @param before null: there is none
   */
  static @Nullable OfPool after(@Nullable OfPool before, PoolEvent.OfRun event) {
    if (event instanceof PoolCreationStarted e) {
      return new OfPool(e.spec(), Runs.NONE.started(e.operation()));
    }
    return before == null ? null : changed(before, event);
  }

  private static @Nullable OfPool changed(OfPool before, PoolEvent.OfRun event) {
    Runs runs = before.runs();
    return switch (event) {
      case PoolUpdateStarted e ->
          new OfPool(
              before.spec().with(e.after()), runs.ended(e.superseded()).started(e.operation()));
      case PoolUpgradeStarted e ->
          new OfPool(
              before.spec().at(e.target().version()),
              runs.ended(e.superseded()).started(e.operation()));
      case NodeReplacementStarted e -> before.with(runs.started(e.operation()));
      case PoolDeletionStarted e -> before.with(runs.ended(e.superseded()));
      case PoolDeletionFinished _ -> null;
      case PoolCreationStarted _, PoolDeletionFailed _ -> before;
      case PoolCreationFinished _,
          PoolCreationFailed _,
          PoolUpdateFinished _,
          PoolUpdateFailed _,
          PoolUpgradeFinished _,
          PoolUpgradeFailed _,
          NodeReplacementFinished _,
          NodeReplacementFailed _ ->
          before.with(runs.ended(event.operation()));
    };
  }
}
