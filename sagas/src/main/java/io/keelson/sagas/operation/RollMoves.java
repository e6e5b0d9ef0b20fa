package io.keelson.sagas.operation;

import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.OperationEvent.NodesChosen;
import io.keelson.commands.operation.OperationEvent.NodesPlanned;
import io.keelson.commands.operation.OperationEvent.Verdict;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.Answer;
import io.keelson.sagas.operation.OperationState.Rolling;
import io.keelson.sagas.operation.OperationState.Wanted;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Writes what a roll does next into a draft: nodes planned, nodes chosen, the next document. */
record RollMoves(Draft draft, RollProcess roll) {

  void seen(Target target, Sight sight) {
    if (roll.hasMissedNodes(rolling(), sight)) {
      ask(target, rolling().surveying());
      return;
    }
    roll.move(rolling(), sight)
        .ifPresent(
            move -> {
              make(move, target, sight);
              if (rolling().remaining().isEmpty() && roll.converged(target, sight, draft.run())) {
                draft.converged(target); // there was nothing to replace
              }
            });
  }

  private void make(RollProcess.Move move, Target target, Sight sight) {
    PoolId pool = target.asPool().orElseThrow(() -> LongProcess.foreign(target));
    List<NodeId> plan = move.plan();
    if (plan != null) {
      draft.add(new NodesPlanned(draft.operation(), draft.cluster(), pool, plan));
      if (plan.isEmpty()) {
        return;
      }
    }
    if (!move.leaving().isEmpty()) {
      draft.decide(
          OperationRules.ROLLING_RULE,
          OperationRules.ROLLING_RULE_VERSION,
          Verdict.ACTED,
          roll.inputs(rolling(), move.leaving(), sight),
          "as many nodes stay ready without them as the policy of the pool wants");
      draft.add(new NodesChosen(draft.operation(), draft.cluster(), pool, move.leaving()));
    }
    ask(target, rolling());
  }

  /** Asks for fewer nodes too many where the provider has none to spare; false: it cannot. */
  boolean refused(Target target, Answer.Code code, String reason) {
    boolean scarce = code == Answer.Code.CAPACITY || code == Answer.Code.QUOTA;
    OptionalInt narrower = scarce ? roll.narrower(rolling()) : OptionalInt.empty();
    if (narrower.isEmpty()) {
      return false;
    }
    draft.decide(
        OperationRules.SURGE_RULE,
        OperationRules.SURGE_RULE_VERSION,
        Verdict.ACTED,
        Map.of(
            "surge", Integer.toString(rolling().surge()),
            "next_surge", Integer.toString(narrower.getAsInt()),
            "refusal", reason),
        "the provider has no nodes to spare: fewer come beside those that are there");
    ask(target, rolling().narrowed(narrower.getAsInt()));
    return true;
  }

  /** Attempts count on: an answer to an earlier document is told from one to this. */
  private void ask(Target target, Rolling next) {
    Wanted wanted = draft.run().targets().get(target);
    int attempt = wanted == null ? 1 : wanted.attempt() + 1;
    draft.add(roll.next(draft.operation(), attempt, next));
  }

  private Rolling rolling() {
    return RollProcess.rolling(draft.run());
  }
}
