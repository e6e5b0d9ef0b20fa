package io.keelson.projections.status;

import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.node.ConditionStatus;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.node.NodeEvent.NodeChanged;
import io.keelson.commands.node.NodeEvent.NodeConditionReported;
import io.keelson.commands.node.NodeEvent.NodeConditionReportedLate;
import io.keelson.commands.node.NodeEvent.NodeCreated;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.commands.node.NodeEvent.NodePhaseChanged;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.projections.Delivery;
import io.keelson.projections.Row;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One node as callers see it. What another service reports of a condition stands over what the
 * provider shows of it, until the provider shows something else of that condition than before; for
 * {@code Ready} its phase counts too. A report can take a node's readiness away, and give back what
 * a report took, but nothing that the provider denies.
 *
 * @param version the number of the last event in it, from 0
 * @param reported by other services, by type of condition
 * @param phase the provider's, but {@code NOT_READY} where it says ready and a report denies it
 * @param deleted gone; kept so that a late event cannot bring it back
 * @param updatedAt when something that callers see became different
 */
public record NodeStatus(
    NodeId id,
    long version,
    ClusterId cluster,
    ObservedNode observed,
    Map<String, Reported> reported,
    ObservedNode.Phase phase,
    boolean deleted,
    Instant createdAt,
    Instant updatedAt)
    implements Row<NodeId> {

  private static final String READY = "Ready";

  /** What another service says of a condition. */
  public record Reported(ConditionStatus status, String message) {}

  public NodeStatus {
    reported = Map.copyOf(reported);
  }

  /** A node of which nobody but the provider has said anything. */
  public NodeStatus(
      NodeId id,
      long version,
      ClusterId cluster,
      ObservedNode observed,
      boolean deleted,
      Instant createdAt,
      Instant updatedAt) {
    this(id, version, cluster, observed, Map.of(), observed.phase(), deleted, createdAt, updatedAt);
  }

  /** Kubernetes node conditions, type to status, in the order of their types. */
  public Map<String, String> conditions() {
    Map<String, String> all = new TreeMap<>(observed.conditions());
    reported.forEach((type, said) -> all.put(type, said.status().name()));
    return all;
  }

  /** What is wrong, or empty. */
  public String message() {
    Reported ready = reported.get(READY);
    return phase == observed.phase() || ready == null ? observed.message() : ready.message();
  }

  /** The phase as the API spells it. */
  public static String spelt(ObservedNode.Phase phase) {
    return switch (phase) {
      case CREATING -> "creating";
      case STARTING -> "starting";
      case REGISTERING -> "registering";
      case READY -> "ready";
      case NOT_READY -> "not_ready";
      case CREATION_FAILED -> "creation_error";
      case DELETING -> "deleting";
    };
  }

  /** The row that an event begins. */
  static Optional<NodeStatus> first(Delivery<? extends NodeEvent> d) {
    return d.event() instanceof NodeCreated e
        ? Optional.of(
            new NodeStatus(
                e.nodeId(), d.version(), e.clusterId(), e.observed(), false, d.at(), d.at()))
        : Optional.empty();
  }

  NodeStatus after(Delivery<? extends NodeEvent> d) {
    if (d.version() <= version) {
      return this;
    }
    if (deleted) {
      return with(d.version(), observed, true, updatedAt);
    }
    return switch (d.event()) {
      case NodeCreated _ -> with(d.version(), observed, false, updatedAt);
      case NodeChanged e -> seen(d, e.before(), e.after());
      case NodePhaseChanged e -> seen(d, e.before(), e.after());
      case NodeConditionReported e -> told(d, e);
      case NodeConditionReportedLate _ -> with(d.version(), observed, false, updatedAt);
      case NodeDeleted _ -> with(d.version(), observed, true, d.at());
    };
  }

  private NodeStatus told(Delivery<? extends NodeEvent> d, NodeConditionReported e) {
    Map<String, Reported> all = new HashMap<>(reported);
    all.put(e.condition(), new Reported(e.status(), e.message()));
    return with(d.version(), observed, all, false, d.at());
  }

  private NodeStatus seen(
      Delivery<? extends NodeEvent> d, ObservedNode before, ObservedNode after) {
    Map<String, Reported> standing = new HashMap<>(reported);
    standing
        .keySet()
        .removeIf(
            type ->
                !Objects.equals(before.conditions().get(type), after.conditions().get(type))
                    || (type.equals(READY) && before.phase() != after.phase()));
    return with(d.version(), after, standing, false, d.at());
  }

  private NodeStatus with(long seen, ObservedNode look, boolean gone, Instant changed) {
    return with(seen, look, reported, gone, changed);
  }

  private NodeStatus with(
      long seen, ObservedNode look, Map<String, Reported> said, boolean gone, Instant changed) {
    return new NodeStatus(
        id, seen, cluster, look, said, phase(look, said), gone, createdAt, changed);
  }

  private static ObservedNode.Phase phase(ObservedNode look, Map<String, Reported> said) {
    Reported ready = said.get(READY);
    boolean denied = ready != null && ready.status() != ConditionStatus.True;
    return denied && look.phase() == ObservedNode.Phase.READY
        ? ObservedNode.Phase.NOT_READY
        : look.phase();
  }
}
