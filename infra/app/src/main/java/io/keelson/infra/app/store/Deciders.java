package io.keelson.infra.app.store;

import io.keelson.aggregates.access.AccessDecider;
import io.keelson.aggregates.access.AccessState;
import io.keelson.aggregates.access.CallDecider;
import io.keelson.aggregates.access.CallState;
import io.keelson.aggregates.cluster.ClusterDecider;
import io.keelson.aggregates.cluster.ClusterEvolution;
import io.keelson.aggregates.cluster.ClusterState;
import io.keelson.aggregates.node.NodeDecider;
import io.keelson.aggregates.node.NodeState;
import io.keelson.aggregates.release.ReleaseDecider;
import io.keelson.aggregates.release.ReleaseState;
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
import io.keelson.commands.release.ReleaseCommand;
import io.keelson.commands.release.ReleaseEvent;
import io.keelson.infra.eventstore.Decider;
import io.keelson.sagas.operation.OperationDecider;
import io.keelson.sagas.operation.OperationEvolution;
import io.keelson.sagas.operation.OperationState;
import java.util.List;

/**
 * The deciders of all kinds of streams. Streams that grow for as long as their subject exists have
 * snapshots. Release and call streams have none, since they end after one or two events. Access
 * streams have none, since their state is as large as their events.
 */
final class Deciders {

  private static final int FIRST_SNAPSHOTS = 1;
  private static final int NO_SNAPSHOTS = 0;

  private Deciders() {}

  static List<Decider<?, ?, ?>> all(OperationDecider operations) {
    return List.of(
        new Decider<>(
            "cluster",
            ClusterCommand.class,
            ClusterEvent.class,
            ClusterState.class,
            new ClusterState.Absent(),
            ClusterDecider::decide,
            ClusterEvolution::evolve,
            FIRST_SNAPSHOTS),
        new Decider<>(
            "node",
            NodeCommand.class,
            NodeEvent.class,
            NodeState.class,
            new NodeState.Absent(),
            NodeDecider::decide,
            NodeDecider::evolve,
            FIRST_SNAPSHOTS),
        new Decider<>(
            "operation",
            OperationCommand.class,
            OperationEvent.class,
            OperationState.class,
            new OperationState.Absent(),
            operations::decide,
            OperationEvolution::evolve,
            FIRST_SNAPSHOTS),
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
}
