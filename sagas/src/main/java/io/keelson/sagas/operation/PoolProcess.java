package io.keelson.sagas.operation;

import io.keelson.commands.OperationId;
import io.keelson.commands.operation.OperationEvent.PoolRequested;
import io.keelson.commands.operation.OperationEvent.Wish;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.Convergence;
import io.keelson.commands.provisioning.PoolDocument;
import java.util.List;

/** Brings one pool's document into force: that of a new pool, or one that has changed. */
record PoolProcess(PoolDocument document) implements LongProcess {

  @Override
  public List<Step> steps() {
    return List.of(new Step("pool", List.of(Target.pool(document.pool()))));
  }

  @Override
  public Wish wish(OperationId operation, Target target, int attempt) {
    return new PoolRequested(operation, document.cluster(), attempt, document);
  }

  @Override
  public boolean converged(Target target, Sight sight, boolean accepted) {
    return sight instanceof Sight.OfPool(var pool)
        && pool != null
        && Convergence.converged(document, pool);
  }
}
