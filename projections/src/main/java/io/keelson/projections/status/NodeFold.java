package io.keelson.projections.status;

import io.keelson.commands.NodePhase;
import io.keelson.commands.OperationId;
import io.keelson.commands.node.NodeAttributes;
import io.keelson.commands.node.NodeAttributes.Change;
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
import io.keelson.projections.Delivery;
import io.keelson.projections.status.NodeStatus.Reported;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Folds the events of a node into its row. It is pure, and total over all events. */
final class NodeFold {

  private final NodeStatus row;
  private final long version;
  private final Instant at;

  private NodeFold(NodeStatus row, Delivery<?> d) {
    this.row = row;
    this.version = d.version();
    this.at = d.at();
  }

  /** The row that an event creates. */
  static Optional<NodeStatus> first(Delivery<? extends NodeEvent> d) {
    return d.event() instanceof NodeCreated e
        ? Optional.of(
            NodeStatus.created(
                e.nodeId(), d.version(), e.clusterId(), e.pool(), e.attributes(), d.at()))
        : Optional.empty();
  }

  static NodeStatus after(NodeStatus row, Delivery<? extends NodeEvent> d) {
    if (d.version() <= row.version()) {
      return row;
    }
    NodeFold fold = new NodeFold(row, d);
    return row.deleted() ? fold.same() : fold.after(d.event());
  }

  private NodeStatus after(NodeEvent event) {
    return switch (event) {
      case NodeChanged e -> observed(e.before(), e.after());
      case NodePhaseChanged e -> observed(e.before(), e.after());
      case NodeConditionReported e -> reported(e);
      case NodeRebootStarted e -> with(e.operation(), "", row.removing(), at);
      case NodeRebootFinished _ -> with(null, "", row.removing(), at);
      case NodeRebootFailed e -> with(null, e.reason(), row.removing(), at);
      case NodeCordoned _ ->
          with(row.reboot(), row.trouble(), true, row.removing() ? row.updatedAt() : at);
      case NodeDeleted _ -> as(row.phase(), at, at);
      case NodeCreated _, NodeConditionReportedLate _ -> same();
    };
  }

  private NodeStatus reported(NodeConditionReported e) {
    Map<String, Reported> all = new HashMap<>(row.reported());
    all.put(e.condition(), new Reported(e.status(), e.message()));
    return with(row.attributes(), all, row.reboot(), row.trouble(), row.removing(), at);
  }

  /** A report stays for as long as the provider shows the same as before it. */
  private NodeStatus observed(Change from, Change to) {
    NodeAttributes before = row.attributes();
    NodeAttributes after = before.with(from, to);
    Map<String, Reported> effective = new HashMap<>(row.reported());
    effective
        .keySet()
        .removeIf(
            type ->
                !Objects.equals(before.conditions().get(type), after.conditions().get(type))
                    || (type.equals(NodeStatus.READY) && before.phase() != after.phase()));
    return with(
        after,
        effective,
        row.reboot(),
        back(before, after) ? "" : row.trouble(),
        row.removing() || after.phase() == NodePhase.DELETING,
        at);
  }

  /** Whether it is ready again: after another phase, or after another boot. */
  private static boolean back(NodeAttributes before, NodeAttributes after) {
    return after.phase() == NodePhase.READY
        && (before.phase() != after.phase() || !before.bootId().equals(after.bootId()));
  }

  private static NodePhase phase(
      NodeAttributes attributes,
      Map<String, Reported> reported,
      boolean rebooting,
      boolean removing) {
    if (removing) {
      return NodePhase.DELETING;
    }
    if (rebooting) {
      return NodePhase.REBOOTING;
    }
    return NodeStatus.denied(attributes, reported) ? NodePhase.NOT_READY : attributes.phase();
  }

  private NodeStatus same() {
    return as(row.phase(), row.deletedAt(), row.updatedAt());
  }

  private NodeStatus as(NodePhase phase, @Nullable Instant deletedAt, Instant changed) {
    return new NodeStatus(
        row.id(),
        version,
        row.cluster(),
        row.pool(),
        row.attributes(),
        row.reported(),
        row.reboot(),
        row.trouble(),
        row.removing(),
        phase,
        deletedAt,
        row.createdAt(),
        changed);
  }

  private NodeStatus with(
      @Nullable OperationId reboot, String trouble, boolean removing, Instant changed) {
    return with(row.attributes(), row.reported(), reboot, trouble, removing, changed);
  }

  private NodeStatus with(
      NodeAttributes attributes,
      Map<String, Reported> reported,
      @Nullable OperationId reboot,
      String trouble,
      boolean removing,
      Instant changed) {
    return new NodeStatus(
        row.id(),
        version,
        row.cluster(),
        row.pool(),
        attributes,
        reported,
        reboot,
        trouble,
        removing,
        phase(attributes, reported, reboot != null, removing),
        row.deletedAt(),
        row.createdAt(),
        changed);
  }
}
