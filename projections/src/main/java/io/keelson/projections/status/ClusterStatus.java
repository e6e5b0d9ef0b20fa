package io.keelson.projections.status;

import io.keelson.commands.AclRule;
import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.spec.ClusterSpec;
import io.keelson.commands.spec.ClusterType;
import io.keelson.projections.Row;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One cluster as callers see it. It is created, is in service (or requires a first pool, where its
 * type does), is updated whenever its control plane has to change, and is deleted. It is locked if
 * its creation or its deletion failed.
 *
 * @param version the number of the last event folded into it, from 0
 * @param spec as it is desired, whether or not it is effective yet
 * @param pools how many it has
 * @param acl the desired rules of the access to its API server
 * @param commitmentEndsAt until when its type is booked; null: it is booked for no time
 * @param upgrading whether an upgrade of it still runs, that of its pools included
 * @param message what failed last, empty once something later has started
 * @param operation that holds the cluster as a whole
 * @param updatedAt when something that callers see changed
 */
public record ClusterStatus(
    ClusterId id,
    long version,
    OrganizationId organization,
    ProjectId project,
    String region,
    ClusterSpec spec,
    Phase phase,
    int pools,
    List<AclRule> acl,
    @Nullable Instant commitmentEndsAt,
    boolean upgrading,
    String message,
    @Nullable OperationId operation,
    Instant createdAt,
    Instant updatedAt)
    implements Row<ClusterId> {

  public ClusterStatus {
    acl = List.copyOf(acl);
  }

  /** Spelt in lower case at the API. */
  public enum Phase {
    CREATING,
    READY,
    POOL_REQUIRED,
    UPDATING,
    DELETING,
    DELETED,
    LOCKED
  }

  /** A cluster whose creation has just started. */
  public static ClusterStatus created(
      ClusterId id,
      long version,
      OrganizationId organization,
      ProjectId project,
      String region,
      ClusterSpec spec,
      int pools,
      OperationId creation,
      Instant at) {
    return new ClusterStatus(
        id,
        version,
        organization,
        project,
        region,
        spec,
        Phase.CREATING,
        pools,
        List.of(AclRule.initial(id)),
        commitment(spec.type(), null, at),
        false,
        "",
        creation,
        at,
        at);
  }

  /** The same with another desired specification. */
  public ClusterStatus desired(ClusterSpec desired, Phase next, Instant at) {
    boolean booked = desired.type() != spec.type();
    return new ClusterStatus(
        id,
        version,
        organization,
        project,
        region,
        desired,
        next,
        pools,
        acl,
        booked ? commitment(desired.type(), commitmentEndsAt, at) : commitmentEndsAt,
        upgrading,
        message,
        operation,
        createdAt,
        at);
  }

  /** A type that is booked for a time never shortens an earlier booking. */
  private static @Nullable Instant commitment(
      ClusterType type, @Nullable Instant before, Instant at) {
    if (type.commitment().isZero()) {
      return null;
    }
    Instant end = at.plus(type.commitment());
    return before != null && before.isAfter(end) ? before : end;
  }

  /** The same with other rules of the access to its API server. */
  ClusterStatus ruled(List<AclRule> rules) {
    return new ClusterStatus(
        id,
        version,
        organization,
        project,
        region,
        spec,
        phase,
        pools,
        rules,
        commitmentEndsAt,
        upgrading,
        message,
        operation,
        createdAt,
        updatedAt);
  }

  /** The same after an event that changes nothing that callers see. */
  ClusterStatus at(long seen) {
    return with(seen, phase, pools, upgrading, message, operation, updatedAt);
  }

  ClusterStatus with(
      long seen,
      Phase next,
      int count,
      boolean upgrade,
      String why,
      @Nullable OperationId holder,
      Instant changed) {
    return new ClusterStatus(
        id,
        seen,
        organization,
        project,
        region,
        spec,
        next,
        count,
        acl,
        commitmentEndsAt,
        upgrade,
        why,
        holder,
        createdAt,
        changed);
  }
}
