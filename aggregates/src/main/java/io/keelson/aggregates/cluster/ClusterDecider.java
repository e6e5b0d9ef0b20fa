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
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterCommand.AddAclRules;
import io.keelson.commands.cluster.ClusterCommand.CreateCluster;
import io.keelson.commands.cluster.ClusterCommand.CreatePool;
import io.keelson.commands.cluster.ClusterCommand.DeleteAclRule;
import io.keelson.commands.cluster.ClusterCommand.DeleteCluster;
import io.keelson.commands.cluster.ClusterCommand.DeletePool;
import io.keelson.commands.cluster.ClusterCommand.FailClusterChange;
import io.keelson.commands.cluster.ClusterCommand.FailClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FailClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FailNodeReplacement;
import io.keelson.commands.cluster.ClusterCommand.FailPoolCreation;
import io.keelson.commands.cluster.ClusterCommand.FailPoolUpdate;
import io.keelson.commands.cluster.ClusterCommand.FailPoolUpgrade;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterChange;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FinishControlPlaneUpgrade;
import io.keelson.commands.cluster.ClusterCommand.FinishNodeReplacement;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolCreation;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolDeletion;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolUpdate;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolUpgrade;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterGone;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterObserved;
import io.keelson.commands.cluster.ClusterCommand.RemoveNode;
import io.keelson.commands.cluster.ClusterCommand.ReplaceNode;
import io.keelson.commands.cluster.ClusterCommand.ResetAdminToken;
import io.keelson.commands.cluster.ClusterCommand.SetAclRules;
import io.keelson.commands.cluster.ClusterCommand.SetClusterType;
import io.keelson.commands.cluster.ClusterCommand.UpdateCluster;
import io.keelson.commands.cluster.ClusterCommand.UpdatePool;
import io.keelson.commands.cluster.ClusterCommand.UpgradeCluster;
import io.keelson.commands.cluster.ClusterCommand.UpgradePool;
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

/**
 * What may happen to a cluster. Reports of processes that come late, twice, or for an operation
 * that no longer holds the cluster change nothing: the process learns of its end elsewhere.
 */
public final class ClusterDecider {

  private ClusterDecider() {}

  public static List<? extends ClusterEvent> decide(ClusterCommand command, ClusterState state) {
    return Repeats.isRepeat(command, state) ? List.of() : decideNew(command, state);
  }

  private static List<? extends ClusterEvent> decideNew(
      ClusterCommand command, ClusterState state) {
    return switch (command) {
      case CreateCluster c -> create(c, state);
      case FinishClusterCreation c -> finishCreation(c, state);
      case FailClusterCreation c -> failCreation(c, state);
      case UpdateCluster c -> WorkDecider.update(c, state);
      case SetClusterType c -> WorkDecider.setType(c, state);
      case UpgradeCluster c -> UpgradeDecider.start(c, state);
      case FinishControlPlaneUpgrade c -> UpgradeDecider.finishControlPlane(c, state);
      case FinishClusterChange c -> finishChange(c, state);
      case FailClusterChange c -> failChange(c, state);
      case SetAclRules c -> AclDecider.set(c, state);
      case AddAclRules c -> AclDecider.add(c, state);
      case DeleteAclRule c -> AclDecider.delete(c, state);
      case ResetAdminToken c -> AdminTokenDecider.reset(c, state);
      case CreatePool c -> PoolDecider.create(c, state);
      case FinishPoolCreation c -> PoolDecider.finishCreation(c, state);
      case FailPoolCreation c -> PoolDecider.failCreation(c, state);
      case UpdatePool c -> PoolUpdateDecider.update(c, state);
      case FinishPoolUpdate c -> PoolUpdateDecider.finish(c, state);
      case FailPoolUpdate c -> PoolUpdateDecider.fail(c, state);
      case RemoveNode c -> PoolUpdateDecider.remove(c, state);
      case UpgradePool c -> RollDecider.upgrade(c, state);
      case FinishPoolUpgrade c -> RollDecider.finishUpgrade(c, state);
      case FailPoolUpgrade c -> RollDecider.failUpgrade(c, state);
      case ReplaceNode c -> RollDecider.replace(c, state);
      case FinishNodeReplacement c -> RollDecider.finishReplacement(c, state);
      case FailNodeReplacement c -> RollDecider.failReplacement(c, state);
      case DeletePool c -> PoolDecider.delete(c, state);
      case FinishPoolDeletion c -> PoolDecider.finishDeletion(c, state);
      case DeleteCluster c -> delete(c, state);
      case FinishClusterDeletion c -> finishDeletion(c, state);
      case FailClusterDeletion c -> failDeletion(c, state);
      case RecordClusterObserved c ->
          state instanceof Present p ? ClusterSightings.seen(c, p) : List.of();
      case RecordClusterGone c ->
          state instanceof Present p ? ClusterSightings.gone(c, p) : List.of();
    };
  }

  private static List<ClusterEvent> create(CreateCluster c, ClusterState state) {
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

  private static List<ClusterEvent> finishCreation(FinishClusterCreation c, ClusterState state) {
    return state instanceof Creating creating && creating.operation().equals(c.operation())
        ? List.of(new ClusterCreationFinished(c.clusterId(), c.operation()))
        : List.of();
  }

  /** The pools that this operation still owes fail with it. */
  private static List<ClusterEvent> failCreation(FailClusterCreation c, ClusterState state) {
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

  /** An operation is one of them, or none any more. */
  private static List<ClusterEvent> finishChange(FinishClusterChange c, ClusterState state) {
    return Stream.of(
            WorkDecider.finish(c, state),
            AclDecider.finish(c, state),
            AdminTokenDecider.finish(c, state))
        .flatMap(List::stream)
        .toList();
  }

  private static List<ClusterEvent> failChange(FailClusterChange c, ClusterState state) {
    return Stream.of(
            WorkDecider.fail(c, state), AclDecider.fail(c, state), AdminTokenDecider.fail(c, state))
        .flatMap(List::stream)
        .toList();
  }

  private static List<ClusterEvent> delete(DeleteCluster c, ClusterState state) {
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

  private static List<ClusterEvent> finishDeletion(FinishClusterDeletion c, ClusterState state) {
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

  private static List<ClusterEvent> failDeletion(FailClusterDeletion c, ClusterState state) {
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
