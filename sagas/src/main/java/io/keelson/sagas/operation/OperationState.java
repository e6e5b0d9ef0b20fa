package io.keelson.sagas.operation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.keelson.commands.NodeId;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.PoolDocument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
   * @param rolling how far a pool's roll has come; null: the run rolls none
   */
  record Running(
      Plan plan,
      int step,
      Map<Target, Wanted> targets,
      int moves,
      Watch watch,
      @Nullable Rolling rolling)
      implements OperationState {

    public Running {
      targets = Collections.unmodifiableMap(new TreeMap<>(targets));
    }

    Running withTarget(Target target, Wanted wanted) {
      Map<Target, Wanted> changed = new TreeMap<>(targets);
      changed.put(target, wanted);
      return new Running(plan, step, changed, moves, watch, rolling);
    }

    /** Whatever moves proves that the provider is there: earlier holds do not count any more. */
    Running moved() {
      Watch reachable = new Watch(watch.number(), watch.movesAtStart(), 0);
      return new Running(plan, step, targets, moves + 1, reachable, rolling);
    }

    Running watching(Watch changed) {
      return new Running(plan, step, targets, moves, changed, rolling);
    }

    Running inStep(int next) {
      return new Running(plan, next, Map.of(), moves, watch, rolling);
    }

    Running rolled(Rolling changed) {
      return new Running(plan, step, targets, moves, watch, changed);
    }

    /**
     * Whether the provider has confirmed a wish: what was absent before its removal was accepted
     * proves nothing.
     */
    boolean accepted(Target target) {
      Wanted wanted = targets.get(target);
      return wanted != null && wanted.phase() == Phase.ACCEPTED;
    }
  }

  record Ended() implements OperationState {}

  /**
   * One wish.
   *
   * @param attempt from 1
   * @param retrying the provider could not be reached: the next attempt waits for its timer
   * @param summary of what was last seen moving, or why it failed
   * @param blocked what the provider said last that holds it up
   */
  record Wanted(Phase phase, int attempt, boolean retrying, String summary, List<String> blocked) {

    public Wanted {
      blocked = List.copyOf(blocked);
    }

    Wanted in(Phase changed) {
      return new Wanted(changed, attempt, false, summary, blocked);
    }

    Wanted in(Phase changed, String reason) {
      return new Wanted(changed, attempt, false, reason, blocked);
    }

    Wanted seen(String changed) {
      return new Wanted(phase, attempt, retrying, changed, blocked);
    }

    Wanted blockedBy(List<String> changed) {
      return new Wanted(phase, attempt, retrying, summary, changed);
    }
  }

  /**
   * A roll of a pool's nodes.
   *
   * @param generation of the document that was asked for last
   * @param surge how many nodes too many there may be: fewer than the policy allows where the
   *     provider has none to spare
   * @param planned the nodes of this round, in order; null: not known yet
   * @param chosen those of them that were told to go
   * @param round from 1 with the first plan
   */
  record Rolling(
      long generation, int surge, @Nullable List<NodeId> planned, List<NodeId> chosen, int round) {

    public Rolling {
      planned = planned == null ? null : List.copyOf(planned);
      chosen = List.copyOf(chosen);
    }

    Rolling planning(List<NodeId> nodes) {
      return new Rolling(generation, surge, nodes, List.of(), round + 1);
    }

    Rolling choosing(List<NodeId> nodes) {
      List<NodeId> all = new ArrayList<>(chosen);
      all.addAll(nodes);
      return new Rolling(generation, surge, planned, all, round);
    }

    /** A document without a limit is a survey: the plan that follows it is not known yet. */
    Rolling asked(PoolDocument document, int size) {
      return document.most() == 0
          ? new Rolling(document.generation(), surge, null, List.of(), round)
          : new Rolling(document.generation(), document.most() - size, planned, chosen, round);
    }

    /** Before another round. */
    Rolling surveying() {
      return new Rolling(generation, surge, null, List.of(), round);
    }

    Rolling narrowed(int changed) {
      return new Rolling(generation, changed, planned, chosen, round);
    }

    List<NodeId> remaining() {
      List<NodeId> rest = new ArrayList<>(planned == null ? List.of() : planned);
      rest.removeAll(chosen);
      return rest;
    }
  }

  /** How far a wish has come. */
  enum Phase {
    /** Uttered; not known whether the provider has heard it. */
    ASKED,
    ACCEPTED,
    /** Another run does it. */
    AWAITED,
    CONVERGED,
    /** Not wanted any more. */
    WITHDRAWN,
    FAILED;

    boolean open() {
      return this == ASKED || this == ACCEPTED || this == AWAITED;
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
