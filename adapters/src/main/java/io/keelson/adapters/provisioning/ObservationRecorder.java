package io.keelson.adapters.provisioning;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Command;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.Commands;
import io.keelson.commands.Id;
import io.keelson.commands.NodeId;
import io.keelson.commands.Origin;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterAbsent;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterObserved;
import io.keelson.commands.node.NodeAttributes;
import io.keelson.commands.node.NodeCommand.RecordNodeAbsent;
import io.keelson.commands.node.NodeCommand.RecordNodeObserved;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.ObservationSummary;
import io.keelson.commands.operation.OperationCommand.AdvanceOperation;
import io.keelson.commands.operation.TargetObservation;
import io.keelson.commands.provisioning.Observation;
import io.keelson.commands.provisioning.ObservedCluster;
import io.keelson.commands.provisioning.Provisioning;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Observes one cluster. Significant differences become commands, and each open request of the
 * cluster gets its part. It may be cut off anywhere and is then repeated: each step is idempotent.
 */
final class ObservationRecorder {

  private static final Logger LOG = LoggerFactory.getLogger(ObservationRecorder.class);

  private final Provisioning provisioning;
  private final Commands commands;
  private final Clock clock;
  private final ObservedTable observed;
  private final RequestTable requests;
  private final RequestLevels levels;
  private final FeedTable feed;
  private final JsonMapper json = JsonMapper.builder().build();

  ObservationRecorder(
      Provisioning provisioning, Commands commands, DataSource dataSource, Clock clock) {
    this.provisioning = provisioning;
    this.commands = commands;
    this.clock = clock;
    this.observed = new ObservedTable(dataSource);
    this.requests = new RequestTable(dataSource);
    this.levels = new RequestLevels(dataSource);
    this.feed = new FeedTable(dataSource);
  }

  /**
   * Observes and records.
   *
   * @return false: the provider cannot be reached
   */
  boolean observe(ClusterId cluster) {
    KnownCluster known = observed.begin(cluster).orElse(null);
    if (known == null) {
      LOG.trace("cluster {} is not observed", cluster);
      return true;
    }
    // Requests that are acknowledged now were acknowledged before the observation is made.
    List<OpenRequest> open = requests.acknowledged(cluster);
    Observation observation = provisioning.observe(cluster);
    if (observation instanceof Observation.Unreachable(String message)) {
      LOG.debug("cluster {} cannot be observed: {}", cluster, message);
      return false;
    }
    Origin origin = origin(known);
    if (record(known, differences(known, observation), origin)) {
      open.forEach(request -> inform(request, observation, origin));
      settle(known, observation);
    }
    return true;
  }

  private static Origin origin(KnownCluster known) {
    return Origin.system("observer", Origin.OBSERVATIONS, known.cluster() + "/" + known.version());
  }

  private static List<Command> differences(KnownCluster known, Observation observation) {
    return switch (observation) {
      case Observation.Present(ObservedCluster present) -> Differences.present(known, present);
      case Observation.Absent _ -> Differences.absent(known);
      case Observation.Unreachable _ -> List.of();
    };
  }

  /** False: a newer observation has begun, which will record the cluster again. */
  private boolean record(KnownCluster known, List<Command> differences, Origin origin) {
    if (differences.isEmpty() && !known.uncertain()) {
      return true;
    }
    Map<NodeId, NodeAttributes> nodes = new HashMap<>();
    Set<NodeId> absent = new HashSet<>();
    RecordClusterObserved cluster = known.recorded();
    for (Command command : differences) {
      boolean accepted = send(command, origin);
      switch (command) {
        case RecordNodeObserved c when accepted -> nodes.put(c.nodeId(), c.observed());
        case RecordNodeAbsent c -> absent.add(c.nodeId());
        case RecordClusterObserved c when accepted -> cluster = c;
        case RecordClusterAbsent _ -> cluster = null;
        default -> LOG.trace("{} stays as it is known", command.stream());
      }
    }
    Recorded recorded = new Recorded(cluster, nodes, absent);
    if (observed.save(known, recorded)) {
      return true;
    }
    LOG.debug("a newer observation of cluster {} has begun", known.cluster());
    observed.lost(known, recorded, clock.instant());
    return false;
  }

  private void inform(OpenRequest open, Observation observation, Origin origin) {
    TargetPart.of(open.request(), observation).ifPresent(part -> inform(open, part, origin));
  }

  private void inform(OpenRequest open, TargetObservation part, Origin origin) {
    String fingerprint = Id.derived(json.writeValueAsString(part)).toString();
    if (fingerprint.equals(open.fingerprint())) {
      levels.unchanged(open.key(), clock.instant());
      return;
    }
    Input input = new Input.Observed(open.target(), part);
    send(new AdvanceOperation(open.operation(), input), origin);
    levels.changed(open.key(), fingerprint, ObservationSummary.of(part), clock.instant());
  }

  private void settle(KnownCluster known, Observation observation) {
    if (observation instanceof Observation.Absent) {
      feed.forget(known);
    }
    if (known.failures() > 0 || !known.dueAt().isAfter(clock.instant())) {
      feed.observed(known, ResyncInterval.next(known.cluster(), clock.instant()));
    }
  }

  private boolean send(Command command, Origin origin) {
    try {
      commands.send(command, origin);
      return true;
    } catch (CommandRejected e) {
      LOG.debug("{} rejected what was observed: {}", command.stream(), e.reason());
      return false;
    }
  }
}
