package io.keelson.aggregates.pool;

import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.spec.ClusterType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that the rules of pools may know of the cluster. */
public sealed interface PoolCluster {

  ClusterId id();

  /** It was never created, or it is deleted. */
  record Absent(ClusterId id) implements PoolCluster {}

  /**
   * It exists.
   *
   * @param project whose quota its nodes count against
   * @param desired the version that was requested last
   * @param running the version that every API server has at least
   */
  record Present(
      ClusterId id,
      ProjectId project,
      ClusterType type,
      KubernetesVersion desired,
      KubernetesVersion running,
      Stage stage,
      Pools pools)
      implements PoolCluster {}

  /** How far the cluster has come. */
  sealed interface Stage {}

  /**
   * It is in service.
   *
   * @param upgrade of the cluster as a whole; null: it is not being upgraded
   */
  record InService(@Nullable Upgrade upgrade) implements Stage {}

  /** It is not in service. */
  sealed interface NotInService extends Stage {
    Holder holder();
  }

  /** It is being created. */
  record Creating(Holder holder) implements NotInService {}

  /** It is being deleted, and its pools with it. */
  record Deleting(Holder holder) implements NotInService {}

  /** Its creation or its deletion has failed. */
  record Failed(Holder holder) implements NotInService {}

  /**
   * An upgrade of the cluster as a whole.
   *
   * @param controlPlaneDone whether the control plane has the new version
   * @param pools that it still waits for
   */
  record Upgrade(OperationId operation, boolean controlPlaneDone, List<PoolId> pools) {

    public Upgrade {
      pools = List.copyOf(pools);
    }

    Holder holder() {
      return new Holder("being upgraded", operation);
    }
  }
}
