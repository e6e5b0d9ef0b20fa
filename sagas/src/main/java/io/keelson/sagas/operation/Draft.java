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
import io.keelson.commands.operation.OperationEvent.TargetBlocked;
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

  OperationId operation() {
    return operation;
  }

  ClusterId cluster() {
    return cluster;
  }

  LongProcess process() {
    return process;
  }

  /** As it is after the events so far. */
  Running run() {
    return run;
  }

  void decide(
      String rule,
      int ruleVersion,
      Verdict verdict,
      Map<String, String> inputs,
      String explanation) {
    add(new DecisionMade(operation, cluster, rule, ruleVersion, verdict, inputs, explanation));
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
      case Answer.Refused refused -> refused(input.target(), refused);
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
      new RollMoves(this, roll).seen(input.target(), input.sight());
    }
  }

  void converged(Target target) {
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

  private void refused(Target target, Answer.Refused refused) {
    String reason = refused.code() + " " + refused.field() + ": " + refused.message();
    boolean another =
        process instanceof RollProcess roll
            && new RollMoves(this, roll).refused(target, refused.code(), reason);
    if (!another) {
      failTarget(target, reason);
    }
  }

  void timerFired(Input.TimerFired input) {
    if (input.timer().equals(PROGRESS_TIMER)) {
      if (input.number() == run.watch().number()) {
        new Standstill(this, rules).judge();
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
    decide(
        OperationRules.NEWEST_WISH_RULE,
        OperationRules.NEWEST_WISH_RULE_VERSION,
        Verdict.ACTED,
        Map.of("target", input.target().name(), "seen", wanted.summary()),
        input.reason());
    add(new TargetWithdrawn(operation, cluster, input.target(), input.reason()));
    concludeStep();
  }

  void fail(String reason) {
    add(new OperationFailed(operation, cluster, run.plan().kind(), reason));
  }

  void cancel(String reason) {
    add(new OperationCancelled(operation, cluster, reason));
  }

  List<Target> open() {
    return run.targets().entrySet().stream()
        .filter(e -> e.getValue().phase().open())
        .map(Map.Entry::getKey)
        .toList();
  }

  void failTarget(Target target, String reason) {
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

  void watch(Duration atMost) {
    add(new TimerSet(operation, cluster, PROGRESS_TIMER, run.watch().number() + 1, atMost));
  }
}
