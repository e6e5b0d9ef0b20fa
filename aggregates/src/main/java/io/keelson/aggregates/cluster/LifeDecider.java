package io.keelson.aggregates.cluster;

import static io.keelson.commands.CommandRejected.Reason.KEY_REUSED;
import static io.keelson.commands.CommandRejected.Reason.NOT_FOUND;

import io.keelson.aggregates.cluster.ClusterState.Absent;
import io.keelson.aggregates.cluster.ClusterState.Creating;
import io.keelson.aggregates.cluster.ClusterState.CreationFailed;
import io.keelson.aggregates.cluster.ClusterState.Deleted;
import io.keelson.aggregates.cluster.ClusterState.Deleting;
import io.keelson.aggregates.cluster.ClusterState.DeletionFailed;
import io.keelson.aggregates.cluster.ClusterState.Present;
import io.keelson.aggregates.cluster.ClusterState.Running;
import io.keelson.aggregates.pool.Holder;
import io.keelson.aggregates.pool.Pools;
import io.keelson.aggregates.pool.PoolsOfCluster;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterCommand.CreateCluster;
import io.keelson.commands.cluster.ClusterCommand.DeleteCluster;
import io.keelson.commands.cluster.ClusterCommand.FailClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FailClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterDeletion;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationFailed;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationFinished;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionFailed;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionFinished;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionStarted;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How a cluster begins and ends, and its pools with it. */
final class LifeDecider {

  private LifeDecider() {}

  static List<ClusterEvent> create(CreateCluster c, ClusterState state) {
    return switch (state) {
      case Absent _ ->
          with(started(c), PoolsOfCluster.created(c.clusterId(), c.operation(), c.pools()));
      case Present p -> sameAgain(c, p.facts().created(), p.facts().pools());
      case Deleted d -> {
        sameAgain(c, d.created(), Pools.NONE);
        throw new CommandRejected(NOT_FOUND, "cluster " + c.clusterId() + " has been deleted");
      }
    };
  }

  private static ClusterCreationStarted started(CreateCluster c) {
    return new ClusterCreationStarted(
        c.clusterId(),
        c.operation(),
        c.organization(),
        c.project(),
        c.region(),
        c.spec(),
        PoolsOfCluster.targets(c.pools()));
  }

  private static List<ClusterEvent> sameAgain(
      CreateCluster c, ClusterCreationStarted before, Pools pools) {
    if (started(c).equals(before) && PoolsOfCluster.createdBy(c.operation(), c.pools(), pools)) {
      return List.of(); // delivered twice
    }
    throw new CommandRejected(
        KEY_REUSED, "cluster " + c.clusterId() + " was created by another request");
  }

  static List<ClusterEvent> finishCreation(FinishClusterCreation c, ClusterState state) {
    return state instanceof Creating creating && creating.operation().equals(c.operation())
        ? List.of(new ClusterCreationFinished(c.clusterId(), c.operation()))
        : List.of();
  }

  /** The pools that the run still owes fail with it. */
  static List<ClusterEvent> failCreation(FailClusterCreation c, ClusterState state) {
    return switch (state) {
      case Creating creating when creating.operation().equals(c.operation()) ->
          with(
              new ClusterCreationFailed(c.clusterId(), c.operation(), c.reason()),
              failOwedPools(c, creating.facts()));
      case Running running -> List.copyOf(failOwedPools(c, running.facts()));
      case Absent _, Creating _, CreationFailed _, Deleting _, DeletionFailed _, Deleted _ ->
          List.of();
    };
  }

  private static List<? extends ClusterEvent> failOwedPools(
      FailClusterCreation c, ClusterFacts facts) {
    return PoolsOfCluster.creationFailed(c.clusterId(), c.operation(), c.reason(), facts.pools());
  }

  static List<ClusterEvent> delete(DeleteCluster c, ClusterState state) {
    return switch (state) {
      case Deleting s when c.withAdditionalResources() && !s.withAdditionalResources() ->
          throw new Holder("being deleted without additional resources", s.operation())
              .rejection(c.clusterId());
      case Deleting _ -> List.of(); // requested already
      case Creating s -> delete(c, s.facts(), List.of(s.operation()));
      case Running s -> delete(c, s.facts(), s.operations());
      case CreationFailed s -> delete(c, s.facts(), List.of());
      case DeletionFailed s -> delete(c, s.facts(), List.of());
      case Absent _, Deleted _ -> throw ClusterRejections.notFound(c.clusterId());
    };
  }

  /**
   * The creation of a cluster that runs is among the superseded runs while it still owes a pool.
   *
   * @param whole the runs for the cluster as a whole
   */
  private static List<ClusterEvent> delete(
      DeleteCluster c, ClusterFacts facts, List<OperationId> whole) {
    List<OperationId> superseded =
        Stream.concat(whole.stream(), facts.operations().stream()).distinct().toList();
    return with(
        new ClusterDeletionStarted(
            c.clusterId(),
            c.operation(),
            c.withAdditionalResources(),
            List.copyOf(facts.pools().present().keySet()),
            superseded),
        PoolsOfCluster.deletionStarted(c.clusterId(), c.operation(), facts.pools()));
  }

  static List<ClusterEvent> finishDeletion(FinishClusterDeletion c, ClusterState state) {
    if (!(state instanceof Deleting deleting) || !deleting.operation().equals(c.operation())) {
      return List.of();
    }
    ClusterFacts facts = deleting.facts();
    List<ClusterEvent> events = new ArrayList<>();
    events.addAll(PoolsOfCluster.deletionFinished(c.clusterId(), c.operation(), facts.pools()));
    events.add(
        new ClusterDeletionFinished(
            c.clusterId(), c.operation(), facts.created().project(), facts.spec().name()));
    return events;
  }

  static List<ClusterEvent> failDeletion(FailClusterDeletion c, ClusterState state) {
    return state instanceof Deleting deleting && deleting.operation().equals(c.operation())
        ? List.of(new ClusterDeletionFailed(c.clusterId(), c.operation(), c.reason()))
        : List.of();
  }

  private static List<ClusterEvent> with(ClusterEvent first, List<? extends ClusterEvent> ofPools) {
    List<ClusterEvent> events = new ArrayList<>();
    events.add(first);
    events.addAll(ofPools);
    return events;
  }
}
