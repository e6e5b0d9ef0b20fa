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
import io.keelson.aggregates.cluster.Facts.PoolFacts;
import io.keelson.aggregates.cluster.Facts.PoolPhase;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterCommand.CreateCluster;
import io.keelson.commands.cluster.ClusterCommand.DeleteCluster;
import io.keelson.commands.cluster.ClusterCommand.FailClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FailClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FailPoolCreation;
import io.keelson.commands.cluster.ClusterCommand.FailPoolUpdate;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolCreation;
import io.keelson.commands.cluster.ClusterCommand.FinishPoolUpdate;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterGone;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterObserved;
import io.keelson.commands.cluster.ClusterCommand.SetPoolLabels;
import io.keelson.commands.cluster.ClusterCommand.SetPoolStartupTaints;
import io.keelson.commands.cluster.ClusterCommand.SetPoolTaints;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateStarted;
import io.keelson.commands.cluster.PoolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What may happen to a cluster. Reports of processes that come late, twice, or for an operation
 * that no longer holds the cluster change nothing: the process learns of its end elsewhere.
 */
public final class ClusterDecider {

  /** Of a pool's first document. */
  private static final long FIRST_GENERATION = 1;

  private ClusterDecider() {}

  public static List<? extends ClusterEvent> decide(ClusterCommand command, ClusterState state) {
    return switch (command) {
      case CreateCluster c -> create(c, state);
      case FinishClusterCreation c -> finishCreation(c, state);
      case FailClusterCreation c -> failCreation(c, state);
      case FinishPoolCreation c -> finishPoolCreation(c, state);
      case FailPoolCreation c -> failPoolCreation(c, state);
      case SetPoolLabels c ->
          update(c, c.pool(), c.operation(), state, spec -> spec.withLabels(c.labels()));
      case SetPoolTaints c ->
          update(c, c.pool(), c.operation(), state, spec -> spec.withTaints(c.taints()));
      case SetPoolStartupTaints c ->
          update(
              c, c.pool(), c.operation(), state, spec -> spec.withStartupTaints(c.startupTaints()));
      case FinishPoolUpdate c ->
          isUpdating(state, c.pool(), c.operation())
              ? List.of(new PoolUpdateFinished(c.clusterId(), c.pool(), c.operation()))
              : List.of();
      case FailPoolUpdate c ->
          isUpdating(state, c.pool(), c.operation())
              ? List.of(new PoolUpdateFailed(c.clusterId(), c.pool(), c.operation(), c.reason()))
              : List.of();
      case DeleteCluster c -> delete(c, state);
      case FinishClusterDeletion c -> finishDeletion(c, state);
      case FailClusterDeletion c ->
          state instanceof Deleting deleting && deleting.operation().equals(c.operation())
              ? List.of(new ClusterDeletionFailed(c.clusterId(), c.operation(), c.reason()))
              : List.of();
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
                        new PoolCreationStarted(
                            c.clusterId(),
                            pool.id(),
                            c.operation(),
                            FIRST_GENERATION,
                            pool.spec())));
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
    return facts.pools().entrySet().stream()
        .filter(e -> owes(e.getValue(), c.operation()))
        .map(e -> new PoolCreationFailed(c.clusterId(), e.getKey(), c.operation(), c.reason()))
        .toList();
  }

  private static boolean owes(PoolFacts pool, OperationId operation) {
    return pool.phase() == PoolPhase.CREATING && pool.creation().equals(operation);
  }

  private static List<ClusterEvent> finishPoolCreation(FinishPoolCreation c, ClusterState state) {
    return isOwed(state, c.pool(), c.operation())
        ? List.of(new PoolCreationFinished(c.clusterId(), c.pool(), c.operation()))
        : List.of();
  }

  private static List<ClusterEvent> failPoolCreation(FailPoolCreation c, ClusterState state) {
    return isOwed(state, c.pool(), c.operation())
        ? List.of(new PoolCreationFailed(c.clusterId(), c.pool(), c.operation(), c.reason()))
        : List.of();
  }

  private static boolean isOwed(ClusterState state, PoolId pool, OperationId operation) {
    return state instanceof Present present
        && present.facts().pool(pool).filter(facts -> owes(facts, operation)).isPresent();
  }

  private static boolean isUpdating(ClusterState state, PoolId pool, OperationId operation) {
    return state instanceof Present present
        && present
            .facts()
            .pool(pool)
            .filter(facts -> facts.updates().contains(operation))
            .isPresent();
  }

  private static List<ClusterEvent> update(
      ClusterCommand c,
      PoolId pool,
      OperationId operation,
      ClusterState state,
      UnaryOperator<PoolSpec> change) {
    Facts facts =
        switch (state) {
          case Creating s -> s.facts();
          case Running s -> s.facts();
          case CreationFailed _ ->
              throw new CommandRejected(BUSY, "cluster " + c.clusterId() + " could not be created");
          case Deleting _, DeletionFailed _ ->
              throw new CommandRejected(BUSY, "cluster " + c.clusterId() + " is being deleted");
          case Absent _, Deleted _ -> throw poolNotFound(pool);
        };
    PoolFacts before = facts.pool(pool).orElseThrow(() -> poolNotFound(pool));
    PoolSpec after = change.apply(before.spec());
    return after.equals(before.spec()) && before.inForce()
        ? List.of() // as it is already, also when delivered twice
        : List.of(
            new PoolUpdateStarted(
                c.clusterId(),
                pool,
                operation,
                before.generation() + 1,
                facts.created().spec().name(),
                before.spec(),
                after));
  }

  private static CommandRejected poolNotFound(PoolId pool) {
    return new CommandRejected(NOT_FOUND, "pool " + pool + " does not exist", "pool_id");
  }

  private static List<ClusterEvent> delete(DeleteCluster c, ClusterState state) {
    return switch (state) {
      case Deleting s when c.withAdditionalResources() && !s.withAdditionalResources() ->
          throw new CommandRejected(
              BUSY, "cluster " + c.clusterId() + " is being deleted without additional resources");
      case Deleting _ -> List.of(); // asked for already
      case Creating s -> delete(c, s.facts(), List.of(s.operation()));
      case Running s -> delete(c, s.facts(), runningCreation(s.facts()));
      case CreationFailed s -> delete(c, s.facts(), List.of());
      case DeletionFailed s -> delete(c, s.facts(), List.of());
      case Absent _, Deleted _ ->
          throw new CommandRejected(NOT_FOUND, "cluster " + c.clusterId() + " does not exist");
    };
  }

  /** The creation goes on after the cluster runs, for as long as it owes a pool. */
  private static List<OperationId> runningCreation(Facts facts) {
    return facts.pools().values().stream()
        .filter(pool -> pool.phase() == PoolPhase.CREATING)
        .map(PoolFacts::creation)
        .distinct()
        .toList();
  }

  private static List<ClusterEvent> delete(
      DeleteCluster c, Facts facts, List<OperationId> creations) {
    List<OperationId> superseded = new ArrayList<>(creations);
    facts.pools().values().forEach(pool -> superseded.addAll(pool.updates()));
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
              if (known.phase() != PoolPhase.DELETING) {
                events.add(new PoolDeletionStarted(c.clusterId(), pool, c.operation()));
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
            c.clusterId(),
            c.operation(),
            facts.created().project(),
            facts.created().spec().name()));
    return events;
  }
}
