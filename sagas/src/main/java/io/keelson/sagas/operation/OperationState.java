package io.keelson.sagas.operation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Target;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The life of a run: absent, then running step after step, then ended for ever. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "phase")
@JsonSubTypes({
  @JsonSubTypes.Type(value = OperationState.Absent.class, name = "absent"),
  @JsonSubTypes.Type(value = OperationState.Running.class, name = "running"),
  @JsonSubTypes.Type(value = OperationState.Ended.class, name = "ended")
})
public sealed interface OperationState {

  record Absent() implements OperationState {}

  /**
   * Running.
   *
   * @param step of the plan, from 0
   * @param targets the wishes of this step and how far each has come
   * @param moves how often anything has moved at the provider
   * @param watch the progress timer in force
   */
  record Running(Plan plan, int step, Map<Target, Wanted> targets, int moves, Watch watch)
      implements OperationState {

    public Running {
      targets = Collections.unmodifiableMap(new TreeMap<>(targets));
    }

    Running withTarget(Target target, Wanted wanted) {
      Map<Target, Wanted> changed = new TreeMap<>(targets);
      changed.put(target, wanted);
      return new Running(plan, step, changed, moves, watch);
    }

    /** Whatever moves proves that the provider is there: earlier holds do not count any more. */
    Running moved() {
      Watch reachable = new Watch(watch.number(), watch.movesAtStart(), 0);
      return new Running(plan, step, targets, moves + 1, reachable);
    }

    Running watching(Watch changed) {
      return new Running(plan, step, targets, moves, changed);
    }

    Running inStep(int next) {
      return new Running(plan, next, Map.of(), moves, watch);
    }
  }

  record Ended() implements OperationState {}

  /**
   * One wish.
   *
   * @param attempt from 1
   * @param retrying the provider could not be reached: the next attempt waits for its timer
   * @param summary of what was last seen moving, or why it failed
   */
  record Wanted(Phase phase, int attempt, boolean retrying, String summary) {

    Wanted in(Phase changed) {
      return new Wanted(changed, attempt, false, summary);
    }
  }

  /** How far a wish has come. */
  enum Phase {
    /** Uttered; not known whether the provider has heard it. */
    ASKED,
    ACCEPTED,
    CONVERGED,
    /** Not wanted any more. */
    WITHDRAWN,
    FAILED;

    boolean open() {
      return this == ASKED || this == ACCEPTED;
    }
  }

  /**
   * The progress timer.
   *
   * @param number of its setting
   * @param movesAtStart what {@code moves} was when it was set
   * @param holds how often in a row it was prolonged because the provider was out of reach
   */
  record Watch(int number, int movesAtStart, int holds) {}
}
