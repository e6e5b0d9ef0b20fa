package io.keelson.aggregates.cluster;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationStarted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of a cluster: absent, then creating, then running (changed as a whole by one work at a
 * time), then deleting, then deleted for ever. Creation may fail (it can then only be deleted), and
 * so may deletion (it can then be deleted again). Each phase holds exactly what exists in it.
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

  /**
   * In service.
   *
   * @param work what is being done to it as a whole; null: nothing
   */
  record Running(@Nullable Work work, Facts facts) implements Present {
    @Override
    public Running with(Facts changed) {
      return new Running(work, changed);
    }

    Running with(@Nullable Work changed) {
      return new Running(changed, facts);
    }

    /** What runs for it as a whole. */
    List<OperationId> operations() {
      return work == null ? List.of() : List.of(work.operation());
    }

    /** Its pools are not counted, and none begins, while it is upgraded. */
    boolean upgrading() {
      return work instanceof Work.Upgrading;
    }

    /** A pool that its upgrade, if there is one, has not to wait for. */
    Running without(PoolId pool) {
      return work instanceof Work.Upgrading u ? with(u.without(pool)) : this;
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
