package io.keelson.projections.status;

import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.node.ConditionStatus;
import io.keelson.commands.node.NodeAttributes;
import io.keelson.projections.Row;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One node as callers see it. The report of another service about a condition replaces what the
 * provider shows of that condition, until the provider shows another value than before; for {@code
 * Ready} a change of the phase counts too. A report can end a node's readiness, and restore what a
 * report ended, but nothing that the provider denies. A node can be rebooted on request. A node
 * that is being removed is never in another phase again.
 *
 * @param version the number of the last event folded into it, from 0
 * @param attributes what the provider shows
 * @param reported by other services, by type of condition
 * @param reboot the operation that reboots it, while one does
 * @param trouble why its last reboot failed, until the node is back; else empty
 * @param removing whether it is drained, deleting or deleted
 * @param phase what callers see, after all of the above
 * @param deletedAt null: it exists. A deleted node stays, so that a late event cannot bring it back
 * @param updatedAt when something that callers see changed
 */
public record NodeStatus(
    NodeId id,
    long version,
    ClusterId cluster,
    PoolId pool,
    NodeAttributes attributes,
    Map<String, Reported> reported,
    @Nullable OperationId reboot,
    String trouble,
    boolean removing,
    NodePhase phase,
    @Nullable Instant deletedAt,
    Instant createdAt,
    Instant updatedAt)
    implements Row<NodeId> {

  /** The type of the Kubernetes condition that says whether a node is ready. */
  static final String READY = "Ready";

  /** The report of another service about a condition. */
  public record Reported(ConditionStatus status, String message) {}

  public NodeStatus {
    reported = Map.copyOf(reported);
  }

  /** A node of which only the provider has reported anything. */
  public static NodeStatus created(
      NodeId id,
      long version,
      ClusterId cluster,
      PoolId pool,
      NodeAttributes attributes,
      Instant at) {
    return new NodeStatus(
        id,
        version,
        cluster,
        pool,
        attributes,
        Map.of(),
        null,
        "",
        attributes.phase() == NodePhase.DELETING,
        attributes.phase(),
        null,
        at,
        at);
  }

  /** The same in a phase that has been requested. */
  public NodeStatus requested(NodePhase next, Instant at) {
    return new NodeStatus(
        id,
        version,
        cluster,
        pool,
        attributes,
        reported,
        reboot,
        trouble,
        removing,
        next,
        deletedAt,
        createdAt,
        at);
  }

  public boolean deleted() {
    return deletedAt != null;
  }

  /** Kubernetes node conditions, type to status, in the order of their types. */
  public Map<String, String> conditions() {
    Map<String, String> all = new TreeMap<>(attributes.conditions());
    reported.forEach((type, report) -> all.put(type, report.status().name()));
    return all;
  }

  /** What is wrong, or empty. */
  public String message() {
    Reported ready = reported.get(READY);
    if (!trouble.isEmpty()) {
      return trouble;
    }
    return ready != null && denied(attributes, reported) ? ready.message() : attributes.message();
  }

  /** Whether the provider shows it as ready while a report says that it is not. */
  static boolean denied(NodeAttributes attributes, Map<String, Reported> reported) {
    Reported ready = reported.get(READY);
    return attributes.phase() == NodePhase.READY
        && ready != null
        && ready.status() != ConditionStatus.True;
  }

  /** The phase as the API spells it. */
  public static String spelt(NodePhase phase) {
    return switch (phase) {
      case CREATING -> "creating";
      case STARTING -> "starting";
      case REGISTERING -> "registering";
      case READY -> "ready";
      case NOT_READY -> "not_ready";
      case REBOOTING -> "rebooting";
      case CREATION_FAILED -> "creation_error";
      case DELETING -> "deleting";
    };
  }
}
