package io.keelson.projections.status;

import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.node.ConditionStatus;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.node.NodeEvent.NodeChanged;
import io.keelson.commands.node.NodeEvent.NodeConditionReported;
import io.keelson.commands.node.NodeEvent.NodeConditionReportedLate;
import io.keelson.commands.node.NodeEvent.NodeCordoned;
import io.keelson.commands.node.NodeEvent.NodeCreated;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.commands.node.NodeEvent.NodePhaseChanged;
import io.keelson.commands.node.NodeEvent.NodeRebootFailed;
import io.keelson.commands.node.NodeEvent.NodeRebootFinished;
import io.keelson.commands.node.NodeEvent.NodeRebootStarted;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.projections.Delivery;
import io.keelson.projections.Row;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One node as callers see it. What another service reports of a condition stands over what the
 * provider shows of it, until the provider shows something else of that condition than before; for
 * {@code Ready} its phase counts too. A report can take a node's readiness away, and give back what
 * a report took, but nothing that the provider denies. It is booted anew when that is asked for,
 * and once it is to go there is no way back.
 *
 * @param version the number of the last event in it, from 0
 * @param reported by other services, by type of condition
 * @param reboot the operation that boots it again, while one does
 * @param trouble why that did not come to its end, until the node is back after all; else empty
 * @param leaving it is to go, or goes already
 * @param phase what its caller sees of all that
 * @param deleted gone; kept so that a late event cannot bring it back
 * @param updatedAt when something that callers see became different
 */
public record NodeStatus(
    NodeId id,
    long version,
    ClusterId cluster,
    ObservedNode observed,
    Map<String, Reported> reported,
    @Nullable OperationId reboot,
    String trouble,
    boolean leaving,
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
    this(
        id,
        version,
        cluster,
        observed,
        Map.of(),
        null,
        "",
        observed.phase() == ObservedNode.Phase.DELETING,
        observed.phase(),
        deleted,
        createdAt,
        updatedAt);
  }

  /** The same, as it is asked to be from now on. */
  public NodeStatus asked(ObservedNode.Phase next, Instant at) {
    return new NodeStatus(
        id, version, cluster, observed, reported, reboot, trouble, leaving, next, deleted,
        createdAt, at);
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
    if (!trouble.isEmpty()) {
      return trouble;
    }
    return ready != null && denied(observed, reported) ? ready.message() : observed.message();
  }

  /** The phase as the API spells it. */
  public static String spelt(ObservedNode.Phase phase) {
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
      return at(d);
    }
    return switch (d.event()) {
      case NodeChanged e -> seen(d, e.before(), e.after());
      case NodePhaseChanged e -> seen(d, e.before(), e.after());
      case NodeConditionReported e -> told(d, e);
      case NodeRebootStarted e -> with(d, e.operation(), "", leaving, d.at());
      case NodeRebootFinished _ -> with(d, null, "", leaving, d.at());
      case NodeRebootFailed e -> with(d, null, e.reason(), leaving, d.at());
      case NodeCordoned _ -> with(d, reboot, trouble, true, leaving ? updatedAt : d.at());
      case NodeDeleted _ -> gone(d);
      case NodeCreated _, NodeConditionReportedLate _ -> at(d);
    };
  }

  private NodeStatus told(Delivery<? extends NodeEvent> d, NodeConditionReported e) {
    Map<String, Reported> all = new HashMap<>(reported);
    all.put(e.condition(), new Reported(e.status(), e.message()));
    return with(d, observed, all, reboot, trouble, leaving, d.at());
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
    return with(
        d,
        after,
        standing,
        reboot,
        back(before, after) ? "" : trouble,
        leaving || after.phase() == ObservedNode.Phase.DELETING,
        d.at());
  }

  /** Ready otherwise than before: after another phase, or another boot. */
  private static boolean back(ObservedNode before, ObservedNode after) {
    return after.phase() == ObservedNode.Phase.READY
        && (before.phase() != after.phase() || !before.bootId().equals(after.bootId()));
  }

  private NodeStatus at(Delivery<?> d) {
    return new NodeStatus(
        id,
        d.version(),
        cluster,
        observed,
        reported,
        reboot,
        trouble,
        leaving,
        phase,
        deleted,
        createdAt,
        updatedAt);
  }

  private NodeStatus gone(Delivery<?> d) {
    return new NodeStatus(
        id,
        d.version(),
        cluster,
        observed,
        reported,
        reboot,
        trouble,
        leaving,
        phase,
        true,
        createdAt,
        d.at());
  }

  private NodeStatus with(
      Delivery<?> d, @Nullable OperationId booting, String why, boolean goes, Instant changed) {
    return with(d, observed, reported, booting, why, goes, changed);
  }

  private NodeStatus with(
      Delivery<?> d,
      ObservedNode look,
      Map<String, Reported> said,
      @Nullable OperationId booting,
      String why,
      boolean goes,
      Instant changed) {
    return new NodeStatus(
        id,
        d.version(),
        cluster,
        look,
        said,
        booting,
        why,
        goes,
        phase(look, said, booting != null, goes),
        deleted,
        createdAt,
        changed);
  }

  private static ObservedNode.Phase phase(
      ObservedNode look, Map<String, Reported> said, boolean boots, boolean goes) {
    if (goes) {
      return ObservedNode.Phase.DELETING;
    }
    if (boots) {
      return ObservedNode.Phase.REBOOTING;
    }
    return denied(look, said) ? ObservedNode.Phase.NOT_READY : look.phase();
  }

  /** The provider says that it is ready, and a report says that it is not. */
  private static boolean denied(ObservedNode look, Map<String, Reported> said) {
    Reported ready = said.get(READY);
    return look.phase() == ObservedNode.Phase.READY
        && ready != null
        && ready.status() != ConditionStatus.True;
  }
}
