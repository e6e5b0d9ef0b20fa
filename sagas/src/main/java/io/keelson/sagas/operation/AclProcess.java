package io.keelson.sagas.operation;

import io.keelson.commands.OperationId;
import io.keelson.commands.operation.OperationEvent.AclRequested;
import io.keelson.commands.operation.OperationEvent.Request;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.AclDocument;
import io.keelson.sagas.operation.OperationState.Running;
import java.util.List;

/** Brings other rules of the access to an API server into force. */
record AclProcess(AclDocument document) implements LongProcess {

  @Override
  public List<Step> steps() {
    return List.of(new Step("acl", List.of(Target.ACL)));
  }

  @Override
  public Request request(OperationId operation, Target target, int attempt, Running run) {
    return new AclRequested(operation, document.cluster(), attempt, document);
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
