package io.keelson.commands.operation;

import io.keelson.commands.Command;
import io.keelson.commands.Lineage;
import io.keelson.commands.OperationId;

/** What can be requested of one run. */
public sealed interface OperationCommand extends Command {

  OperationId operation();

  @Override
  default OperationId stream() {
    return operation();
  }

  /** Starts a run; the same command again changes nothing. */
  record StartOperation(OperationId operation, Plan plan, Lineage lineage)
      implements OperationCommand {}

  /** Notifies a run; what it knows already, or what comes after its end, changes nothing. */
  record AdvanceOperation(OperationId operation, Input input) implements OperationCommand {}
}
