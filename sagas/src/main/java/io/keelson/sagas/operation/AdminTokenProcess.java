package io.keelson.sagas.operation;

import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.operation.OperationEvent.AdminTokenResetRequested;
import io.keelson.commands.operation.OperationEvent.Request;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.operation.Target;
import io.keelson.sagas.operation.OperationState.Running;
import java.util.List;

/** Puts another administrator's credential in the place of the one that was. It never sees any. */
record AdminTokenProcess(ClusterId cluster) implements LongProcess {

  @Override
  public List<Step> steps() {
    return List.of(new Step("admin-token", List.of(Target.ADMIN_TOKEN)));
  }

  @Override
  public Request request(OperationId operation, Target target, int attempt, Running run) {
    return new AdminTokenResetRequested(operation, cluster, attempt);
  }

  @Override
  public boolean converged(Target target, Sight sight, Running run) {
    return false;
  }

  @Override
  public boolean acceptedIsDone() {
    return true;
  }
}
