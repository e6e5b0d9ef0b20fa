package io.keelson.sagas.upgrade;

import io.keelson.commands.PoolId;
import io.keelson.commands.operation.Convergence;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.ObservationSummary;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.operation.RequestEvent.PoolObservationAwaited;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent;
import io.keelson.commands.operation.TargetObservation;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedPool;
import io.keelson.commands.provisioning.Result;
import io.keelson.commands.upgrade.UpgradePlan.Roll;
import io.keelson.sagas.operation.LongProcess;
import io.keelson.sagas.operation.ProcessRun;
import java.util.List;
import java.util.function.Predicate;

/**
 * Replaces nodes of a pool, one after the other in a planned order, by a series of documents: each
 * says which nodes leave and how many there should be in addition.
 */
interface PoolRollProcess<P extends Roll> extends LongProcess<P, RollState> {

  /** Nodes that a plan has missed, because an observation was late, are planned once more. */
  int MAX_ROUNDS = 3;

  /** Which nodes are replaced in a round, from 1. */
  Predicate<ObservedNode> outdated(P plan, int round);

  boolean isDone(PoolTarget desired, ObservedPool observed);

  @Override
  default Class<RollState> state() {
    return RollState.class;
  }

  @Override
  default RollState begin(P plan) {
    PoolTarget target = plan.target();
    return new RollState.AwaitingNodes(
        target.size(), target.generation() - 1, plan.policy().maxSurge());
  }

  @Override
  default List<Target> steps(P plan) {
    return List.of(Target.pool(plan.target().pool()));
  }

  @Override
  default RollState evolve(RollState state, OperationEvent event) {
    return state.after(event);
  }

  /** After the first observation, each document follows from a result or an observation. */
  @Override
  default List<OperationEvent> requests(RollState state, ProcessRun<P> run) {
    return switch (state) {
      case RollState.AwaitingNodes _ ->
          List.of(
              new PoolObservationAwaited(
                  run.operation(), run.cluster(), run.plan().target().pool()));
      case RollState.Replacing _, RollState.Ended _ -> List.of();
    };
  }

  @Override
  default List<OperationEvent> react(RollState state, Input input, ProcessRun<P> run) {
    return switch (input) {
      case Input.Observed(_, TargetObservation.OfPool observation) -> {
        ObservedPool pool = observation.pool();
        yield pool == null ? List.of() : react(state, observation, pool, run);
      }
      case Input.Responded(_, _, Result.Refused refused) -> react(state, refused, run);
      case Input _ -> List.of();
    };
  }

  private List<OperationEvent> react(
      RollState state, TargetObservation.OfPool observation, ObservedPool pool, ProcessRun<P> run) {
    return switch (state) {
      case RollState.AwaitingNodes s when pool.observedGeneration() > s.generation() ->
          List.of(); // another run has requested a newer document
      case RollState.AwaitingNodes s -> {
        RollTurn turn = new RollTurn(run, s.begun());
        turn.plan(observation.nodes(), outdated(run.plan(), 1), pool);
        yield turn.events();
      }
      case RollState.Replacing s when pool.observedGeneration() != s.generation() ->
          List.of(); // it is about an earlier document, or about one of another run
      case RollState.Replacing s -> replace(new RollTurn(run, s), observation, pool, run.plan());
      case RollState.Ended _ -> List.of();
    };
  }

  private List<OperationEvent> replace(
      RollTurn turn, TargetObservation.OfPool observation, ObservedPool pool, P plan) {
    turn.pair(observation.nodes());
    RollState.Replacing state = turn.state();
    PoolTarget desired =
        new PoolTarget(pool.pool(), state.generation(), state.size(), plan.target().version());
    Predicate<ObservedNode> missed = outdated(plan, state.round() + 1);
    if (!state.remaining().isEmpty()) {
      turn.proceed(pool);
    } else if (isLeaving(state, observation.nodes())) {
      return turn.events(); // a pool stops counting a drained node before the node is deleted
    } else if (isDone(desired, pool)) {
      turn.converged(ObservationSummary.of(observation));
    } else if (state.round() < MAX_ROUNDS
        && Convergence.converged(desired, pool)
        && observation.nodes().stream().anyMatch(missed)) {
      turn.plan(observation.nodes(), missed, pool);
    }
    return turn.events();
  }

  /** Whether a selected node is still to be deleted. */
  private static boolean isLeaving(RollState.Replacing state, List<ObservedNode> nodes) {
    return nodes.stream().anyMatch(node -> state.draining().contains(node.node()));
  }

  private List<OperationEvent> react(RollState state, Result.Refused refused, ProcessRun<P> run) {
    boolean scarce = refused.code() == Result.Code.CAPACITY || refused.code() == Result.Code.QUOTA;
    if (!scarce || !(state instanceof RollState.Replacing replacing)) {
      return List.of();
    }
    RollTurn turn = new RollTurn(run, replacing);
    turn.narrow(refused.message());
    return turn.events();
  }

  /** The pool that an event of a roll is about. */
  static PoolId pool(TargetEvent event) {
    return event.target().asPool().orElseThrow();
  }
}
