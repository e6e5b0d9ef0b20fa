package io.keelson.sagas.operation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.keelson.commands.Lineage;
import io.keelson.commands.operation.Blocker;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Target;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The life of a run: absent, then running, then ended for ever. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "phase")
@JsonSubTypes({
  @JsonSubTypes.Type(value = OperationState.Absent.class, name = "absent"),
  @JsonSubTypes.Type(value = OperationState.Running.class, name = "running"),
  @JsonSubTypes.Type(value = OperationState.Ended.class, name = "ended")
})
public sealed interface OperationState {

  /** Where the run comes from; null: it has not started. */
  @Nullable Lineage lineage();

  record Absent() implements OperationState {

    @Override
    public @Nullable Lineage lineage() {
      return null;
    }
  }

  /**
   * Running.
   *
   * @param requests all that it has requested so far, the newest of each target
   * @param deadline the effective progress deadline
   * @param holds how often in a row each rule has held an act; any other event ends the row
   * @param process the state of its process
   */
  record Running(
      Plan plan,
      Lineage lineage,
      Map<Target, TargetRequest> requests,
      DeadlineSetting deadline,
      Map<String, Integer> holds,
      ProcessState process)
      implements OperationState {

    public Running {
      requests = Collections.unmodifiableMap(new TreeMap<>(requests));
      holds = Collections.unmodifiableMap(new TreeMap<>(holds));
    }

    Running with(Target target, TargetRequest request) {
      Map<Target, TargetRequest> changed = new TreeMap<>(requests);
      changed.put(target, request);
      return new Running(plan, lineage, changed, deadline, Map.of(), process);
    }

    /** A target that was never requested stays unknown. */
    Running change(Target target, UnaryOperator<TargetRequest> change) {
      TargetRequest request = requests.get(target);
      return request == null ? this : with(target, change.apply(request));
    }

    Running held(String rule) {
      Map<String, Integer> changed = new TreeMap<>(holds);
      changed.merge(rule, 1, Integer::sum);
      return new Running(plan, lineage, requests, deadline, changed, process);
    }

    Running notHeld() {
      return new Running(plan, lineage, requests, deadline, Map.of(), process);
    }

    Running at(DeadlineSetting changed) {
      return new Running(plan, lineage, requests, changed, holds, process);
    }

    Running in(ProcessState changed) {
      return new Running(plan, lineage, requests, deadline, holds, changed);
    }

    /** The requests that have not ended. */
    Map<Target, TargetRequest> open() {
      Map<Target, TargetRequest> open = new TreeMap<>(requests);
      open.values().removeIf(request -> !request.phase().open());
      return open;
    }
  }

  record Ended(Lineage lineage) implements OperationState {}

  /**
   * A setting of the progress deadline.
   *
   * @param number from 1; a timer of an earlier setting is stale
   * @param after when it fires
   */
  record DeadlineSetting(int number, Duration after) {}

  /**
   * The newest request for a target.
   *
   * @param key what results refer to: the idempotency key of a request to the provider, the id of
   *     an awaited run; else empty
   * @param blockers what blocks it, as reported last
   * @param reason why it has failed or is withdrawn; else empty
   */
  record TargetRequest(Phase phase, String key, List<Blocker> blockers, String reason) {

    public TargetRequest {
      blockers = List.copyOf(blockers);
    }

    TargetRequest ended(Phase changed, String why) {
      return new TargetRequest(changed, key, List.of(), why);
    }

    TargetRequest blockedBy(List<Blocker> changed) {
      return new TargetRequest(phase, key, changed, reason);
    }
  }

  /** How far a request has come. */
  enum Phase {
    /** The provider is to do it. */
    REQUESTED,
    /** The next observation is awaited. */
    OBSERVATION_AWAITED,
    /** Another run does it. */
    RUN_AWAITED,
    CONVERGED,
    WITHDRAWN,
    FAILED;

    public boolean open() {
      return this == REQUESTED || this == OBSERVATION_AWAITED || this == RUN_AWAITED;
    }
  }
}
