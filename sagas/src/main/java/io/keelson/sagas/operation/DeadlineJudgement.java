package io.keelson.sagas.operation;

import io.keelson.commands.Decision;
import io.keelson.commands.Decision.Rule;
import io.keelson.commands.Verdict;
import io.keelson.commands.operation.Blocker;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.RequestProgress;
import io.keelson.commands.operation.RunEvent.DeadlineExtended;
import io.keelson.commands.operation.RunEvent.DecisionMade;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.Timer;
import io.keelson.sagas.operation.OperationState.Phase;
import io.keelson.sagas.operation.OperationState.TargetRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a run at its progress deadline. A request that stalls although the provider can
 * be reached has failed; one that is unknown, blocked for a while, or done by another run has not.
 */
record DeadlineJudgement(RunDraft draft, OperationRules rules, Input.TimerFired fired) {

  void judge() {
    Timer effective = new Timer.ProgressDeadline(draft.state().deadline().number());
    if (!fired.timer().equals(effective)) {
      return; // of an earlier setting, or fired twice
    }
    Duration deadline = rules.progressDeadline();
    Optional<Duration> unchanged = unchangedFor().filter(d -> d.compareTo(deadline) < 0);
    if (unchanged.isPresent()
        && holds(OperationRules.PROGRESS_OBSERVED) < rules.maxProgressHolds()) {
      extend(
          OperationRules.PROGRESS_OBSERVED,
          deadline.minus(unchanged.get()),
          "Something has changed at the provider within the deadline.");
    } else if (open().anyMatch(r -> r.phase() == Phase.RUN_AWAITED)) {
      extend(
          OperationRules.AWAITED_RUN,
          deadline,
          "The operation waits for other operations, which have deadlines of their own.");
    } else if (isUnreachable()
        && holds(OperationRules.PROVIDER_UNREACHABLE) < rules.maxOutageHolds()) {
      extend(
          OperationRules.PROVIDER_UNREACHABLE,
          deadline,
          "The provider has not acknowledged the request: its state is unknown, not failed.");
    } else if (isBlocked() && holds(OperationRules.DRAIN_TIMEOUT) < rules.maxDrainHolds()) {
      extend(
          OperationRules.DRAIN_TIMEOUT, deadline, "The request is blocked: " + blockedBy() + ".");
    } else if (!isUnreachable() && !isBlocked() && holds(OperationRules.PROGRESS_DEADLINE) == 0) {
      extend(
          OperationRules.PROGRESS_DEADLINE,
          rules.lastObservation(),
          "One more observation is awaited before the operation fails.");
    } else {
      giveUp();
    }
  }

  private void giveUp() {
    if (isUnreachable()) {
      fail(
          OperationRules.PROVIDER_UNREACHABLE,
          "the provider could not be reached for " + text(rules.maxOutage()));
    } else if (isBlocked()) {
      fail(
          OperationRules.DRAIN_TIMEOUT,
          "blocked for %s by: %s".formatted(text(rules.drainTimeout()), blockedBy()));
    } else {
      fail(
          OperationRules.PROGRESS_DEADLINE,
          "nothing has changed for " + text(rules.progressDeadline()));
    }
  }

  private void fail(Rule rule, String why) {
    Decision decision = decided(rule, Verdict.ACTED, "The operation fails: " + why + ".");
    draft.add(new DecisionMade(draft.run().operation(), draft.run().cluster(), decision));
    for (Target target : draft.state().open().keySet()) {
      String summary =
          Optional.ofNullable(progress(target)).map(RequestProgress::summary).orElse("");
      draft.fail(target, why + "; last observed: " + (summary.isEmpty() ? "nothing" : summary));
    }
  }

  private void extend(Rule rule, Duration after, String explanation) {
    int next = draft.state().deadline().number() + 1;
    draft.add(
        new DeadlineExtended(
            draft.run().operation(),
            draft.run().cluster(),
            new Timer.ProgressDeadline(next),
            after,
            decided(rule, Verdict.HELD, explanation)));
  }

  private Decision decided(Rule rule, Verdict verdict, String explanation) {
    Map<String, String> inputs = new TreeMap<>();
    inputs.put("open", names());
    inputs.put("deadline", rules.progressDeadline().toString());
    inputs.put("unchanged_for", unchangedFor().map(Duration::toString).orElse("unknown"));
    inputs.put("acknowledged", Boolean.toString(!isUnreachable()));
    inputs.put("holds", Integer.toString(holds(rule)));
    if (isBlocked()) {
      inputs.put("blocked_by", blockedBy());
    }
    return rule.decided(draft.run().subject(), verdict, inputs, explanation);
  }

  private int holds(Rule rule) {
    return draft.state().holds().getOrDefault(rule.id(), 0);
  }

  private Stream<TargetRequest> open() {
    return draft.state().open().values().stream();
  }

  private String names() {
    return draft.state().open().keySet().stream()
        .map(Target::name)
        .collect(Collectors.joining(", "));
  }

  private @Nullable RequestProgress progress(Target target) {
    return fired.progress().get(target);
  }

  /** How long nothing has changed for any open request; empty: nothing was ever observed. */
  private Optional<Duration> unchangedFor() {
    return draft.state().open().keySet().stream()
        .map(this::progress)
        .filter(Objects::nonNull)
        .map(RequestProgress::unchangedFor)
        .min(Duration::compareTo);
  }

  private boolean isUnreachable() {
    return draft.state().open().entrySet().stream()
        .filter(e -> e.getValue().phase() != Phase.RUN_AWAITED)
        .map(e -> progress(e.getKey()))
        .anyMatch(progress -> progress == null || !progress.acknowledged());
  }

  private boolean isBlocked() {
    return open().anyMatch(request -> !request.blockers().isEmpty());
  }

  private String blockedBy() {
    return open()
        .flatMap(request -> request.blockers().stream())
        .map(Blocker::detail)
        .collect(Collectors.joining("; "));
  }

  /** {@code 15 minutes}, {@code 1 hour}. */
  private static String text(Duration duration) {
    if (duration.toMillis() % 1000 != 0) {
      return duration.toMillis() + " milliseconds";
    }
    if (duration.toSeconds() % 60 != 0) {
      return count(duration.toSeconds(), "second");
    }
    return duration.toMinutes() % 60 == 0
        ? count(duration.toHours(), "hour")
        : count(duration.toMinutes(), "minute");
  }

  private static String count(long count, String unit) {
    return count + " " + unit + (count == 1 ? "" : "s");
  }
}
