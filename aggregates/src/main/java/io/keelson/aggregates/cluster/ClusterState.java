package io.keelson.aggregates.cluster;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.keelson.aggregates.pool.Holder;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationStarted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of a cluster: absent, then creating, then running (changed as a whole by one work at a
 * time), then deleting, then deleted for ever. Creation may fail (the cluster can then only be
 * deleted), and so may deletion (it can be requested again). Each phase holds exactly what exists
 * in it.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "phase")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ClusterState.Absent.class, name = "absent"),
  @JsonSubTypes.Type(value = ClusterState.Creating.class, name = "creating"),
  @JsonSubTypes.Type(value = ClusterState.Running.class, name = "running"),
  @JsonSubTypes.Type(value = ClusterState.CreationFailed.class, name = "creation-failed"),
  @JsonSubTypes.Type(value = ClusterState.Deleting.class, name = "deleting"),
  @JsonSubTypes.Type(value = ClusterState.DeletionFailed.class, name = "deletion-failed"),
  @JsonSubTypes.Type(value = ClusterState.Deleted.class, name = "deleted")
})
public sealed interface ClusterState {

  /** Nothing has happened yet. */
  record Absent() implements ClusterState {}

  /** It was created, and is not deleted yet. */
  sealed interface Present extends ClusterState {
    ClusterFacts facts();

    Present with(ClusterFacts changed);
  }

  record Creating(OperationId operation, ClusterFacts facts) implements Present {
    @Override
    public Present with(ClusterFacts changed) {
      return new Creating(operation, changed);
    }

    Holder holder() {
      return new Holder("being created", operation);
    }
  }

  /**
   * In service.
   *
   * @param work the change of it as a whole that is in progress; null: none is
   */
  record Running(@Nullable Work work, ClusterFacts facts) implements Present {
    @Override
    public Running with(ClusterFacts changed) {
      return new Running(work, changed);
    }

    Running with(@Nullable Work changed) {
      return new Running(changed, facts);
    }

    /** The run for it as a whole, if there is one. */
    List<OperationId> operations() {
      return work == null ? List.of() : List.of(work.operation());
    }
  }

  record CreationFailed(ClusterFacts facts) implements Present {
    @Override
    public Present with(ClusterFacts changed) {
      return new CreationFailed(changed);
    }

    Holder holder() {
      return new Holder("not in service because its creation failed", null);
    }
  }

  record Deleting(OperationId operation, boolean withAdditionalResources, ClusterFacts facts)
      implements Present {
    @Override
    public Present with(ClusterFacts changed) {
      return new Deleting(operation, withAdditionalResources, changed);
    }

    Holder holder() {
      return new Holder("being deleted", operation);
    }
  }

  record DeletionFailed(ClusterFacts facts) implements Present {
    @Override
    public Present with(ClusterFacts changed) {
      return new DeletionFailed(changed);
    }

    Holder holder() {
      return new Holder("not in service because its deletion failed", null);
    }
  }

  /** Deleted; its first event is kept, so that a repeated request to create it is recognized. */
  record Deleted(ClusterCreationStarted created) implements ClusterState {}
}
