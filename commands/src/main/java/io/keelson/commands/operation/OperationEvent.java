package io.keelson.commands.operation;

import com.fasterxml.jackson.annotation.JsonValue;
import io.keelson.commands.ClusterId;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.provisioning.AclDocument;
import io.keelson.commands.provisioning.Answer;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.ComponentsDocument;
import io.keelson.commands.provisioning.PoolDocument;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What has happened in one run, decisions and their reasons included. */
public sealed interface OperationEvent extends DomainEvent {

  OperationId operation();

  ClusterId clusterId();

  @Override
  default OperationId stream() {
    return operation();
  }

  @Override
  default ClusterId cluster() {
    return clusterId();
  }

  @Override
  default OperationId operationId() {
    return operation();
  }

  /** Something is wanted, and the run waits for it. */
  sealed interface Request extends OperationEvent {

    Target target();

    /** From 1; grows when the provider could not be reached. */
    int attempt();
  }

  /** A wish to the provider: the only thing that makes an adapter call it. */
  sealed interface Wish extends Request {

    /** The same for every attempt and every repeat of one wish. */
    default String idempotencyKey() {
      return operation() + "/" + target();
    }
  }

  /**
   * An event that others wait for; {@code kind()} is repeated in it so that what follows can be
   * told from the event alone.
   */
  sealed interface Outcome extends OperationEvent {
    OperationKind kind();
  }

  /** The end of a run; nothing follows it. */
  sealed interface End extends OperationEvent {}

  record OperationStarted(OperationId operation, ClusterId clusterId, Plan plan)
      implements OperationEvent {}

  record StepStarted(OperationId operation, ClusterId clusterId, String step)
      implements OperationEvent {}

  record StepFinished(OperationId operation, ClusterId clusterId, OperationKind kind, String step)
      implements Outcome {}

  record ControlPlaneRequested(
      OperationId operation, ClusterId clusterId, int attempt, ClusterDocument document)
      implements Wish {

    @Override
    public Target target() {
      return Target.CONTROL_PLANE;
    }
  }

  record ComponentsRequested(
      OperationId operation, ClusterId clusterId, int attempt, ComponentsDocument document)
      implements Wish {

    @Override
    public Target target() {
      return Target.COMPONENTS;
    }
  }

  record PoolRequested(
      OperationId operation, ClusterId clusterId, int attempt, PoolDocument document)
      implements Wish {

    @Override
    public Target target() {
      return Target.pool(document.pool());
    }

    /** A run that rolls a pool wishes for one document after the other. */
    @Override
    public String idempotencyKey() {
      return operation() + "/" + target() + "/" + document.generation();
    }
  }

  record AclRequested(OperationId operation, ClusterId clusterId, int attempt, AclDocument document)
      implements Wish {

    @Override
    public Target target() {
      return Target.ACL;
    }
  }

  record NodeRebootRequested(
      OperationId operation, ClusterId clusterId, int attempt, PoolId pool, NodeId node)
      implements Wish {

    @Override
    public Target target() {
      return Target.node(node);
    }
  }

  record AdminTokenResetRequested(OperationId operation, ClusterId clusterId, int attempt)
      implements Wish {

    @Override
    public Target target() {
      return Target.ADMIN_TOKEN;
    }
  }

  /** The run waits for the end of another, which does a part of it. */
  record RunAwaited(OperationId operation, ClusterId clusterId, Target target, OperationId run)
      implements Request {

    @Override
    public int attempt() {
      return 1;
    }
  }

  /**
   * Which nodes of a pool are to be replaced, and in which order.
   *
   * @param nodes the first ones go first
   */
  record NodesPlanned(OperationId operation, ClusterId clusterId, PoolId pool, List<NodeId> nodes)
      implements OperationEvent {

    public NodesPlanned {
      nodes = List.copyOf(nodes);
    }
  }

  /** These nodes go now; the wish for it follows in the same transaction. */
  record NodesChosen(OperationId operation, ClusterId clusterId, PoolId pool, List<NodeId> nodes)
      implements OperationEvent {

    public NodesChosen {
      nodes = List.copyOf(nodes);
    }
  }

  record PoolRemovalRequested(OperationId operation, ClusterId clusterId, int attempt, PoolId pool)
      implements Wish {

    @Override
    public Target target() {
      return Target.pool(pool);
    }
  }

  record AdditionalResourcesRemovalRequested(
      OperationId operation, ClusterId clusterId, int attempt) implements Wish {

    @Override
    public Target target() {
      return Target.ADDITIONAL_RESOURCES;
    }
  }

  record ClusterRemovalRequested(OperationId operation, ClusterId clusterId, int attempt)
      implements Wish {

    @Override
    public Target target() {
      return Target.CLUSTER;
    }
  }

  /** The provider answered a wish. */
  record WishAnswered(
      OperationId operation, ClusterId clusterId, Target target, int attempt, Answer answer)
      implements OperationEvent {}

  /**
   * Something moved at the provider.
   *
   * @param summary for people; the same text means that nothing moved
   */
  record TargetProgressed(OperationId operation, ClusterId clusterId, Target target, String summary)
      implements OperationEvent {}

  /**
   * What the provider says holds a target up has changed.
   *
   * @param reasons for people: the node, the disruption budget, the pods…; empty: nothing any more
   */
  record TargetBlocked(
      OperationId operation, ClusterId clusterId, Target target, List<String> reasons)
      implements OperationEvent {

    public TargetBlocked {
      reasons = List.copyOf(reasons);
    }
  }

  /** The wish has come true. */
  record TargetConverged(
      OperationId operation, ClusterId clusterId, OperationKind kind, Target target)
      implements Outcome {}

  /** The wish will not come true. */
  record TargetFailed(
      OperationId operation, ClusterId clusterId, OperationKind kind, Target target, String reason)
      implements Outcome {}

  /** The wish is not wanted any more: something newer has taken its place. */
  record TargetWithdrawn(OperationId operation, ClusterId clusterId, Target target, String reason)
      implements OperationEvent {}

  /**
   * The run wants to be told when a time has passed.
   *
   * @param number of this timer's settings, from 1: an older one that goes off is void
   */
  record TimerSet(
      OperationId operation, ClusterId clusterId, String timer, int number, Duration after)
      implements OperationEvent {}

  /**
   * A rule was applied.
   *
   * @param rule its stable id
   * @param ruleVersion grows when the rule changes
   */
  record DecisionMade(
      OperationId operation,
      ClusterId clusterId,
      String rule,
      int ruleVersion,
      Verdict verdict,
      Map<String, String> inputs,
      String explanation)
      implements OperationEvent {

    public DecisionMade {
      inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
    }
  }

  record OperationFinished(OperationId operation, ClusterId clusterId, OperationKind kind)
      implements Outcome, End {}

  record OperationFailed(
      OperationId operation, ClusterId clusterId, OperationKind kind, String reason)
      implements Outcome, End {}

  record OperationCancelled(OperationId operation, ClusterId clusterId, String reason)
      implements End {}

  /** What came of a rule. */
  enum Verdict {
    ACTED,
    HELD,
    REFUSED;

    @Override
    @JsonValue
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
