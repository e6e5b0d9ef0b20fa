package io.keelson.adapters.rest;

import io.keelson.commands.AclRule;
import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterCommand.CreateCluster;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.spec.Pool;
import io.keelson.commands.spec.PoolSpec;
import io.keelson.projections.status.ClusterStatus;
import io.keelson.projections.status.NodeStatus;
import io.keelson.projections.status.OperationStatus;
import io.keelson.projections.status.PoolStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Rows as the projections would have them. */
public final class Rows {

  private Rows() {}

  static ClusterStatus created(CreateCluster c, Instant now) {
    return ClusterStatus.created(
        c.clusterId(),
        0,
        c.organization(),
        c.project(),
        c.region(),
        c.spec(),
        c.pools().size(),
        c.operation(),
        now);
  }

  /** The cluster with other rules of access. */
  static ClusterStatus with(List<AclRule> rules, ClusterStatus row) {
    return new ClusterStatus(
        row.id(),
        row.version() + 1,
        row.organization(),
        row.project(),
        row.region(),
        row.spec(),
        row.phase(),
        row.pools(),
        rules,
        row.commitmentEndsAt(),
        row.upgrading(),
        row.message(),
        row.operation(),
        row.createdAt(),
        row.updatedAt());
  }

  /** The cluster with its type booked until then. */
  public static ClusterStatus bookedUntil(Instant end, ClusterStatus row) {
    return new ClusterStatus(
        row.id(),
        row.version(),
        row.organization(),
        row.project(),
        row.region(),
        row.spec(),
        row.phase(),
        row.pools(),
        row.acl(),
        end,
        row.upgrading(),
        row.message(),
        row.operation(),
        row.createdAt(),
        row.updatedAt());
  }

  public static ClusterStatus in(ClusterStatus.Phase phase, ClusterStatus row) {
    return new ClusterStatus(
        row.id(),
        row.version() + 1,
        row.organization(),
        row.project(),
        row.region(),
        row.spec(),
        phase,
        row.pools(),
        row.acl(),
        row.commitmentEndsAt(),
        row.upgrading(),
        row.message(),
        row.operation(),
        row.createdAt(),
        row.updatedAt().plusMillis(1));
  }

  static PoolStatus pool(
      ClusterId cluster, String region, Pool pool, OperationId creation, Instant now) {
    return PoolStatus.created(pool.id(), 0, cluster, region, pool.spec(), creation, now);
  }

  static PoolStatus with(PoolSpec spec, PoolStatus row, Instant now) {
    boolean resized = spec.size() != row.spec().size();
    return row.asked(spec, resized ? PoolStatus.Phase.SCALING : row.phase(), now);
  }

  public static PoolStatus in(PoolStatus.Phase phase, String message, PoolStatus row) {
    return new PoolStatus(
        row.id(),
        row.version() + 1,
        row.cluster(),
        row.region(),
        row.spec(),
        row.oldest(),
        phase,
        row.scaling(),
        row.newest(),
        message,
        row.createdAt(),
        row.updatedAt());
  }

  /** The cluster with another version; its pools keep theirs. */
  public static ClusterStatus at(KubernetesVersion version, ClusterStatus row) {
    return row.asked(row.spec().at(version), row.phase(), row.updatedAt());
  }

  /** A pool whose machines are started with that, key to base64. */
  public static PoolStatus with(Map<String, String> userData, PoolStatus row) {
    PoolSpec spec = row.spec();
    return row.asked(
        new PoolSpec(
            spec.name(),
            spec.version(),
            spec.nodeType(),
            spec.placementGroupId(),
            spec.autoscaling(),
            spec.size(),
            spec.minSize(),
            spec.maxSize(),
            spec.containerRuntime(),
            spec.autohealing(),
            spec.tags(),
            spec.kubeletArgs(),
            spec.upgradePolicy(),
            spec.zone(),
            spec.rootVolumeType(),
            spec.rootVolumeSize(),
            spec.publicIpDisabled(),
            spec.securityGroupId(),
            spec.labels(),
            spec.taints(),
            spec.startupTaints(),
            spec.privateNetworkId(),
            userData),
        row.phase(),
        row.updatedAt());
  }

  /** The same, created and changed a second later. */
  public static PoolStatus later(PoolStatus row) {
    return new PoolStatus(
        row.id(),
        row.version(),
        row.cluster(),
        row.region(),
        row.spec(),
        row.oldest(),
        row.phase(),
        row.scaling(),
        row.newest(),
        row.message(),
        row.createdAt().plusSeconds(1),
        row.updatedAt().plusSeconds(1));
  }

  /** With nodes of which some may still be of an older version. */
  public static PoolStatus mixed(KubernetesVersion oldest, PoolStatus row) {
    return new PoolStatus(
        row.id(),
        row.version(),
        row.cluster(),
        row.region(),
        row.spec(),
        oldest,
        row.phase(),
        row.scaling(),
        row.newest(),
        row.message(),
        row.createdAt(),
        row.updatedAt());
  }

  public static NodeStatus node(
      PoolStatus pool, String name, NodePhase phase, Map<String, String> conditions) {
    NodeId id = new NodeId(UUID.randomUUID());
    ObservedNode observed =
        new ObservedNode(
            id,
            pool.id(),
            name,
            pool.spec().version(),
            phase,
            phase == NodePhase.CREATING
                ? ""
                : "scaleway://instance/" + pool.spec().zone() + "/" + id,
            conditions,
            phase == NodePhase.CREATION_FAILED ? "no machine" : "",
            "");
    return new NodeStatus(
        id, 0, pool.cluster(), observed, false, pool.createdAt(), pool.updatedAt());
  }

  /** The replacement of an administrator's token. */
  public static OperationStatus replacement(
      ClusterId cluster, OperationId id, OperationStatus.State state, Instant now) {
    return run(cluster, id, OperationKind.RESET_ADMIN_TOKEN, state, now);
  }

  /** What is done to a cluster as a whole. */
  public static OperationStatus run(
      ClusterId cluster,
      OperationId id,
      OperationKind kind,
      OperationStatus.State state,
      Instant now) {
    return new OperationStatus(
        id,
        0,
        kind,
        cluster,
        null,
        null,
        state,
        state == OperationStatus.State.FAILED ? "refused" : null,
        "SCWAAAAAAAAAAAAAAAAA",
        "/keelson/events",
        UUID.randomUUID().toString(),
        List.of(),
        null,
        List.of(),
        now,
        now);
  }

  public static OperationStatus operation(
      ClusterId cluster, OperationKind kind, OperationStatus.State state, Instant now) {
    return new OperationStatus(
        new OperationId(UUID.randomUUID()),
        3,
        kind,
        cluster,
        kind == OperationKind.UPDATE ? new PoolId(UUID.randomUUID()) : null,
        null,
        state,
        state == OperationStatus.State.FAILED ? "no capacity" : null,
        "SCWAAAAAAAAAAAAAAAAA",
        "/keelson/events",
        UUID.randomUUID().toString(),
        List.of(
            new OperationStatus.Step(
                "control-plane",
                OperationStatus.State.FINISHED,
                1,
                now,
                now.plusMillis(5),
                null,
                null),
            new OperationStatus.Step(
                "pools", OperationStatus.State.RUNNING, 2, now, null, "1 of 3 nodes ready", null)),
        null,
        List.of(),
        now,
        now);
  }
}
