package io.keelson.projections.status;

import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.Origin;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.DecisionMade;
import io.keelson.commands.operation.OperationEvent.NodesChosen;
import io.keelson.commands.operation.OperationEvent.NodesPlanned;
import io.keelson.commands.operation.OperationEvent.OperationCancelled;
import io.keelson.commands.operation.OperationEvent.OperationFailed;
import io.keelson.commands.operation.OperationEvent.OperationFinished;
import io.keelson.commands.operation.OperationEvent.OperationStarted;
import io.keelson.commands.operation.OperationEvent.RunAwaited;
import io.keelson.commands.operation.OperationEvent.StepFinished;
import io.keelson.commands.operation.OperationEvent.StepStarted;
import io.keelson.commands.operation.OperationEvent.TargetBlocked;
import io.keelson.commands.operation.OperationEvent.TargetConverged;
import io.keelson.commands.operation.OperationEvent.TargetFailed;
import io.keelson.commands.operation.OperationEvent.TargetProgressed;
import io.keelson.commands.operation.OperationEvent.TargetWithdrawn;
import io.keelson.commands.operation.OperationEvent.TimerSet;
import io.keelson.commands.operation.OperationEvent.Wish;
import io.keelson.commands.operation.OperationEvent.WishAnswered;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Target;
import io.keelson.projections.Delivery;
import io.keelson.projections.Row;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run of a long process as callers see it: step after step is begun and finished, until an end
 * that nothing follows.
 *
 * @param version the number of the last event in it, from 0
 * @param pool the one pool that it is about, if it is about one
 * @param node the one node that it is about, if it is about one
 * @param roll how far it is with replacing nodes, if it replaces any
 * @param blockedBy what holds it up at the provider
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
    @Nullable NodeId node,
    State state,
    @Nullable String reason,
    String requestedBy,
    String causeSource,
    String causeId,
    List<Step> steps,
    @Nullable Roll roll,
    List<Block> blockedBy,
    Instant startedAt,
    Instant updatedAt)
    implements Row<OperationId> {

  public OperationStatus {
    steps = List.copyOf(steps);
    blockedBy = List.copyOf(blockedBy);
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
   * @param run the other run that it waits for, if it waits for one
   */
  public record Step(
      String name,
      State state,
      int attempts,
      Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable String detail,
      @Nullable OperationId run) {}

  /**
   * What holds it up.
   *
   * @param target what does not come true, as {@link Target} names it
   * @param detail the node, the disruption budget, the pods…, for people
   */
  public record Block(String target, String detail, Instant since) {}

  /** How much of it is done, of how much. */
  public record Progress(int done, int total) {}

  /** Nodes of those that it replaces, else steps. What goes on at that moment is not done. */
  public Progress progress() {
    if (roll != null && roll.planned() > 0) {
      int done = state == State.FINISHED ? roll.planned() : roll.replaced();
      return new Progress(done, roll.planned());
    }
    long done = steps.stream().filter(s -> s.state() == State.FINISHED).count();
    return new Progress((int) done, steps.size());
  }

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
            nodeOf(e.plan()),
            State.RUNNING,
            null,
            origin.principal(),
            origin.cause().source(),
            origin.cause().id(),
            List.of(),
            Roll.of(e.plan()),
            List.of(),
            d.at(),
            d.at()));
  }

  private static @Nullable PoolId poolOf(Plan plan) {
    return switch (plan) {
      case Plan.CreatePool p -> p.pool().pool();
      case Plan.UpdatePool p -> p.pool().pool();
      case Plan.ScalePool p -> p.pool().pool();
      case Plan.UpgradePool p -> p.pool().pool();
      case Plan.ReplaceNode p -> p.pool().pool();
      case Plan.RebootNode p -> p.pool();
      case Plan.DeletePool p -> p.pool();
      case Plan.CreateCluster _,
          Plan.UpdateCluster _,
          Plan.SetClusterType _,
          Plan.UpgradeCluster _,
          Plan.SetAcl _,
          Plan.ResetAdminToken _,
          Plan.DeleteCluster _ ->
          null;
    };
  }

  private static @Nullable NodeId nodeOf(Plan plan) {
    return switch (plan) {
      case Plan.ReplaceNode p -> p.node();
      case Plan.RebootNode p -> p.node();
      case Plan.CreateCluster _,
          Plan.CreatePool _,
          Plan.UpdatePool _,
          Plan.ScalePool _,
          Plan.UpdateCluster _,
          Plan.SetClusterType _,
          Plan.UpgradeCluster _,
          Plan.UpgradePool _,
          Plan.SetAcl _,
          Plan.ResetAdminToken _,
          Plan.DeletePool _,
          Plan.DeleteCluster _ ->
          null;
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
      case RunAwaited e -> moved(d, Steps.awaited(steps, e.target(), e.run(), d.at()));
      case NodesPlanned e -> rolled(d, roll == null ? null : roll.planned(e.nodes().size()));
      case NodesChosen e -> rolled(d, roll == null ? null : roll.chosen(e.nodes().size()));
      case TargetProgressed e -> moved(d, Steps.seen(steps, e.target(), e.summary()));
      case TargetBlocked e -> held(d, Blocks.of(blockedBy, e.target(), e.reasons(), d.at()));
      case TargetConverged e ->
          over(d, e.target(), Steps.over(steps, e.target(), State.FINISHED, null, d.at()));
      case TargetFailed e ->
          over(d, e.target(), Steps.over(steps, e.target(), State.FAILED, e.reason(), d.at()));
      case TargetWithdrawn e -> {
        List<Step> seen = Steps.seen(steps, e.target(), e.reason());
        yield over(
            d, e.target(), Steps.over(seen, e.target(), State.CANCELLED, e.reason(), d.at()));
      }
      case OperationFinished _ -> ended(d, State.FINISHED, null);
      case OperationFailed e -> ended(d, State.FAILED, e.reason());
      case OperationCancelled e -> ended(d, State.CANCELLED, e.reason());
      // What blocks a target is said by what was seen of it, too.
      case OperationStarted _, WishAnswered _, TimerSet _, DecisionMade _ -> same(d);
    };
  }

  private OperationStatus ended(Delivery<?> d, State end, @Nullable String why) {
    return with(d, end, why, Steps.ended(steps, end, d.at()), roll, List.of());
  }

  private OperationStatus moved(Delivery<?> d, List<Step> next) {
    return with(d, state, reason, next, roll, blockedBy);
  }

  private OperationStatus rolled(Delivery<?> d, @Nullable Roll next) {
    return with(d, state, reason, steps, next, blockedBy);
  }

  private OperationStatus held(Delivery<?> d, List<Block> next) {
    return with(d, state, reason, steps, roll, next);
  }

  /** Nothing holds up what is not wanted any more, in whatever way it came to its end. */
  private OperationStatus over(Delivery<?> d, Target target, List<Step> next) {
    List<Block> left = Blocks.of(blockedBy, target, List.of(), d.at());
    return with(d, state, reason, next, roll, left);
  }

  private OperationStatus same(Delivery<?> d) {
    return with(d, state, reason, steps, roll, blockedBy);
  }

  private OperationStatus with(
      Delivery<?> d,
      State next,
      @Nullable String why,
      List<Step> done,
      @Nullable Roll far,
      List<Block> blocks) {
    boolean changed =
        next != state
            || !done.equals(steps)
            || !Objects.equals(far, roll)
            || !blocks.equals(blockedBy);
    return new OperationStatus(
        id,
        d.version(),
        kind,
        cluster,
        pool,
        node,
        next,
        why,
        requestedBy,
        causeSource,
        causeId,
        done,
        far,
        blocks,
        startedAt,
        changed ? d.at() : updatedAt);
  }
}
