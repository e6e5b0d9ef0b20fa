package io.keelson.projections.status;

import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.node.NodeEvent.NodeChanged;
import io.keelson.commands.node.NodeEvent.NodeCreated;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.commands.node.NodeEvent.NodePhaseChanged;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.projections.Delivery;
import io.keelson.projections.Row;
import java.time.Instant;
import java.util.Optional;

/**
 * One node as callers see it.
 *
 * @param version the number of the last event in it, from 0
 * @param deleted gone; kept so that a late event cannot bring it back
 * @param updatedAt when something that callers see became different
 */
public record NodeStatus(
    NodeId id,
    long version,
    ClusterId cluster,
    ObservedNode observed,
    boolean deleted,
    Instant createdAt,
    Instant updatedAt)
    implements Row<NodeId> {

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
      case NodeChanged e -> with(d.version(), e.after(), false, d.at());
      case NodePhaseChanged e -> with(d.version(), e.after(), false, d.at());
      case NodeDeleted _ -> with(d.version(), observed, true, d.at());
    };
  }

  private NodeStatus with(long seen, ObservedNode look, boolean gone, Instant changed) {
    return new NodeStatus(id, seen, cluster, look, gone, createdAt, changed);
  }
}
