package io.keelson.sagas.operation;

import static io.keelson.sagas.operation.OperationRules.AWAITED_RULE;
import static io.keelson.sagas.operation.OperationRules.AWAITED_RULE_VERSION;
import static io.keelson.sagas.operation.OperationRules.DRAIN_RULE;
import static io.keelson.sagas.operation.OperationRules.DRAIN_RULE_VERSION;
import static io.keelson.sagas.operation.OperationRules.PROGRESS_RULE;
import static io.keelson.sagas.operation.OperationRules.PROGRESS_RULE_VERSION;

import io.keelson.commands.operation.OperationEvent.Verdict;
import io.keelson.commands.operation.Target;
import io.keelson.sagas.operation.OperationState.Phase;
import io.keelson.sagas.operation.OperationState.Running;
import io.keelson.sagas.operation.OperationState.Wanted;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Judges a run at its deadline. What stands still although the provider can be reached has failed;
 * what is unknown, blocked for a while, or done by others has not.
 */
record Standstill(Draft draft, OperationRules rules) {

  void judge() {
    Running run = draft.run();
    Collection<Wanted> targets = run.targets().values();
    int holds = run.watch().holds();
    boolean early = run.watch().number() <= rules.mostWatches();
    boolean unheard = targets.stream().anyMatch(w -> w.phase() == Phase.ASKED);
    if (early && run.moves() > run.watch().movesAtStart()) {
      draft.watch(rules.progressDeadline());
    } else if (targets.stream().anyMatch(w -> w.phase() == Phase.AWAITED)) {
      decide(AWAITED_RULE, AWAITED_RULE_VERSION, Verdict.HELD, "it waits for other runs");
      draft.watch(rules.progressDeadline());
    } else if (blocked() && holds < rules.mostDrainHolds()) {
      decide(DRAIN_RULE, DRAIN_RULE_VERSION, Verdict.HELD, "blocked: " + blockedBy());
      draft.watch(rules.progressDeadline());
    } else if (unheard && holds < rules.mostHolds()) {
      hold("the provider has not answered: unknown is not failed");
      draft.watch(rules.progressDeadline());
    } else if (!unheard && early && holds == 0) {
      hold("a last look: the standstill may have been ours");
      draft.watch(rules.lastLook());
    } else {
      giveUp();
    }
  }

  private void giveUp() {
    Duration deadline = blocked() ? rules.drainTimeout() : rules.progressDeadline();
    String standing = "nothing has moved for " + deadline;
    if (blocked()) {
      decide(DRAIN_RULE, DRAIN_RULE_VERSION, Verdict.ACTED, "still blocked: " + blockedBy());
    } else {
      decide(PROGRESS_RULE, PROGRESS_RULE_VERSION, Verdict.ACTED, standing);
    }
    for (Target target : draft.open()) {
      Wanted wanted = draft.run().targets().get(target);
      String seen = wanted == null || wanted.summary().isEmpty() ? "nothing" : wanted.summary();
      draft.failTarget(target, standing + "; last seen: " + seen);
    }
  }

  private boolean blocked() {
    return draft.run().targets().values().stream()
        .anyMatch(w -> w.phase().open() && !w.blocked().isEmpty());
  }

  private String blockedBy() {
    return draft.run().targets().values().stream()
        .flatMap(w -> w.blocked().stream())
        .collect(Collectors.joining("; "));
  }

  private void hold(String explanation) {
    decide(PROGRESS_RULE, PROGRESS_RULE_VERSION, Verdict.HELD, explanation);
  }

  private void decide(String rule, int ruleVersion, Verdict verdict, String explanation) {
    Running run = draft.run();
    draft.decide(
        rule,
        ruleVersion,
        verdict,
        Map.of(
            "step", draft.process().steps().get(run.step()).name(),
            "open", draft.open().stream().map(Target::name).collect(Collectors.joining(", ")),
            "deadline", rules.progressDeadline().toString(),
            "holds", Integer.toString(run.watch().holds())),
        explanation);
  }
}
