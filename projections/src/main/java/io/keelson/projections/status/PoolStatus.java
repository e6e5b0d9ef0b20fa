package io.keelson.projections.status;

import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.spec.PoolSpec;
import io.keelson.projections.Row;
import java.time.Instant;
import java.util.List;

/**
 * One pool as callers see it. It scales to its first size, is in service (with a warning while it
 * differs from what is desired), scales again whenever another size is requested, is upgraded by
 * the replacement of all of its nodes, and is deleted, at the latest with its cluster. It is locked
 * if its deletion failed.
 *
 * @param version the number of the last event of its cluster folded into it, from 0
 * @param spec as it is desired, whether or not it is effective yet
 * @param oldest the oldest version that any of its nodes may have
 * @param scaling the operations at whose end it has another number of nodes
 * @param newest the operation of the last request: only its end decides on the message
 * @param message why it is not as desired, else empty
 * @param updatedAt when something that callers see changed
 */
public record PoolStatus(
    PoolId id,
    long version,
    ClusterId cluster,
    String region,
    PoolSpec spec,
    KubernetesVersion oldest,
    Phase phase,
    List<OperationId> scaling,
    OperationId newest,
    String message,
    Instant createdAt,
    Instant updatedAt)
    implements Row<PoolId> {

  public PoolStatus {
    scaling = List.copyOf(scaling);
  }

  /** Spelt in lower case at the API. */
  public enum Phase {
    SCALING,
    READY,
    WARNING,
    UPGRADING,
    LOCKED,
    DELETING,
    DELETED
  }

  /** A pool whose creation has just started. */
  public static PoolStatus created(
      PoolId id,
      long version,
      ClusterId cluster,
      String region,
      PoolSpec spec,
      OperationId creation,
      Instant at) {
    return new PoolStatus(
        id,
        version,
        cluster,
        region,
        spec,
        spec.version(),
        Phase.SCALING,
        List.of(creation),
        creation,
        "",
        at,
        at);
  }

  /** The same with another desired specification. */
  public PoolStatus desired(PoolSpec desired, Phase next, Instant at) {
    return new PoolStatus(
        id, version, cluster, region, desired, oldest, next, scaling, newest, message, createdAt,
        at);
  }

  /** Whether it may have nodes of another version than the desired one. */
  public boolean mixed() {
    return !oldest.equals(spec.version());
  }

  PoolStatus with(
      long seen,
      PoolSpec desired,
      Phase next,
      List<OperationId> waiting,
      OperationId last,
      String why,
      Instant changed) {
    return new PoolStatus(
        id, seen, cluster, region, desired, oldest, next, waiting, last, why, createdAt, changed);
  }

  /** The same with another oldest version of its nodes. */
  PoolStatus withOldest(KubernetesVersion other) {
    return new PoolStatus(
        id, version, cluster, region, spec, other, phase, scaling, newest, message, createdAt,
        updatedAt);
  }
}
