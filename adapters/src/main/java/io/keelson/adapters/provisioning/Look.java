package io.keelson.adapters.provisioning;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Command;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.Commands;
import io.keelson.commands.Id;
import io.keelson.commands.NodeId;
import io.keelson.commands.Origin;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterGone;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterObserved;
import io.keelson.commands.node.NodeCommand.RecordNodeGone;
import io.keelson.commands.node.NodeCommand.RecordNodeObserved;
import io.keelson.commands.provisioning.Observation;
import io.keelson.commands.provisioning.ObservedCluster;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedNode.Phase;
import io.keelson.commands.provisioning.Provisioning;
import io.keelson.projections.status.NodeStatus;
import io.keelson.projections.status.Statuses;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** One look at one cluster: what differs from what is known becomes commands. It keeps nothing. */
final class Look {

  private static final Logger LOG = LoggerFactory.getLogger(Look.class);
  private static final String GONE = "gone";

  private final Provisioning provisioning;
  private final Statuses statuses;
  private final Commands commands;
  private final Clock clock;
  private final JsonMapper json = JsonMapper.builder().build();

  Look(Provisioning provisioning, Statuses statuses, Commands commands, Clock clock) {
    this.provisioning = provisioning;
    this.statuses = statuses;
    this.commands = commands;
    this.clock = clock;
  }

  /**
   * What came of a look.
   *
   * @param fingerprint of what is recorded now
   * @param news whether anything had to be recorded
   * @param moving whether more is to be expected soon
   * @param nothingLeft whether the cluster and all its nodes are gone
   */
  record Outcome(String fingerprint, boolean news, boolean moving, boolean nothingLeft) {}

  /**
   * Looks, and records.
   *
   * @param before the fingerprint of what is recorded already
   */
  Outcome at(ClusterId cluster, String before) {
    // Known first, seen second: a node that comes in between is not mistaken for one that is gone.
    List<NodeStatus> known = statuses.nodesOf(cluster);
    return record(cluster, provisioning.observe(cluster), before, known);
  }

  /** Records what somebody saw of the cluster itself; its nodes are left to the observer. */
  void record(ClusterId cluster, Observation observation) {
    switch (observation) {
      case Observation.Seen(ObservedCluster seen) ->
          send(new RecordClusterObserved(cluster, seen), cluster);
      case Observation.Gone _ -> send(new RecordClusterGone(cluster), cluster);
      case Observation.Unreachable _ -> {}
    }
  }

  private Outcome record(
      ClusterId cluster, Observation observation, String before, List<NodeStatus> known) {
    return switch (observation) {
      case Observation.Seen(ObservedCluster seen) -> seen(seen, before, known);
      case Observation.Gone _ -> gone(cluster, before, known);
      case Observation.Unreachable(String message) -> {
        LOG.debug("cluster {} cannot be looked at: {}", cluster, message);
        yield new Outcome(before, false, true, false);
      }
    };
  }

  private Outcome seen(ObservedCluster seen, String before, List<NodeStatus> known) {
    boolean nodesChanged = recordNodes(seen.cluster(), seen.nodes(), known);
    String fingerprint = fingerprint(seen);
    boolean changed = !fingerprint.equals(before);
    boolean recorded =
        changed && send(new RecordClusterObserved(seen.cluster(), seen), seen.cluster());
    return new Outcome(
        recorded ? fingerprint : before, changed || nodesChanged, Movement.in(seen), false);
  }

  /** The cluster last, so that none of its nodes is forgotten. It may also not be there yet. */
  private Outcome gone(ClusterId cluster, String before, List<NodeStatus> known) {
    boolean nodesChanged = recordNodes(cluster, List.of(), known);
    send(new RecordClusterGone(cluster), cluster);
    return new Outcome(GONE, nodesChanged || !before.equals(GONE), false, !nodesChanged);
  }

  private boolean recordNodes(ClusterId cluster, List<ObservedNode> seen, List<NodeStatus> rows) {
    Map<NodeId, NodeStatus> known =
        rows.stream().collect(Collectors.toMap(NodeStatus::id, Function.identity()));
    Map<NodeId, ObservedNode> shown =
        seen.stream().collect(Collectors.toMap(ObservedNode::node, Function.identity()));
    boolean changed = false;
    for (ObservedNode node : readyFirst(seen)) {
      NodeStatus status = known.get(node.node());
      if (status == null || (!status.deleted() && !status.observed().equals(node))) {
        send(new RecordNodeObserved(cluster, node), cluster);
        changed = true;
      }
    }
    for (NodeStatus status : known.values()) {
      if (!status.deleted() && !shown.containsKey(status.id())) {
        send(new RecordNodeGone(status.id(), cluster), cluster);
        changed = true;
      }
    }
    return changed;
  }

  /**
   * Those that are ready, then the others: however far the records have come, they never show fewer
   * ready nodes than there were before or are after.
   */
  private static List<ObservedNode> readyFirst(List<ObservedNode> seen) {
    return seen.stream().sorted(Comparator.comparing(n -> n.phase() != Phase.READY)).toList();
  }

  /** Nodes have records of their own, so they are not in it. */
  private String fingerprint(ObservedCluster seen) {
    return Id.derived(
            json.writeValueAsString(
                List.of(
                    seen.uid(),
                    seen.deleting(),
                    seen.controlPlane(),
                    seen.components(),
                    seen.pools(),
                    seen.additionalResources())))
        .toString();
  }

  private boolean send(Command command, ClusterId cluster) {
    Origin origin =
        Origin.system(
            "observer", Origin.TIMERS, "observe-cluster/" + cluster + "/" + clock.instant());
    try {
      commands.send(command, origin);
      return true;
    } catch (CommandRejected e) {
      LOG.debug("{} did not take what was seen: {}", command.stream(), e.reason());
      return false;
    }
  }
}
