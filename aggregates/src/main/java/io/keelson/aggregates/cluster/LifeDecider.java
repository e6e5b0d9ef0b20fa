package io.keelson.aggregates.cluster;

import static io.keelson.commands.CommandRejected.Reason.BUSY;
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
import io.keelson.commands.CommandRejected;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterCommand.CreateCluster;
import io.keelson.commands.cluster.ClusterCommand.DeleteCluster;
import io.keelson.commands.cluster.ClusterCommand.FailClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FailClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterDeletion;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionStarted;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How a cluster begins and ends, and its first pools with it. */
final class LifeDecider {

  private LifeDecider() {}

  static List<ClusterEvent> create(CreateCluster c, ClusterState state) {
    return switch (state) {
      case Absent _ -> {
        List<ClusterEvent> events = new ArrayList<>();
        events.add(started(c));
        c.pools()
            .forEach(
                pool ->
                    events.add(
                        PoolDecider.started(
                            c.clusterId(), c.spec().name(), c.operation(), pool, true)));
        yield events;
      }
      case Present p -> sameAgain(c, p.facts().created());
      case Deleted d -> {
        sameAgain(c, d.created());
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
        c.pools());
  }

  private static List<ClusterEvent> sameAgain(CreateCluster c, ClusterCreationStarted before) {
    if (started(c).equals(before)) {
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

  /** The pools that this operation still owes fail with it. */
  static List<ClusterEvent> failCreation(FailClusterCreation c, ClusterState state) {
    List<ClusterEvent> events = new ArrayList<>();
    switch (state) {
      case Creating creating when creating.operation().equals(c.operation()) -> {
        events.add(new ClusterCreationFailed(c.clusterId(), c.operation(), c.reason()));
        events.addAll(failOwedPools(c, creating.facts()));
      }
      case Running running -> events.addAll(failOwedPools(c, running.facts()));
      case Absent _, Creating _, CreationFailed _, Deleting _, DeletionFailed _, Deleted _ -> {}
    }
    return events;
  }

  private static List<PoolCreationFailed> failOwedPools(FailClusterCreation c, Facts facts) {
    return PoolDecider.those(facts, pool -> pool.owesCreation(c.operation())).stream()
        .map(id -> new PoolCreationFailed(c.clusterId(), id, c.operation(), c.reason()))
        .toList();
  }

  static List<ClusterEvent> delete(DeleteCluster c, ClusterState state) {
    return switch (state) {
      case Deleting s when c.withAdditionalResources() && !s.withAdditionalResources() ->
          throw new CommandRejected(
              BUSY, "cluster " + c.clusterId() + " is being deleted without additional resources");
      case Deleting _ -> List.of(); // asked for already
      case Creating s -> delete(c, s.facts(), List.of(s.operation()));
      case Running s -> delete(c, s.facts(), s.operations());
      case CreationFailed s -> delete(c, s.facts(), List.of());
      case DeletionFailed s -> delete(c, s.facts(), List.of());
      case Absent _, Deleted _ ->
          throw new CommandRejected(NOT_FOUND, "cluster " + c.clusterId() + " does not exist");
    };
  }

  /**
   * A creation goes on after the cluster runs, for as long as it owes a pool.
   *
   * @param whole what runs for the cluster as a whole
   */
  private static List<ClusterEvent> delete(DeleteCluster c, Facts facts, List<OperationId> whole) {
    List<OperationId> superseded =
        Stream.concat(whole.stream(), facts.operations().stream()).distinct().toList();
    List<ClusterEvent> events = new ArrayList<>();
    events.add(
        new ClusterDeletionStarted(
            c.clusterId(),
            c.operation(),
            c.withAdditionalResources(),
            List.copyOf(facts.pools().keySet()),
            superseded));
    facts
        .pools()
        .forEach(
            (pool, known) -> {
              if (known.phase() != PoolFacts.Phase.DELETING) {
                events.add(
                    new PoolDeletionStarted(c.clusterId(), pool, c.operation(), true, List.of()));
              }
            });
    return events;
  }

  static List<ClusterEvent> finishDeletion(FinishClusterDeletion c, ClusterState state) {
    if (!(state instanceof Deleting deleting) || !deleting.operation().equals(c.operation())) {
      return List.of();
    }
    Facts facts = deleting.facts();
    List<ClusterEvent> events = new ArrayList<>();
    facts
        .pools()
        .keySet()
        .forEach(pool -> events.add(new PoolDeletionFinished(c.clusterId(), pool, c.operation())));
    events.add(
        new ClusterDeletionFinished(
            c.clusterId(), c.operation(), facts.created().project(), facts.spec().name()));
    return events;
  }

  static List<ClusterEvent> failDeletion(FailClusterDeletion c, ClusterState state) {
    List<ClusterEvent> events = new ArrayList<>();
    switch (state) {
      case Deleting deleting when deleting.operation().equals(c.operation()) ->
          events.add(new ClusterDeletionFailed(c.clusterId(), c.operation(), c.reason()));
      case Running running ->
          PoolDecider.those(running.facts(), pool -> c.operation().equals(pool.deletion()))
              .forEach(
                  id ->
                      events.add(
                          new PoolDeletionFailed(c.clusterId(), id, c.operation(), c.reason())));
      case Absent _, Creating _, CreationFailed _, Deleting _, DeletionFailed _, Deleted _ -> {}
    }
    return events;
  }
}
