package io.keelson.sagas.operation;

import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.DecisionMade;
import io.keelson.commands.operation.OperationEvent.OperationCancelled;
import io.keelson.commands.operation.OperationEvent.OperationFailed;
import io.keelson.commands.operation.OperationEvent.OperationFinished;
import io.keelson.commands.operation.OperationEvent.StepFinished;
import io.keelson.commands.operation.OperationEvent.StepStarted;
import io.keelson.commands.operation.OperationEvent.TargetConverged;
import io.keelson.commands.operation.OperationEvent.TargetFailed;
import io.keelson.commands.operation.OperationEvent.TargetProgressed;
import io.keelson.commands.operation.OperationEvent.TargetWithdrawn;
import io.keelson.commands.operation.OperationEvent.TimerSet;
import io.keelson.commands.operation.OperationEvent.Verdict;
import io.keelson.commands.operation.OperationEvent.WishAnswered;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.Answer;
import io.keelson.sagas.operation.LongProcess.Step;
import io.keelson.sagas.operation.OperationState.Ended;
import io.keelson.sagas.operation.OperationState.Phase;
import io.keelson.sagas.operation.OperationState.Running;
import io.keelson.sagas.operation.OperationState.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    add(new StepStarted(operation, cluster, step.name()));
    step.targets().forEach(target -> add(process.wish(operation, target, 1)));
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
      case Answer.Accepted _ -> {}
      case Answer.Refused refused ->
          failTarget(
              input.target(), refused.code() + " " + refused.field() + ": " + refused.message());
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
    boolean accepted = wanted.phase() == Phase.ACCEPTED;
    if (process.converged(input.target(), input.sight(), accepted)) {
      add(new TargetConverged(operation, cluster, run.plan().kind(), input.target()));
      concludeStep();
      return;
    }
    String summary = Summary.of(input.sight());
    if (!summary.equals(wanted.summary())) {
      add(new TargetProgressed(operation, cluster, input.target(), summary));
    }
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
        add(process.wish(operation, target, input.number() + 1));
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
    boolean unheard = run.targets().values().stream().anyMatch(w -> w.phase() == Phase.ASKED);
    if (unheard && run.watch().holds() < rules.mostHolds()) {
      decide(Verdict.HELD, "the provider has not answered: unknown is not failed");
      watch(rules.progressDeadline());
      return;
    }
    if (!unheard && early && run.watch().holds() == 0) {
      decide(Verdict.HELD, "a last look: the standstill may have been ours");
      watch(rules.lastLook());
      return;
    }
    decide(Verdict.ACTED, "nothing has moved for " + rules.progressDeadline());
    for (Target target : open()) {
      Wanted wanted = run.targets().get(target);
      String seen = wanted == null || wanted.summary().isEmpty() ? "nothing" : wanted.summary();
      failTarget(
          target, "nothing has moved for " + rules.progressDeadline() + "; last seen: " + seen);
    }
  }

  private void decide(Verdict verdict, String explanation) {
    add(
        new DecisionMade(
            operation,
            cluster,
            OperationRules.PROGRESS_RULE,
            OperationRules.PROGRESS_RULE_VERSION,
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
