package io.keelson.sagas.operation;

import io.keelson.commands.OperationId;
import io.keelson.commands.operation.OperationEvent.ControlPlaneRequested;
import io.keelson.commands.operation.OperationEvent.Request;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.Convergence;
import io.keelson.sagas.operation.OperationState.Running;
import java.util.List;

/** Brings a control plane's changed document into force: other settings, or another type. */
record ControlPlaneProcess(ClusterDocument document) implements LongProcess {

  @Override
  public List<Step> steps() {
    return List.of(new Step("control-plane", List.of(Target.CONTROL_PLANE)));
  }

  @Override
  public Request request(OperationId operation, Target target, int attempt, Running run) {
    return new ControlPlaneRequested(operation, document.cluster(), attempt, document);
  }

  @Override
  public boolean converged(Target target, Sight sight, Running run) {
    return sight instanceof Sight.OfControlPlane(var controlPlane)
        && Convergence.converged(document, controlPlane);
  }
}
