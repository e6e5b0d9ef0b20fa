package io.keelson.commands.operation;

import io.keelson.commands.Command;
import io.keelson.commands.OperationId;

/** What can be asked of one run. */
public sealed interface OperationCommand extends Command {

  OperationId operation();

  @Override
  default OperationId stream() {
    return operation();
  }

  /** Begins a run; the same again changes nothing. */
  record StartOperation(OperationId operation, Plan plan) implements OperationCommand {}

  /** Tells a run something; what it knows already, or what comes after its end, changes nothing. */
  record AdvanceOperation(OperationId operation, Input input) implements OperationCommand {}
}
