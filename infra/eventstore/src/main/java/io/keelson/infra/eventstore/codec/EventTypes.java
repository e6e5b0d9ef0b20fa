package io.keelson.infra.eventstore.codec;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.keelson.commands.DomainEvent;
import io.keelson.commands.access.AccessEvent;
import io.keelson.commands.access.CallEvent;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.release.ReleaseEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All event types, each under its logical name {@code <subject>.<past participle>}. A name is never
 * derived from a class name, so that classes can move.
 */
public final class EventTypes {

  private static final List<EventType> ALL =
      List.of(
          open(ClusterEvent.ClusterCreationStarted.class, "cluster.creation-started"),
          open(ClusterEvent.ClusterCreationFinished.class, "cluster.creation-finished"),
          open(ClusterEvent.ClusterCreationFailed.class, "cluster.creation-failed"),
          open(ClusterEvent.ClusterDeletionStarted.class, "cluster.deletion-started"),
          open(ClusterEvent.ClusterDeletionFinished.class, "cluster.deletion-finished"),
          open(ClusterEvent.ClusterDeletionFailed.class, "cluster.deletion-failed"),
          open(ClusterEvent.ClusterUpdateStarted.class, "cluster.update-started"),
          open(ClusterEvent.ClusterUpdateFinished.class, "cluster.update-finished"),
          open(ClusterEvent.ClusterUpdateFailed.class, "cluster.update-failed"),
          open(ClusterEvent.ClusterTypeChangeStarted.class, "cluster.type-change-started"),
          open(ClusterEvent.ClusterTypeChangeFinished.class, "cluster.type-change-finished"),
          open(ClusterEvent.ClusterTypeChangeFailed.class, "cluster.type-change-failed"),
          open(ClusterEvent.ClusterUpgradeStarted.class, "cluster.upgrade-started"),
          open(ClusterEvent.ControlPlaneUpgraded.class, "cluster.control-plane-upgraded"),
          open(ClusterEvent.ClusterUpgradeFinished.class, "cluster.upgrade-finished"),
          open(ClusterEvent.ClusterUpgradeFailed.class, "cluster.upgrade-failed"),
          open(ClusterEvent.AclChangeStarted.class, "cluster.acl-change-started"),
          open(ClusterEvent.AclChangeFinished.class, "cluster.acl-change-finished"),
          open(ClusterEvent.AclChangeFailed.class, "cluster.acl-change-failed"),
          open(ClusterEvent.AdminTokenResetStarted.class, "cluster.admin-token-reset-started"),
          open(ClusterEvent.AdminTokenResetFinished.class, "cluster.admin-token-reset-finished"),
          open(ClusterEvent.AdminTokenResetFailed.class, "cluster.admin-token-reset-failed"),
          open(ClusterEvent.ControlPlaneObserved.class, "cluster.control-plane-observed"),
          open(ClusterEvent.ComponentsObserved.class, "cluster.components-observed"),
          open(
              ClusterEvent.AdditionalResourcesObserved.class,
              "cluster.additional-resources-observed"),
          open(ClusterEvent.ClusterGoneObserved.class, "cluster.gone-observed"),
          open(ClusterEvent.PoolCreationStarted.class, "pool.creation-started"),
          open(ClusterEvent.PoolCreationFinished.class, "pool.creation-finished"),
          open(ClusterEvent.PoolCreationFailed.class, "pool.creation-failed"),
          open(ClusterEvent.PoolUpdateStarted.class, "pool.update-started"),
          open(ClusterEvent.PoolUpdateFinished.class, "pool.update-finished"),
          open(ClusterEvent.PoolUpdateFailed.class, "pool.update-failed"),
          open(ClusterEvent.PoolUpgradeStarted.class, "pool.upgrade-started"),
          open(ClusterEvent.PoolUpgradeFinished.class, "pool.upgrade-finished"),
          open(ClusterEvent.PoolUpgradeFailed.class, "pool.upgrade-failed"),
          open(ClusterEvent.NodeReplacementStarted.class, "pool.node-replacement-started"),
          open(ClusterEvent.NodeReplacementFinished.class, "pool.node-replacement-finished"),
          open(ClusterEvent.NodeReplacementFailed.class, "pool.node-replacement-failed"),
          open(ClusterEvent.PoolDeletionStarted.class, "pool.deletion-started"),
          open(ClusterEvent.PoolDeletionFinished.class, "pool.deletion-finished"),
          open(ClusterEvent.PoolDeletionFailed.class, "pool.deletion-failed"),
          open(ClusterEvent.PoolObserved.class, "pool.observed"),
          open(NodeEvent.NodeCreated.class, "node.created"),
          open(NodeEvent.NodeChanged.class, "node.changed"),
          open(NodeEvent.NodePhaseChanged.class, "node.phase-changed"),
          open(NodeEvent.NodeDeleted.class, "node.deleted"),
          open(NodeEvent.NodeRebootStarted.class, "node.reboot-started"),
          open(NodeEvent.NodeRebootFinished.class, "node.reboot-finished"),
          open(NodeEvent.NodeRebootFailed.class, "node.reboot-failed"),
          open(NodeEvent.NodeCordoned.class, "node.cordoned"),
          open(NodeEvent.NodeConditionReported.class, "node.condition-reported"),
          open(NodeEvent.NodeConditionReportedLate.class, "node.condition-reported-late"),
          open(OperationEvent.OperationStarted.class, "operation.started"),
          open(OperationEvent.StepStarted.class, "operation.step-started"),
          open(OperationEvent.StepFinished.class, "operation.step-finished"),
          open(OperationEvent.ControlPlaneRequested.class, "operation.control-plane-requested"),
          open(OperationEvent.ComponentsRequested.class, "operation.components-requested"),
          open(OperationEvent.PoolRequested.class, "operation.pool-requested"),
          open(OperationEvent.AclRequested.class, "operation.acl-requested"),
          open(OperationEvent.NodeRebootRequested.class, "operation.node-reboot-requested"),
          open(
              OperationEvent.AdminTokenResetRequested.class,
              "operation.admin-token-reset-requested"),
          open(OperationEvent.RunAwaited.class, "operation.run-awaited"),
          open(OperationEvent.NodesPlanned.class, "operation.nodes-planned"),
          open(OperationEvent.NodesChosen.class, "operation.nodes-chosen"),
          open(OperationEvent.PoolRemovalRequested.class, "operation.pool-removal-requested"),
          open(
              OperationEvent.AdditionalResourcesRemovalRequested.class,
              "operation.additional-resources-removal-requested"),
          open(OperationEvent.ClusterRemovalRequested.class, "operation.cluster-removal-requested"),
          open(OperationEvent.WishAnswered.class, "operation.wish-answered"),
          open(OperationEvent.TargetProgressed.class, "operation.target-progressed"),
          open(OperationEvent.TargetBlocked.class, "operation.target-blocked"),
          open(OperationEvent.TargetConverged.class, "operation.target-converged"),
          open(OperationEvent.TargetFailed.class, "operation.target-failed"),
          open(OperationEvent.TargetWithdrawn.class, "operation.target-withdrawn"),
          open(OperationEvent.TimerSet.class, "operation.timer-set"),
          open(OperationEvent.DecisionMade.class, "operation.decision-made"),
          open(OperationEvent.OperationFinished.class, "operation.finished"),
          open(OperationEvent.OperationFailed.class, "operation.failed"),
          open(OperationEvent.OperationCancelled.class, "operation.cancelled"),
          open(ReleaseEvent.ReleasePublished.class, "release.published"),
          open(AccessEvent.OrganizationOpened.class, "access.organization-opened"),
          // Not open: it carries the hash of a secret.
          new EventType(AccessEvent.ApiKeyIssued.class, "access.api-key-issued", 1, false),
          open(AccessEvent.ApiKeyRevoked.class, "access.api-key-revoked"),
          open(CallEvent.CallRefused.class, "call.refused"),
          open(CallEvent.SecretRead.class, "call.secret-read"));

  private static final Map<Class<?>, EventType> BY_CLASS =
      ALL.stream().collect(toUnmodifiableMap(EventType::event, identity()));
  private static final Map<String, EventType> BY_NAME =
      ALL.stream().collect(toUnmodifiableMap(EventType::name, identity()));

  private EventTypes() {}

  public static List<EventType> all() {
    return ALL;
  }

  /**
   * The type of an event.
   *
   * @throws IllegalArgumentException when it has no logical name: it cannot be stored or read
   */
  public static EventType of(Class<? extends DomainEvent> event) {
    EventType type = BY_CLASS.get(event);
    if (type == null) {
      throw new IllegalArgumentException(event.getName() + " has no logical name");
    }
    return type;
  }

  /** The type of that name, if this version of the code knows it. */
  public static Optional<EventType> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  private static EventType open(Class<? extends DomainEvent> event, String name) {
    return new EventType(event, name, 1, true);
  }
}
