package io.keelson.projections.status;

import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.Origin;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.DecisionMade;
import io.keelson.commands.operation.OperationEvent.OperationCancelled;
import io.keelson.commands.operation.OperationEvent.OperationFailed;
import io.keelson.commands.operation.OperationEvent.OperationFinished;
import io.keelson.commands.operation.OperationEvent.OperationStarted;
import io.keelson.commands.operation.OperationEvent.StepFinished;
import io.keelson.commands.operation.OperationEvent.StepStarted;
import io.keelson.commands.operation.OperationEvent.TargetConverged;
import io.keelson.commands.operation.OperationEvent.TargetFailed;
import io.keelson.commands.operation.OperationEvent.TargetProgressed;
import io.keelson.commands.operation.OperationEvent.TargetWithdrawn;
import io.keelson.commands.operation.OperationEvent.TimerSet;
import io.keelson.commands.operation.OperationEvent.Wish;
import io.keelson.commands.operation.OperationEvent.WishAnswered;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.Plan;
import io.keelson.projections.Delivery;
import io.keelson.projections.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run of a long process as callers see it: step after step is begun and finished, until an end
 * that nothing follows.
 *
 * @param version the number of the last event in it, from 0
 * @param pool the one pool that it is about, if it is about one
 * @param reason why it failed or was cancelled
 * @param requestedBy the principal, as {@link Origin} has it
 * @param updatedAt when something that callers see became different
 */
public record OperationStatus(
    OperationId id,
    long version,
    OperationKind kind,
    ClusterId cluster,
    @Nullable PoolId pool,
    State state,
    @Nullable String reason,
    String requestedBy,
    String causeSource,
    String causeId,
    List<Step> steps,
    Instant startedAt,
    Instant updatedAt)
    implements Row<OperationId> {

  public OperationStatus {
    steps = List.copyOf(steps);
  }

  /** Spelt in lower case at the API. */
  public enum State {
    RUNNING,
    FINISHED,
    FAILED,
    CANCELLED
  }

  /**
   * One step.
   *
   * @param attempts how often the provider was asked, repeats included
   * @param detail what was last seen moving, for people
   */
  public record Step(
      String name,
      State state,
      int attempts,
      Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable String detail) {}

  /** The row that an event begins. */
  static Optional<OperationStatus> first(Delivery<? extends OperationEvent> d) {
    if (!(d.event() instanceof OperationStarted e)) {
      return Optional.empty();
    }
    Origin origin = Origin.of(d.metadata());
    return Optional.of(
        new OperationStatus(
            e.operation(),
            d.version(),
            e.plan().kind(),
            e.clusterId(),
            poolOf(e.plan()),
            State.RUNNING,
            null,
            origin.principal(),
            origin.cause().source(),
            origin.cause().id(),
            List.of(),
            d.at(),
            d.at()));
  }

  private static @Nullable PoolId poolOf(Plan plan) {
    return switch (plan) {
      case Plan.CreatePool p -> p.pool().pool();
      case Plan.UpdatePool p -> p.pool().pool();
      case Plan.ScalePool p -> p.pool().pool();
      case Plan.DeletePool p -> p.pool();
      case Plan.CreateCluster _, Plan.DeleteCluster _ -> null;
    };
  }

  OperationStatus after(Delivery<? extends OperationEvent> d) {
    if (d.version() <= version) {
      return this;
    }
    if (state != State.RUNNING) {
      return same(d);
    }
    return switch (d.event()) {
      case StepStarted e -> moved(d, Steps.begun(steps, e.step(), d.at()));
      case StepFinished e -> moved(d, Steps.finished(steps, e.step(), d.at()));
      case Wish e -> moved(d, Steps.asked(steps, e.target()));
      case TargetProgressed e -> moved(d, Steps.seen(steps, e.target(), e.summary()));
      case TargetWithdrawn e -> moved(d, Steps.seen(steps, e.target(), e.reason()));
      case OperationFinished _ -> ended(d, State.FINISHED, null);
      case OperationFailed e -> ended(d, State.FAILED, e.reason());
      case OperationCancelled e -> ended(d, State.CANCELLED, e.reason());
      case OperationStarted _,
          WishAnswered _,
          TargetConverged _,
          TargetFailed _,
          TimerSet _,
          DecisionMade _ ->
          same(d);
    };
  }

  private OperationStatus ended(Delivery<?> d, State end, @Nullable String why) {
    return with(d.version(), end, why, Steps.ended(steps, end, d.at()), d.at());
  }

  private OperationStatus moved(Delivery<?> d, List<Step> next) {
    return with(d.version(), state, reason, next, next.equals(steps) ? updatedAt : d.at());
  }

  private OperationStatus same(Delivery<?> d) {
    return with(d.version(), state, reason, steps, updatedAt);
  }

  private OperationStatus with(
      long seen, State next, @Nullable String why, List<Step> done, Instant changed) {
    return new OperationStatus(
        id,
        seen,
        kind,
        cluster,
        pool,
        next,
        why,
        requestedBy,
        causeSource,
        causeId,
        done,
        startedAt,
        changed);
  }
}
