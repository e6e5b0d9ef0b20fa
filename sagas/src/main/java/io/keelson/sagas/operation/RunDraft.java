package io.keelson.sagas.operation;

import io.keelson.commands.Decision;
import io.keelson.commands.OperationId;
import io.keelson.commands.Verdict;
import io.keelson.commands.operation.Blocker;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.RunEvent.OperationCancelled;
import io.keelson.commands.operation.RunEvent.OperationFailed;
import io.keelson.commands.operation.RunEvent.OperationFinished;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent.TargetBlocked;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.operation.TargetEvent.TargetFailed;
import io.keelson.commands.operation.TargetEvent.TargetWithdrawn;
import io.keelson.commands.provisioning.Result;
import io.keelson.sagas.operation.OperationState.Ended;
import io.keelson.sagas.operation.OperationState.Phase;
import io.keelson.sagas.operation.OperationState.Running;
import io.keelson.sagas.operation.OperationState.TargetRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One decision while it is being made: the events so far, and the state that they lead to. It lives
 * for one call of {@link OperationDecider#decide} and never leaves it.
 */
final class RunDraft {

  private final ProcessRun<Plan> run;
  private final LongProcess<Plan, ProcessState> process;
  private final OperationEvolution evolution;
  private final List<OperationEvent> events = new ArrayList<>();
  private Running state;
  private boolean ended;

  RunDraft(
      ProcessRun<Plan> run,
      Running state,
      LongProcess<Plan, ProcessState> process,
      OperationEvolution evolution) {
    this.run = run;
    this.state = state;
    this.process = process;
    this.evolution = evolution;
  }

  ProcessRun<Plan> run() {
    return run;
  }

  /** As it is after the events so far; after the end, as it was before. */
  Running state() {
    return state;
  }

  List<OperationEvent> events() {
    return List.copyOf(events);
  }

  void add(OperationEvent event) {
    events.add(event);
    switch (evolution.evolve(state, event)) {
      case Running running -> state = running;
      case Ended _ -> ended = true;
      case OperationState.Absent _ -> {}
    }
  }

  void responded(Input.Responded input) {
    Target target = input.target();
    TargetRequest request = state.requests().get(target);
    if (request == null
        || request.phase() != Phase.REQUESTED
        || !request.key().equals(input.request())) {
      return; // of an earlier request, or delivered twice
    }
    List<Blocker> others =
        request.blockers().stream().filter(b -> !b.providerUnavailable()).toList();
    switch (input.result()) {
      case Result.Accepted _ -> react(target, input, others);
      case Result.Refused refused -> {
        react(target, input, others);
        if (isOpen(target, request.key())) {
          fail(target, refusal(refused));
        }
      }
      case Result.Unavailable unavailable -> {
        if (others.size() == request.blockers().size()) {
          Blocker blocker = Blocker.unavailable(unavailable.message());
          blocked(target, Stream.concat(others.stream(), Stream.of(blocker)).toList());
        }
      }
    }
  }

  private static String refusal(Result.Refused refused) {
    String code = refused.code().name().toLowerCase(Locale.ROOT);
    String field = refused.field().isEmpty() ? "" : ", field " + refused.field();
    return "the provider refused the request (%s%s): %s".formatted(code, field, refused.message());
  }

  private boolean isOpen(Target target, String key) {
    return Optional.ofNullable(state.open().get(target))
        .filter(request -> request.key().equals(key))
        .isPresent();
  }

  void observed(Input.Observed input) {
    TargetRequest request = state.open().get(input.target());
    if (request != null && request.phase() != Phase.RUN_AWAITED) {
      react(input.target(), input, Blocker.of(input.observation()));
    }
  }

  /** What blocks a target is of no interest once it has converged. */
  private void react(Target target, Input input, List<Blocker> blockers) {
    List<OperationEvent> reaction = process.react(state.process(), input, run);
    if (reaction.stream().noneMatch(TargetConverged.class::isInstance)) {
      blocked(target, blockers);
    }
    reaction.forEach(this::add);
    conclude();
  }

  private void blocked(Target target, List<Blocker> blockers) {
    TargetRequest request = state.requests().get(target);
    if (request != null && !request.blockers().equals(blockers)) {
      add(new TargetBlocked(run.operation(), run.cluster(), target, blockers));
    }
  }

  void runEnded(Input.RunEnded input) {
    TargetRequest request = state.requests().get(input.target());
    if (request == null || request.phase() != Phase.RUN_AWAITED) {
      return;
    }
    String failure = input.failure();
    if (failure == null) {
      add(run.converged(input.target(), "operation " + request.key() + " has finished"));
      conclude();
    } else {
      fail(input.target(), failure);
    }
  }

  /** What has already ended stays as it is. */
  void withdrawn(Input.Withdrawn input) {
    Target target = input.target();
    if (!state.open().containsKey(target)) {
      return;
    }
    Decision decision =
        OperationRules.NEWEST_DESIRED_STATE.decided(
            target.asPool().map(pool -> "pool/" + pool).orElse(run.subject()),
            Verdict.ACTED,
            Map.of("target", target.name(), "reason", input.reason()),
            "This state is no longer desired: " + input.reason() + ".");
    OperationId operation = run.operation();
    add(new TargetWithdrawn(operation, run.cluster(), target, input.reason(), decision));
    conclude();
  }

  void fail(Target target, String reason) {
    add(new TargetFailed(run.operation(), run.cluster(), run.plan().process(), target, reason));
    conclude();
  }

  void fail(String reason) {
    add(new OperationFailed(run.operation(), run.cluster(), run.plan().process(), reason));
  }

  void cancel(String reason) {
    add(new OperationCancelled(run.operation(), run.cluster(), reason));
  }

  /**
   * While a request is open, the run waits. Then a target that has failed ends it, and so does a
   * withdrawal of all that was requested: nothing of it is desired any more.
   */
  void conclude() {
    if (ended || !state.open().isEmpty()) {
      return;
    }
    List<String> failed = reasons(Phase.FAILED);
    List<String> withdrawn = reasons(Phase.WITHDRAWN);
    if (!failed.isEmpty()) {
      fail(String.join("; ", failed));
    } else if (!withdrawn.isEmpty() && withdrawn.size() == state.requests().size()) {
      cancel(String.join("; ", withdrawn));
    } else {
      List<OperationEvent> next = process.requests(state.process(), run);
      next.forEach(this::add);
      if (next.isEmpty()) {
        add(new OperationFinished(run.operation(), run.cluster(), run.plan().process()));
      }
    }
  }

  private List<String> reasons(Phase phase) {
    return state.requests().entrySet().stream()
        .filter(e -> e.getValue().phase() == phase)
        .map(e -> e.getKey() + ": " + e.getValue().reason())
        .toList();
  }
}
