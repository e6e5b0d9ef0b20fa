package io.keelson.infra.eventstore.codec;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.keelson.commands.DomainEvent;
import io.keelson.commands.access.AccessEvent;
import io.keelson.commands.access.CallEvent;
import io.keelson.commands.cluster.AccessRulesEvent;
import io.keelson.commands.cluster.ActionEvent;
import io.keelson.commands.cluster.ClusterLifeEvent;
import io.keelson.commands.cluster.ClusterObservationEvent;
import io.keelson.commands.cluster.ClusterPlan;
import io.keelson.commands.cluster.ControlPlaneEvent;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.node.NodePlan;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.RequestEvent;
import io.keelson.commands.operation.RunEvent;
import io.keelson.commands.operation.TargetEvent;
import io.keelson.commands.pool.PoolEvent;
import io.keelson.commands.pool.PoolPlan;
import io.keelson.commands.release.ReleaseEvent;
import io.keelson.commands.upgrade.RollEvent;
import io.keelson.commands.upgrade.UpgradePlan;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All event types, each under its logical name {@code <subject>.<past participle>}. A name is never
 * derived from a class name, so that classes can move.
 */
public final class EventTypes {

  private static final List<EventType> ALL =
      List.of(
          open(ClusterLifeEvent.ClusterCreationStarted.class, "cluster.creation-started"),
          open(ClusterLifeEvent.ClusterCreationFinished.class, "cluster.creation-finished"),
          open(ClusterLifeEvent.ClusterCreationFailed.class, "cluster.creation-failed"),
          open(ClusterLifeEvent.ClusterDeletionStarted.class, "cluster.deletion-started"),
          open(ClusterLifeEvent.ClusterDeletionFinished.class, "cluster.deletion-finished"),
          open(ClusterLifeEvent.ClusterDeletionFailed.class, "cluster.deletion-failed"),
          open(ControlPlaneEvent.ClusterUpdateStarted.class, "cluster.update-started"),
          open(ControlPlaneEvent.ClusterUpdateFinished.class, "cluster.update-finished"),
          open(ControlPlaneEvent.ClusterUpdateFailed.class, "cluster.update-failed"),
          open(ControlPlaneEvent.ClusterTypeChangeStarted.class, "cluster.type-change-started"),
          open(ControlPlaneEvent.ClusterTypeChangeFinished.class, "cluster.type-change-finished"),
          open(ControlPlaneEvent.ClusterTypeChangeFailed.class, "cluster.type-change-failed"),
          open(ControlPlaneEvent.ClusterUpgradeStarted.class, "cluster.upgrade-started"),
          open(ControlPlaneEvent.PoolLeftOut.class, "cluster.pool-left-out"),
          open(ControlPlaneEvent.ControlPlaneUpgraded.class, "cluster.control-plane-upgraded"),
          open(ControlPlaneEvent.ClusterUpgradeFinished.class, "cluster.upgrade-finished"),
          open(ControlPlaneEvent.ClusterUpgradeFailed.class, "cluster.upgrade-failed"),
          open(AccessRulesEvent.AclChangeStarted.class, "cluster.acl-change-started"),
          open(AccessRulesEvent.AclChangeFinished.class, "cluster.acl-change-finished"),
          open(AccessRulesEvent.AclChangeFailed.class, "cluster.acl-change-failed"),
          open(ActionEvent.ClusterActionStarted.class, "cluster.action-started"),
          open(ActionEvent.ClusterActionFinished.class, "cluster.action-finished"),
          open(ActionEvent.ClusterActionFailed.class, "cluster.action-failed"),
          open(
              ClusterObservationEvent.ControlPlaneObserved.class, "cluster.control-plane-observed"),
          open(ClusterObservationEvent.ComponentsObserved.class, "cluster.components-observed"),
          open(
              ClusterObservationEvent.AdditionalResourcesObserved.class,
              "cluster.additional-resources-observed"),
          open(ClusterObservationEvent.ClusterAbsenceObserved.class, "cluster.absence-observed"),
          open(PoolEvent.PoolCreationStarted.class, "pool.creation-started"),
          open(PoolEvent.PoolCreationFinished.class, "pool.creation-finished"),
          open(PoolEvent.PoolCreationFailed.class, "pool.creation-failed"),
          open(PoolEvent.PoolUpdateStarted.class, "pool.update-started"),
          open(PoolEvent.PoolUpdateFinished.class, "pool.update-finished"),
          open(PoolEvent.PoolUpdateFailed.class, "pool.update-failed"),
          open(PoolEvent.PoolUpgradeStarted.class, "pool.upgrade-started"),
          open(PoolEvent.PoolUpgradeFinished.class, "pool.upgrade-finished"),
          open(PoolEvent.PoolUpgradeFailed.class, "pool.upgrade-failed"),
          open(PoolEvent.NodeReplacementStarted.class, "pool.node-replacement-started"),
          open(PoolEvent.NodeReplacementFinished.class, "pool.node-replacement-finished"),
          open(PoolEvent.NodeReplacementFailed.class, "pool.node-replacement-failed"),
          open(PoolEvent.PoolDeletionStarted.class, "pool.deletion-started"),
          open(PoolEvent.PoolDeletionFinished.class, "pool.deletion-finished"),
          open(PoolEvent.PoolDeletionFailed.class, "pool.deletion-failed"),
          open(PoolEvent.PoolObserved.class, "pool.observed"),
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
          open(RunEvent.OperationStarted.class, "operation.started"),
          open(RunEvent.DecisionMade.class, "operation.decision-made"),
          open(RunEvent.DeadlineExtended.class, "operation.deadline-extended"),
          open(RunEvent.OperationFinished.class, "operation.finished"),
          open(RunEvent.OperationFailed.class, "operation.failed"),
          open(RunEvent.OperationCancelled.class, "operation.cancelled"),
          open(RequestEvent.ControlPlaneRequested.class, "operation.control-plane-requested"),
          open(RequestEvent.ComponentsRequested.class, "operation.components-requested"),
          open(RequestEvent.PoolRequested.class, "operation.pool-requested"),
          open(RequestEvent.AclRequested.class, "operation.acl-requested"),
          open(RequestEvent.NodeRebootRequested.class, "operation.node-reboot-requested"),
          open(RequestEvent.ClusterActionRequested.class, "operation.cluster-action-requested"),
          open(RequestEvent.PoolRemovalRequested.class, "operation.pool-removal-requested"),
          open(
              RequestEvent.AdditionalResourcesRemovalRequested.class,
              "operation.additional-resources-removal-requested"),
          open(RequestEvent.ClusterRemovalRequested.class, "operation.cluster-removal-requested"),
          open(RequestEvent.PoolObservationAwaited.class, "operation.pool-observation-awaited"),
          open(RequestEvent.RunAwaited.class, "operation.run-awaited"),
          open(TargetEvent.TargetBlocked.class, "operation.target-blocked"),
          open(TargetEvent.TargetConverged.class, "operation.target-converged"),
          open(TargetEvent.TargetFailed.class, "operation.target-failed"),
          open(TargetEvent.TargetWithdrawn.class, "operation.target-withdrawn"),
          open(RollEvent.NodesPlanned.class, "operation.nodes-planned"),
          open(RollEvent.NodesSelected.class, "operation.nodes-selected"),
          open(RollEvent.NodeReplaced.class, "operation.node-replaced"),
          open(ReleaseEvent.ReleasePublished.class, "release.published"),
          open(AccessEvent.OrganizationOpened.class, "access.organization-opened"),
          // It carries the hash of a secret.
          new EventType(AccessEvent.ApiKeyIssued.class, "access.api-key-issued", 1, false),
          open(AccessEvent.ApiKeyRevoked.class, "access.api-key-revoked"),
          open(CallEvent.CallRefused.class, "call.refused"),
          open(CallEvent.SecretRead.class, "call.secret-read"));

  private static final List<Class<? extends Plan>> PLANS =
      List.of(ClusterPlan.class, PoolPlan.class, NodePlan.class, UpgradePlan.class);

  private static final Map<Class<?>, EventType> BY_CLASS =
      ALL.stream().collect(toUnmodifiableMap(EventType::event, identity()));
  private static final Map<String, EventType> BY_NAME =
      ALL.stream().collect(toUnmodifiableMap(EventType::name, identity()));

  private EventTypes() {}

  public static List<EventType> all() {
    return ALL;
  }

  /** Every plan that an event can hold, each under its own logical name. */
  static List<Class<?>> plans() {
    return PLANS.stream().<Class<?>>flatMap(EventTypes::records).toList();
  }

  private static Stream<Class<?>> records(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventTypes::records)
        : Stream.of(type);
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
