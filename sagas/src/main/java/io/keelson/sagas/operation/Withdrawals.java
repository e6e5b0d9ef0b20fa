package io.keelson.sagas.operation;

import io.keelson.commands.Command;
import io.keelson.commands.OperationId;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand.AdvanceOperation;
import io.keelson.commands.operation.Target;
import java.util.Collection;
import java.util.List;

/** How runs are notified that a target of theirs is no longer desired. */
public final class Withdrawals {

  private Withdrawals() {}

  /** A newer run has superseded these; a superseded run may be about more than this target. */
  public static List<Command> of(
      Target target, Collection<OperationId> superseded, String by, OperationId newer) {
    return superseded.stream()
        .map(run -> of(run, target, "superseded by the " + by + ", operation " + newer))
        .toList();
  }

  public static Command of(OperationId run, Target target, String reason) {
    return new AdvanceOperation(run, new Input.Withdrawn(target, reason));
  }
}
