package io.keelson.sagas.operation;

import static io.keelson.sagas.operation.OperationRules.AWAITED_RULE;
import static io.keelson.sagas.operation.OperationRules.AWAITED_RULE_VERSION;
import static io.keelson.sagas.operation.OperationRules.DRAIN_RULE;
import static io.keelson.sagas.operation.OperationRules.DRAIN_RULE_VERSION;
import static io.keelson.sagas.operation.OperationRules.PROGRESS_RULE;
import static io.keelson.sagas.operation.OperationRules.PROGRESS_RULE_VERSION;

import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.DecisionMade;
import io.keelson.commands.operation.OperationEvent.NodesChosen;
import io.keelson.commands.operation.OperationEvent.NodesPlanned;
import io.keelson.commands.operation.OperationEvent.OperationCancelled;
import io.keelson.commands.operation.OperationEvent.OperationFailed;
import io.keelson.commands.operation.OperationEvent.OperationFinished;
import io.keelson.commands.operation.OperationEvent.Request;
import io.keelson.commands.operation.OperationEvent.StepFinished;
import io.keelson.commands.operation.OperationEvent.StepStarted;
import io.keelson.commands.operation.OperationEvent.TargetBlocked;
import io.keelson.commands.operation.OperationEvent.TargetConverged;
import io.keelson.commands.operation.OperationEvent.TargetFailed;
import io.keelson.commands.operation.OperationEvent.TargetProgressed;
import io.keelson.commands.operation.OperationEvent.TargetWithdrawn;
import io.keelson.commands.operation.OperationEvent.TimerSet;
import io.keelson.commands.operation.OperationEvent.Verdict;
import io.keelson.commands.operation.OperationEvent.WishAnswered;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.Answer;
import io.keelson.sagas.operation.LongProcess.Step;
import io.keelson.sagas.operation.OperationState.Ended;
import io.keelson.sagas.operation.OperationState.Phase;
import io.keelson.sagas.operation.OperationState.Rolling;
import io.keelson.sagas.operation.OperationState.Running;
import io.keelson.sagas.operation.OperationState.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * One decision while it is being made: the events so far, and the state that they lead to. Lives
 * for one call of {@link OperationDecider#decide} and never leaves it.
 */
final class Draft {

  static final String PROGRESS_TIMER = "progress";
  static final String RETRY_TIMER = "retry/";

  private final OperationId operation;
  private final ClusterId cluster;
  private final LongProcess process;
  private final OperationRules rules;
  private final List<OperationEvent> events = new ArrayList<>();
  private OperationState state;
  private Running run;

  Draft(OperationId operation, Running run, OperationRules rules) {
    this.operation = operation;
    this.cluster = run.plan().cluster();
    this.process = LongProcess.of(run.plan());
    this.rules = rules;
    this.run = run;
    this.state = run;
  }

  List<OperationEvent> events() {
    return List.copyOf(events);
  }

  void add(OperationEvent event) {
    events.add(event);
    state = OperationEvolution.evolve(state, event);
    if (state instanceof Running running) {
      run = running;
    }
  }

  void beginStep(int number) {
    Step step = process.steps().get(number);
    if (number == 0) {
      process.opening(operation).forEach(this::add);
    }
    add(new StepStarted(operation, cluster, step.name()));
    step.targets().forEach(target -> add(process.request(operation, target, 1, run)));
    watch(rules.progressDeadline());
  }

  void answered(Input.Answered input) {
    Wanted wanted = run.targets().get(input.target());
    if (wanted == null || wanted.phase() != Phase.ASKED || wanted.attempt() != input.attempt()) {
      return; // late, or delivered twice
    }
    if (input.answer() instanceof Answer.Unavailable && wanted.retrying()) {
      return; // delivered twice
    }
    add(new WishAnswered(operation, cluster, input.target(), input.attempt(), input.answer()));
    switch (input.answer()) {
      case Answer.Accepted _ -> {
        if (process.acceptedIsDone()) {
          converged(input.target());
        }
      }
      case Answer.Refused refused -> refused(input.target(), wanted, refused);
      case Answer.Unavailable _ ->
          add(
              new TimerSet(
                  operation,
                  cluster,
                  RETRY_TIMER + input.target(),
                  input.attempt(),
                  rules.pauseAfter(input.attempt())));
    }
  }

  void seen(Input.Seen input) {
    Wanted wanted = run.targets().get(input.target());
    if (wanted == null || !wanted.phase().open()) {
      return;
    }
    if (wanted.phase() == Phase.AWAITED) {
      return; // the run that does it looks at it
    }
    if (process.converged(input.target(), input.sight(), run)) {
      converged(input.target());
      return;
    }
    String summary = Summary.of(input.sight());
    if (!summary.equals(wanted.summary())) {
      add(new TargetProgressed(operation, cluster, input.target(), summary));
    }
    List<String> blocked = Summary.blocked(input.sight());
    if (!blocked.equals(wanted.blocked())) {
      add(new TargetBlocked(operation, cluster, input.target(), blocked));
    }
    if (process instanceof RollProcess roll) {
      roll(roll, input.target(), input.sight());
    }
  }

  private void converged(Target target) {
    add(new TargetConverged(operation, cluster, run.plan().kind(), target));
    concludeStep();
  }

  void runEnded(Input.RunEnded input) {
    Wanted wanted = run.targets().get(input.target());
    if (wanted == null || wanted.phase() != Phase.AWAITED) {
      return;
    }
    String failure = input.failure();
    if (failure == null) {
      converged(input.target());
    } else {
      failTarget(input.target(), failure);
    }
  }

  private void roll(RollProcess roll, Target target, Sight sight) {
    Rolling rolling = rolling();
    if (roll.hasMissedNodes(rolling, sight)) {
      ask(target, roll.next(operation, nextAttempt(target), rolling.surveying()));
      return;
    }
    roll.move(rolling, sight)
        .ifPresent(
            move -> {
              move(roll, move, target, sight);
              if (rolling().remaining().isEmpty() && process.converged(target, sight, run)) {
                converged(target); // there was nothing to replace
              }
            });
  }

  private void move(RollProcess roll, RollProcess.Move move, Target target, Sight sight) {
    PoolId pool = target.asPool().orElseThrow(() -> LongProcess.foreign(target));
    List<NodeId> plan = move.plan();
    if (plan != null) {
      add(new NodesPlanned(operation, cluster, pool, plan));
      if (plan.isEmpty()) {
        return;
      }
    }
    if (!move.leaving().isEmpty()) {
      add(
          new DecisionMade(
              operation,
              cluster,
              OperationRules.ROLLING_RULE,
              OperationRules.ROLLING_RULE_VERSION,
              Verdict.ACTED,
              roll.inputs(rolling(), move.leaving(), sight),
              "as many nodes stay ready without them as the policy of the pool wants"));
      add(new NodesChosen(operation, cluster, pool, move.leaving()));
    }
    ask(target, roll.next(operation, nextAttempt(target), rolling()));
  }

  private void ask(Target target, Request request) {
    if (!request.target().equals(target)) {
      throw LongProcess.foreign(target);
    }
    add(request);
  }

  private Rolling rolling() {
    return RollProcess.rolling(run);
  }

  private int nextAttempt(Target target) {
    Wanted wanted = run.targets().get(target);
    return wanted == null ? 1 : wanted.attempt() + 1;
  }

  private void refused(Target target, Wanted wanted, Answer.Refused refused) {
    String reason = refused.code() + " " + refused.field() + ": " + refused.message();
    boolean scarce = refused.code() == Answer.Code.CAPACITY || refused.code() == Answer.Code.QUOTA;
    if (scarce && process instanceof RollProcess roll) {
      Rolling rolling = rolling();
      OptionalInt narrower = roll.narrower(rolling);
      if (narrower.isPresent()) {
        add(
            new DecisionMade(
                operation,
                cluster,
                OperationRules.SURGE_RULE,
                OperationRules.SURGE_RULE_VERSION,
                Verdict.ACTED,
                Map.of(
                    "surge", Integer.toString(rolling.surge()),
                    "next_surge", Integer.toString(narrower.getAsInt()),
                    "refusal", reason),
                "the provider has no nodes to spare: fewer come beside those that are there"));
        add(roll.next(operation, wanted.attempt() + 1, rolling.narrowed(narrower.getAsInt())));
        return;
      }
    }
    failTarget(target, reason);
  }

  void timerFired(Input.TimerFired input) {
    if (input.timer().equals(PROGRESS_TIMER)) {
      if (input.number() == run.watch().number()) {
        judgeProgress();
      }
    } else if (input.timer().startsWith(RETRY_TIMER)) {
      Target target = Target.of(input.timer().substring(RETRY_TIMER.length()));
      Wanted wanted = run.targets().get(target);
      if (wanted != null && wanted.retrying() && wanted.attempt() == input.number()) {
        add(process.request(operation, target, input.number() + 1, run));
      }
    }
  }

  /** What has come to its end already stays as it is. */
  void withdrawn(Input.Withdrawn input) {
    Wanted wanted = run.targets().get(input.target());
    if (wanted == null || !wanted.phase().open()) {
      return;
    }
    add(
        new DecisionMade(
            operation,
            cluster,
            OperationRules.NEWEST_WISH_RULE,
            OperationRules.NEWEST_WISH_RULE_VERSION,
            Verdict.ACTED,
            Map.of("target", input.target().name(), "seen", wanted.summary()),
            input.reason()));
    add(new TargetWithdrawn(operation, cluster, input.target(), input.reason()));
    concludeStep();
  }

  void fail(String reason) {
    add(new OperationFailed(operation, cluster, run.plan().kind(), reason));
  }

  void cancel(String reason) {
    add(new OperationCancelled(operation, cluster, reason));
  }

  /** What stands still although the provider can be reached has failed; what is unknown has not. */
  private void judgeProgress() {
    boolean early = run.watch().number() <= rules.mostWatches();
    if (early && run.moves() > run.watch().movesAtStart()) {
      watch(rules.progressDeadline());
      return;
    }
    if (run.targets().values().stream().anyMatch(w -> w.phase() == Phase.AWAITED)) {
      decide(AWAITED_RULE, AWAITED_RULE_VERSION, Verdict.HELD, "it waits for other runs");
      watch(rules.progressDeadline());
      return;
    }
    boolean blocked =
        run.targets().values().stream().anyMatch(w -> w.phase().open() && !w.blocked().isEmpty());
    if (blocked && run.watch().holds() < rules.mostDrainHolds()) {
      decide(DRAIN_RULE, DRAIN_RULE_VERSION, Verdict.HELD, "blocked: " + blockedBy());
      watch(rules.progressDeadline());
      return;
    }
    boolean unheard = run.targets().values().stream().anyMatch(w -> w.phase() == Phase.ASKED);
    if (unheard && run.watch().holds() < rules.mostHolds()) {
      decide(
          PROGRESS_RULE,
          PROGRESS_RULE_VERSION,
          Verdict.HELD,
          "the provider has not answered: unknown is not failed");
      watch(rules.progressDeadline());
      return;
    }
    if (!unheard && early && run.watch().holds() == 0) {
      decide(
          PROGRESS_RULE,
          PROGRESS_RULE_VERSION,
          Verdict.HELD,
          "a last look: the standstill may have been ours");
      watch(rules.lastLook());
      return;
    }
    decide(
        blocked ? DRAIN_RULE : PROGRESS_RULE,
        blocked ? DRAIN_RULE_VERSION : PROGRESS_RULE_VERSION,
        Verdict.ACTED,
        blocked ? "still blocked: " + blockedBy() : "nothing has moved for " + deadline(blocked));
    for (Target target : open()) {
      Wanted wanted = run.targets().get(target);
      String seen = wanted == null || wanted.summary().isEmpty() ? "nothing" : wanted.summary();
      failTarget(target, "nothing has moved for " + deadline(blocked) + "; last seen: " + seen);
    }
  }

  private Duration deadline(boolean blocked) {
    return blocked ? rules.drainTimeout() : rules.progressDeadline();
  }

  private String blockedBy() {
    return run.targets().values().stream()
        .flatMap(w -> w.blocked().stream())
        .collect(Collectors.joining("; "));
  }

  private void decide(String rule, int ruleVersion, Verdict verdict, String explanation) {
    add(
        new DecisionMade(
            operation,
            cluster,
            rule,
            ruleVersion,
            verdict,
            Map.of(
                "step", process.steps().get(run.step()).name(),
                "open", open().stream().map(Target::name).collect(Collectors.joining(", ")),
                "deadline", rules.progressDeadline().toString(),
                "holds", Integer.toString(run.watch().holds())),
            explanation));
  }

  private List<Target> open() {
    return run.targets().entrySet().stream()
        .filter(e -> e.getValue().phase().open())
        .map(Map.Entry::getKey)
        .toList();
  }

  private void failTarget(Target target, String reason) {
    add(new TargetFailed(operation, cluster, run.plan().kind(), target, reason));
    concludeStep();
  }

  /** A step is over when none of its targets is open; one that failed ends the run there. */
  private void concludeStep() {
    if (state instanceof Ended || !open().isEmpty()) {
      return;
    }
    List<String> failed = ended(Phase.FAILED);
    if (!failed.isEmpty()) {
      fail(String.join("; ", failed));
      return;
    }
    int step = run.step();
    List<String> withdrawn = ended(Phase.WITHDRAWN);
    if (step == 0 && withdrawn.size() == run.targets().size()) {
      cancel(String.join("; ", withdrawn)); // nothing of it has come true, nor is to
      return;
    }
    add(new StepFinished(operation, cluster, run.plan().kind(), process.steps().get(step).name()));
    if (step + 1 < process.steps().size()) {
      beginStep(step + 1);
    } else {
      add(new OperationFinished(operation, cluster, run.plan().kind()));
    }
  }

  private List<String> ended(Phase phase) {
    return run.targets().entrySet().stream()
        .filter(e -> e.getValue().phase() == phase)
        .map(e -> e.getKey() + ": " + e.getValue().summary())
        .toList();
  }

  private void watch(Duration atMost) {
    add(new TimerSet(operation, cluster, PROGRESS_TIMER, run.watch().number() + 1, atMost));
  }
}
