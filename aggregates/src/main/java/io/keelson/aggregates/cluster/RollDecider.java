package io.keelson.aggregates.cluster;

import static io.keelson.commands.CommandRejected.Reason.NOT_FOUND;

import io.keelson.aggregates.cluster.ClusterState.Present;
import io.keelson.aggregates.cluster.ClusterState.Running;
import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterCommand.FailNodeReplacement;
import io.keelson.commands.cluster.ClusterCommand.FailPoolUpgrade;
import io.keelson.commands.cluster.ClusterCommand.FinishNodeReplacement;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolUpgrade;
import io.keelson.commands.cluster.ClusterCommand.ReplaceNode;
import io.keelson.commands.cluster.ClusterCommand.UpgradePool;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterEvent.NodeReplacementFailed;
import io.keelson.commands.cluster.ClusterEvent.NodeReplacementFinished;
import io.keelson.commands.cluster.ClusterEvent.NodeReplacementStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeStarted;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether nodes of a pool may be replaced by new ones: all of them, or one. In which order they go
 * belongs to the processes.
 */
final class RollDecider {

  private RollDecider() {}

  /** Also to the version that it has: its nodes come from the latest image then. */
  static List<ClusterEvent> upgrade(UpgradePool c, ClusterState state) {
    Running running = Refusals.running(c.clusterId(), c.pool(), state);
    PoolFacts pool = pool(c.pool(), running);
    ControlPlaneFacts controlPlane = running.facts().controlPlane();
    if (!c.target().equals(controlPlane.spec().version())) {
      throw Refusals.invalid(
          "version", "must be that of the cluster, " + controlPlane.spec().version());
    }
    if (running.work() instanceof Work.Upgrading u && !u.controlPlaneDone()) {
      throw Refusals.clusterBusy(c.clusterId(), u.text());
    }
    if (!controlPlane.served()) {
      throw Refusals.clusterBusy(
          c.clusterId(), "not yet at " + c.target() + ", but at " + controlPlane.version());
    }
    checkRollable(c.pool(), pool);
    return List.of(
        started(c.clusterId(), c.pool(), c.operation(), null, running.facts(), pool, c.target()));
  }

  /** The event with which a roll of all nodes begins. */
  static PoolUpgradeStarted started(
      ClusterId cluster,
      PoolId id,
      OperationId operation,
      @Nullable OperationId upgrade,
      Facts facts,
      PoolFacts pool,
      KubernetesVersion target) {
    return new PoolUpgradeStarted(
        cluster,
        id,
        operation,
        upgrade,
        pool.generation() + 1,
        facts.spec().name(),
        pool.spec(),
        pool.spec().at(target),
        List.copyOf(pool.updates().keySet()));
  }

  static List<ClusterEvent> replace(ReplaceNode c, ClusterState state) {
    Running running = Refusals.running(c.clusterId(), c.pool(), state);
    PoolFacts pool = pool(c.pool(), running);
    if (pool.nodes().removed().contains(c.node())) {
      throw new CommandRejected(NOT_FOUND, "node " + c.node() + " has been removed", "node_id");
    }
    if (running.upgrading()) {
      throw Refusals.clusterBusy(c.clusterId(), "being upgraded");
    }
    checkRollable(c.pool(), pool);
    return List.of(
        new NodeReplacementStarted(
            c.clusterId(),
            c.pool(),
            c.node(),
            c.operation(),
            pool.generation() + 1,
            running.facts().spec().name(),
            pool.spec()));
  }

  private static PoolFacts pool(PoolId id, Running running) {
    PoolFacts pool = running.facts().pool(id).orElseThrow(() -> Refusals.poolNotFound(id));
    if (pool.leaving()) {
      throw Refusals.poolBusy(id, "being deleted");
    }
    return pool;
  }

  private static void checkRollable(PoolId id, PoolFacts pool) {
    switch (pool.phase()) {
      case CREATING -> throw Refusals.poolBusy(id, "being created");
      case CREATION_FAILED -> throw Refusals.poolBusy(id, "not complete");
      case DELETING, DELETION_FAILED -> throw Refusals.poolBusy(id, "being deleted");
      case RUNNING -> checkStill(id, pool);
    }
  }

  /**
   * Nodes come and go for one reason at a time.
   *
   * @throws CommandRejected when they do already
   */
  static void checkStill(PoolId id, PoolFacts pool) {
    if (pool.roll() != null) {
      throw Refusals.poolBusy(id, pool.roll().text());
    }
    if (!pool.scalings().isEmpty()) {
      throw Refusals.poolBusy(id, "being scaled");
    }
  }

  static List<ClusterEvent> finishUpgrade(FinishPoolUpgrade c, ClusterState state) {
    return upgrading(state, c.pool(), c.operation()).stream()
        .<ClusterEvent>map(
            roll -> new PoolUpgradeFinished(c.clusterId(), c.pool(), c.operation(), roll.upgrade()))
        .toList();
  }

  static List<ClusterEvent> failUpgrade(FailPoolUpgrade c, ClusterState state) {
    return upgrading(state, c.pool(), c.operation()).stream()
        .<ClusterEvent>map(
            roll ->
                new PoolUpgradeFailed(
                    c.clusterId(), c.pool(), c.operation(), roll.upgrade(), c.reason()))
        .toList();
  }

  static List<ClusterEvent> finishReplacement(FinishNodeReplacement c, ClusterState state) {
    return replacing(state, c.pool(), c.operation()).stream()
        .<ClusterEvent>map(
            roll ->
                new NodeReplacementFinished(c.clusterId(), c.pool(), roll.node(), c.operation()))
        .toList();
  }

  static List<ClusterEvent> failReplacement(FailNodeReplacement c, ClusterState state) {
    return replacing(state, c.pool(), c.operation()).stream()
        .<ClusterEvent>map(
            roll ->
                new NodeReplacementFailed(
                    c.clusterId(), c.pool(), roll.node(), c.operation(), c.reason()))
        .toList();
  }

  private static Optional<PoolRoll.Upgrading> upgrading(
      ClusterState state, PoolId pool, OperationId operation) {
    return roll(state, pool, operation)
        .flatMap(r -> r instanceof PoolRoll.Upgrading u ? Optional.of(u) : Optional.empty());
  }

  private static Optional<PoolRoll.Replacing> replacing(
      ClusterState state, PoolId pool, OperationId operation) {
    return roll(state, pool, operation)
        .flatMap(r -> r instanceof PoolRoll.Replacing one ? Optional.of(one) : Optional.empty());
  }

  private static Optional<PoolRoll> roll(ClusterState state, PoolId pool, OperationId operation) {
    return state instanceof Present present
        ? present
            .facts()
            .pool(pool)
            .flatMap(known -> Optional.ofNullable(known.roll()))
            .filter(roll -> roll.operation().equals(operation))
        : Optional.empty();
  }
}
