package io.keelson.aggregates.cluster;

import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationStarted;

/**
 * The life of a cluster: absent, then creating, then running, then deleting, then deleted for ever.
 * Creation may fail (it can then only be deleted), and so may deletion (it can then be deleted
 * again). Each phase holds exactly what exists in it.
 */
public sealed interface ClusterState {

  /** Nothing has happened yet. */
  record Absent() implements ClusterState {}

  /** It was created, and is not gone yet. */
  sealed interface Present extends ClusterState {
    Facts facts();

    Present with(Facts changed);
  }

  record Creating(OperationId operation, Facts facts) implements Present {
    @Override
    public Present with(Facts changed) {
      return new Creating(operation, changed);
    }
  }

  record Running(Facts facts) implements Present {
    @Override
    public Present with(Facts changed) {
      return new Running(changed);
    }
  }

  record CreationFailed(Facts facts) implements Present {
    @Override
    public Present with(Facts changed) {
      return new CreationFailed(changed);
    }
  }

  record Deleting(OperationId operation, boolean withAdditionalResources, Facts facts)
      implements Present {
    @Override
    public Present with(Facts changed) {
      return new Deleting(operation, withAdditionalResources, changed);
    }
  }

  record DeletionFailed(Facts facts) implements Present {
    @Override
    public Present with(Facts changed) {
      return new DeletionFailed(changed);
    }
  }

  /** Gone; what it was is kept so that a repeated wish to create it is recognized. */
  record Deleted(ClusterCreationStarted created) implements ClusterState {}
}
