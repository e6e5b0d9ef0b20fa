package io.keelson.infra.app.store;

import io.keelson.aggregates.access.AccessDecider;
import io.keelson.aggregates.access.AccessState;
import io.keelson.aggregates.access.CallDecider;
import io.keelson.aggregates.access.CallState;
import io.keelson.aggregates.cluster.ClusterDecider;
import io.keelson.aggregates.cluster.ClusterEvolution;
import io.keelson.aggregates.cluster.ClusterState;
import io.keelson.aggregates.node.NodeDecider;
import io.keelson.aggregates.node.NodeEvolution;
import io.keelson.aggregates.node.NodeState;
import io.keelson.aggregates.release.ReleaseDecider;
import io.keelson.aggregates.release.ReleaseState;
import io.keelson.commands.Id;
import io.keelson.commands.Lineage;
import io.keelson.commands.OperationId;
import io.keelson.commands.Origin;
import io.keelson.commands.access.AccessCommand;
import io.keelson.commands.access.AccessEvent;
import io.keelson.commands.access.CallCommand;
import io.keelson.commands.access.CallEvent;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.node.NodeCommand;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.operation.OperationCommand;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.pool.PoolCommand;
import io.keelson.commands.pool.PoolEvent;
import io.keelson.commands.release.ReleaseCommand;
import io.keelson.commands.release.ReleaseEvent;
import io.keelson.commands.upgrade.RollEvent;
import io.keelson.infra.eventstore.decider.Decider;
import io.keelson.infra.eventstore.decider.Stamp;
import io.keelson.sagas.operation.OperationDecider;
import io.keelson.sagas.operation.OperationEvolution;
import io.keelson.sagas.operation.OperationRules;
import io.keelson.sagas.operation.OperationState;
import io.keelson.sagas.operation.Processes;
import java.util.List;
import java.util.stream.Stream;

/**
 * The deciders of all kinds of streams. Streams that grow for as long as their subject exists have
 * snapshots. Release and call streams have none, since they end after one or two events. Access
 * streams have none, since their state is as large as their events.
 */
final class Deciders {

  private static final int FIRST_SNAPSHOTS = 1;
  private static final int NO_SNAPSHOTS = 0;

  private Deciders() {}

  static List<Decider<?, ?, ?>> all(Processes processes, OperationRules rules) {
    return List.of(
        new Decider<>(
            "cluster",
            List.of(ClusterCommand.class, PoolCommand.class),
            List.of(ClusterEvent.class, PoolEvent.class),
            ClusterState.class,
            List.of(),
            new ClusterState.Absent(),
            ClusterDecider::decide,
            ClusterEvolution::evolve,
            Stamp.unchanged(),
            FIRST_SNAPSHOTS),
        new Decider<>(
            "node",
            NodeCommand.class,
            NodeEvent.class,
            NodeState.class,
            new NodeState.Absent(),
            NodeDecider::decide,
            NodeEvolution::evolve,
            FIRST_SNAPSHOTS),
        operations(processes, rules),
        new Decider<>(
            "release",
            ReleaseCommand.class,
            ReleaseEvent.class,
            ReleaseState.class,
            new ReleaseState.Absent(),
            ReleaseDecider::decide,
            ReleaseDecider::evolve,
            NO_SNAPSHOTS),
        new Decider<>(
            "access",
            AccessCommand.class,
            AccessEvent.class,
            AccessState.class,
            new AccessState.Absent(),
            AccessDecider::decide,
            AccessDecider::evolve,
            NO_SNAPSHOTS),
        new Decider<>(
            "call",
            CallCommand.class,
            CallEvent.class,
            CallState.class,
            new CallState.Absent(),
            CallDecider::decide,
            CallDecider::evolve,
            NO_SNAPSHOTS));
  }

  private static Decider<OperationCommand, OperationEvent, OperationState> operations(
      Processes processes, OperationRules rules) {
    return new Decider<>(
        "operation",
        List.of(OperationCommand.class),
        List.of(OperationEvent.class, RollEvent.class),
        OperationState.class,
        parts(processes),
        new OperationState.Absent(),
        new OperationDecider(processes, rules)::decide,
        new OperationEvolution(processes)::evolve,
        Deciders::stamped,
        FIRST_SNAPSHOTS);
  }

  /** What the state of a run can hold: the plans and the states of all processes. */
  static List<Class<?>> parts(Processes processes) {
    return Stream.<Class<?>>concat(processes.plans().stream(), processes.states().stream())
        .toList();
  }

  /** Every event of a run has the initiator and the correlation of what began the run. */
  private static Origin stamped(Id stream, OperationState state, Origin origin) {
    Lineage lineage = state.lineage();
    return lineage == null ? origin : origin.within(new OperationId(stream.value()), lineage);
  }
}
