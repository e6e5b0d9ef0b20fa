package io.keelson.adapters.rest;

import io.keelson.commands.AclRule;
import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.SecretRef;
import io.keelson.commands.cluster.ClusterCommand.CreateCluster;
import io.keelson.commands.node.NodeAttributes;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.spec.MachineTemplate;
import io.keelson.commands.spec.Pool;
import io.keelson.commands.spec.PoolSpec;
import io.keelson.projections.status.BlockedBy;
import io.keelson.projections.status.ClusterStatus;
import io.keelson.projections.status.NodeStatus;
import io.keelson.projections.status.OperationStatus;
import io.keelson.projections.status.OperationStep;
import io.keelson.projections.status.PoolStatus;
import io.keelson.projections.status.RollProgress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
    return row.desired(spec, resized ? PoolStatus.Phase.SCALING : row.phase(), now);
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
    return row.desired(row.spec().at(version), row.phase(), row.updatedAt());
  }

  /** A pool whose machines are started with these secrets. */
  public static PoolStatus started(Map<String, SecretRef> userData, PoolStatus row) {
    PoolSpec spec = row.spec();
    MachineTemplate machine = spec.machine();
    return row.desired(
        new PoolSpec(
            spec.name(),
            spec.version(),
            new MachineTemplate(
                machine.nodeType(),
                machine.zone(),
                machine.containerRuntime(),
                machine.rootVolume(),
                machine.network(),
                userData),
            spec.scaling(),
            spec.nodes(),
            spec.upgradePolicy(),
            spec.autohealing(),
            spec.tags()),
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
    String machine = "scaleway://instance/" + pool.spec().machine().zone() + "/" + id;
    NodeAttributes attributes =
        new NodeAttributes(
            name,
            pool.spec().version(),
            phase,
            phase == NodePhase.CREATING ? "" : machine,
            conditions,
            phase == NodePhase.CREATION_FAILED ? "no machine" : "",
            "");
    return NodeStatus.created(id, 0, pool.cluster(), pool.id(), attributes, pool.createdAt());
  }

  /** The same node, deleted. */
  public static NodeStatus deleted(NodeStatus row, Instant at) {
    return new NodeStatus(
        row.id(),
        row.version() + 1,
        row.cluster(),
        row.pool(),
        row.attributes(),
        row.reported(),
        row.reboot(),
        row.trouble(),
        true,
        NodePhase.DELETING,
        at,
        row.createdAt(),
        at);
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
    return operation(cluster, id, kind, state, List.of(), RollProgress.NONE, List.of(), now);
  }

  /** A run with one step that has ended, and one that runs. */
  public static OperationStatus operation(
      ClusterId cluster, OperationKind kind, OperationStatus.State state, Instant now) {
    List<OperationStep> steps =
        List.of(
            new OperationStep(
                "control-plane",
                OperationStep.State.FINISHED,
                now,
                now.plusMillis(5),
                "1 of 1 API server ready at 1.41.1",
                null),
            new OperationStep(
                "system-components", OperationStep.State.RUNNING, now, null, null, null));
    return operation(
        cluster,
        new OperationId(UUID.randomUUID()),
        kind,
        state,
        steps,
        RollProgress.NONE,
        List.of(),
        now);
  }

  /** A run of an upgrade that replaces nodes. */
  public static OperationStatus roll(
      ClusterId cluster, List<OperationStep> steps, RollProgress roll, Instant started) {
    return operation(
        cluster,
        new OperationId(UUID.randomUUID()),
        OperationKind.UPGRADE,
        OperationStatus.State.RUNNING,
        steps,
        roll,
        List.of(),
        started);
  }

  private static OperationStatus operation(
      ClusterId cluster,
      OperationId id,
      OperationKind kind,
      OperationStatus.State state,
      List<OperationStep> steps,
      RollProgress roll,
      List<BlockedBy> blockedBy,
      Instant now) {
    return new OperationStatus(
        id,
        3,
        kind,
        cluster,
        kind == OperationKind.UPDATE ? new PoolId(new UUID(4, 4)) : null,
        null,
        state,
        state == OperationStatus.State.FAILED ? "no capacity" : null,
        "SCWAAAAAAAAAAAAAAAAA",
        new UUID(5, 5),
        null,
        "/keelson/events",
        new UUID(6, 6).toString(),
        steps,
        roll,
        blockedBy,
        List.of(),
        now,
        state == OperationStatus.State.RUNNING ? null : now.plusSeconds(90),
        now);
  }

  /** The same run, started by another one, with what blocks it. */
  public static OperationStatus within(
      @Nullable OperationId parent, List<BlockedBy> blockedBy, OperationStatus row) {
    return new OperationStatus(
        row.id(),
        row.version(),
        row.kind(),
        row.cluster(),
        row.pool(),
        row.node(),
        row.state(),
        row.reason(),
        row.requestedBy(),
        row.correlation(),
        parent,
        row.causeSource(),
        row.causeId(),
        row.steps(),
        row.roll(),
        blockedBy,
        row.nodeIds(),
        row.startedAt(),
        row.endedAt(),
        row.updatedAt());
  }
}
