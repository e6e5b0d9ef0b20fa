package io.keelson.sagas.operation;

import io.keelson.commands.OperationId;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.NodesChosen;
import io.keelson.commands.operation.OperationEvent.PoolRequested;
import io.keelson.commands.operation.OperationEvent.Wish;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.Convergence;
import io.keelson.commands.provisioning.PoolDocument;
import io.keelson.sagas.operation.OperationState.Running;
import java.util.List;

/** Brings one pool's document into force: that of a new pool, or one that has changed. */
record PoolProcess(PoolDocument document) implements LongProcess {

  @Override
  public List<Step> steps() {
    return List.of(new Step("pool", List.of(Target.pool(document.pool()))));
  }

  /** Nodes that are to go are cordoned first. */
  @Override
  public List<OperationEvent> opening(OperationId operation) {
    return document.unwanted().isEmpty()
        ? List.of()
        : List.of(
            new NodesChosen(operation, document.cluster(), document.pool(), document.unwanted()));
  }

  @Override
  public Wish request(OperationId operation, Target target, int attempt, Running run) {
    return new PoolRequested(operation, document.cluster(), attempt, document);
  }

  @Override
  public boolean converged(Target target, Sight sight, Running run) {
    return sight instanceof Sight.OfPool(var pool, _)
        && pool != null
        && Convergence.converged(document, pool);
  }
}
