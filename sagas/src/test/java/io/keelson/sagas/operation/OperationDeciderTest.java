package io.keelson.sagas.operation;

import static io.keelson.commands.operation.Target.ADDITIONAL_RESOURCES;
import static io.keelson.commands.operation.Target.COMPONENTS;
import static io.keelson.commands.operation.Target.CONTROL_PLANE;
import static io.keelson.sagas.operation.Runs.CREATE;
import static io.keelson.sagas.operation.Runs.DECIDER;
import static io.keelson.sagas.operation.Runs.DELETE;
import static io.keelson.sagas.operation.Runs.DELETE_POOL;
import static io.keelson.sagas.operation.Runs.GONE;
import static io.keelson.sagas.operation.Runs.NONE_LEFT;
import static io.keelson.sagas.operation.Runs.NO_POOL;
import static io.keelson.sagas.operation.Runs.ONE;
import static io.keelson.sagas.operation.Runs.OPERATION;
import static io.keelson.sagas.operation.Runs.REFUSED;
import static io.keelson.sagas.operation.Runs.SCALE;
import static io.keelson.sagas.operation.Runs.SOME_LEFT;
import static io.keelson.sagas.operation.Runs.TWO;
import static io.keelson.sagas.operation.Runs.UNAVAILABLE;
import static io.keelson.sagas.operation.Runs.UPDATE;
import static io.keelson.sagas.operation.Runs.accepted;
import static io.keelson.sagas.operation.Runs.after;
import static io.keelson.sagas.operation.Runs.answered;
import static io.keelson.sagas.operation.Runs.components;
import static io.keelson.sagas.operation.Runs.controlPlane;
import static io.keelson.sagas.operation.Runs.fold;
import static io.keelson.sagas.operation.Runs.pool;
import static io.keelson.sagas.operation.Runs.seen;
import static io.keelson.sagas.operation.Runs.tell;
import static io.keelson.sagas.operation.Runs.withdrawn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.commands.CommandRejected;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand.StartOperation;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.DecisionMade;
import io.keelson.commands.operation.OperationEvent.OperationCancelled;
import io.keelson.commands.operation.OperationEvent.OperationFailed;
import io.keelson.commands.operation.OperationEvent.TimerSet;
import io.keelson.commands.operation.OperationEvent.Verdict;
import io.keelson.commands.operation.OperationEvent.Wish;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Target;
import io.keelson.sagas.operation.OperationState.Absent;
import io.keelson.sagas.operation.OperationState.Ended;
import io.keelson.sagas.operation.OperationState.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OperationDeciderTest {

  private static final Target POOL_ONE = Target.pool(ONE);
  private static final Target POOL_TWO = Target.pool(TWO);
  private static final Input CONTROL_PLANE_UP = seen(CONTROL_PLANE, controlPlane(1, 1));
  private static final Input COMPONENTS_UP = seen(COMPONENTS, components(true));
  private static final Input POOL_ONE_UP = seen(POOL_ONE, pool(ONE, 1, 2));

  private static final Map<String, OperationState> STATES = states();
  private static final Map<String, Input> INPUTS = inputs();

  private static Map<String, OperationState> states() {
    Map<String, OperationState> states = new LinkedHashMap<>();
    states.put("asked", after(CREATE));
    states.put("retrying", after(CREATE, answered(CONTROL_PLANE, 1, UNAVAILABLE)));
    states.put("accepted", after(CREATE, accepted(CONTROL_PLANE)));
    states.put("pools", after(CREATE, CONTROL_PLANE_UP, COMPONENTS_UP));
    states.put("one pool up", after(CREATE, CONTROL_PLANE_UP, COMPONENTS_UP, POOL_ONE_UP));
    states.put("ended", after(CREATE, new Input.CancelAsked("enough")));
    return states;
  }

  private static Map<String, Input> inputs() {
    Map<String, Input> inputs = new LinkedHashMap<>();
    inputs.put("cp accepted", accepted(CONTROL_PLANE));
    inputs.put("cp refused", answered(CONTROL_PLANE, 1, REFUSED));
    inputs.put("cp unavailable", answered(CONTROL_PLANE, 1, UNAVAILABLE));
    inputs.put("cp 2nd accepted", answered(CONTROL_PLANE, 2, Runs.ACCEPTED));
    inputs.put("cp moving", seen(CONTROL_PLANE, controlPlane(1, 0)));
    inputs.put("cp stale", seen(CONTROL_PLANE, controlPlane(0, 1)));
    inputs.put("cp up", CONTROL_PLANE_UP);
    inputs.put("pool refused", answered(POOL_ONE, 1, REFUSED));
    inputs.put("pool up", POOL_ONE_UP);
    inputs.put("other pool up", seen(POOL_TWO, pool(TWO, 1, 2)));
    inputs.put("pool gone", seen(POOL_ONE, NO_POOL));
    inputs.put("retry", new Input.TimerFired("retry/control-plane", 1));
    inputs.put("void retry", new Input.TimerFired("retry/control-plane", 7));
    inputs.put("void progress", new Input.TimerFired("progress", 99));
    inputs.put("foreign timer", new Input.TimerFired("lunch", 1));
    inputs.put(
        "command refused",
        new Input.CommandRefused("FinishPoolCreation", CommandRejected.Reason.NOT_FOUND, "gone"));
    inputs.put("cp withdrawn", withdrawn(CONTROL_PLANE));
    inputs.put("pool withdrawn", withdrawn(POOL_ONE));
    inputs.put("cancel", new Input.CancelAsked("superseded"));
    return inputs;
  }

  /** One row for each input, one column for each state of a creation; - is: nothing happens. */
  private static final String CELLS =
      """
      input           | asked | retrying | accepted | pools | one pool up | ended
      cp accepted     | WishAnswered | WishAnswered | - | - | - | -
      cp refused      | WishAnswered,TargetFailed,OperationFailed | WishAnswered,TargetFailed,OperationFailed | - | - | - | -
      cp unavailable  | WishAnswered,TimerSet | - | - | - | - | -
      cp 2nd accepted | - | - | - | - | - | -
      cp moving       | TargetProgressed | TargetProgressed | TargetProgressed | - | - | -
      cp stale        | TargetProgressed | TargetProgressed | TargetProgressed | - | - | -
      cp up           | TargetConverged,StepFinished,StepStarted,ComponentsRequested,TimerSet | TargetConverged,StepFinished,StepStarted,ComponentsRequested,TimerSet | TargetConverged,StepFinished,StepStarted,ComponentsRequested,TimerSet | - | - | -
      pool refused    | - | - | - | WishAnswered,TargetFailed | - | -
      pool up         | - | - | - | TargetConverged | - | -
      other pool up   | - | - | - | TargetConverged | TargetConverged,StepFinished,OperationFinished | -
      pool gone       | - | - | - | TargetProgressed | - | -
      retry           | - | ControlPlaneRequested | - | - | - | -
      void retry      | - | - | - | - | - | -
      void progress   | - | - | - | - | - | -
      foreign timer   | - | - | - | - | - | -
      command refused | OperationFailed | OperationFailed | OperationFailed | OperationFailed | OperationFailed | -
      cp withdrawn    | DecisionMade,TargetWithdrawn,OperationCancelled | DecisionMade,TargetWithdrawn,OperationCancelled | DecisionMade,TargetWithdrawn,OperationCancelled | - | - | -
      pool withdrawn  | - | - | - | DecisionMade,TargetWithdrawn | - | -
      cancel          | OperationCancelled | OperationCancelled | OperationCancelled | OperationCancelled | OperationCancelled | -
      """;

  @TestFactory
  Stream<DynamicTest> every_input_in_every_state() {
    List<String> lines = CELLS.lines().toList();
    List<String> columns = split(lines.getFirst());
    assertThat(columns.stream().skip(1)).containsExactlyElementsOf(STATES.keySet());
    assertThat(lines.stream().skip(1).map(line -> split(line).getFirst()))
        .containsExactlyElementsOf(INPUTS.keySet());
    List<DynamicTest> cells = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> row = split(line);
      for (int i = 1; i < columns.size(); i++) {
        String input = row.getFirst();
        String state = columns.get(i);
        String expected = row.get(i);
        cells.add(
            DynamicTest.dynamicTest(
                input + " when " + state,
                () -> assertThat(names(tell(state(state), input(input)))).isEqualTo(expected)));
      }
    }
    return cells.stream();
  }

  private static OperationState state(String name) {
    return Objects.requireNonNull(STATES.get(name), name);
  }

  private static Input input(String name) {
    return Objects.requireNonNull(INPUTS.get(name), name);
  }

  private static String names(List<? extends OperationEvent> events) {
    return events.isEmpty()
        ? "-"
        : events.stream().map(e -> e.getClass().getSimpleName()).collect(Collectors.joining(","));
  }

  private static List<String> split(String line) {
    return Stream.of(line.split("\\|")).map(String::strip).toList();
  }

  @Test
  void a_run_starts_with_its_plan_its_first_wishes_and_a_timer() {
    StartOperation start = new StartOperation(OPERATION, CREATE);
    assertThat(names(DECIDER.decide(start, new Absent())))
        .isEqualTo("OperationStarted,StepStarted,ControlPlaneRequested,TimerSet");
    assertThat(DECIDER.decide(start, state("asked"))).isEmpty();
    assertThat(DECIDER.decide(start, state("ended"))).isEmpty();
  }

  @Test
  void nothing_can_be_told_to_a_run_that_never_started() {
    assertThatThrownBy(() -> tell(new Absent(), input("cp up")))
        .isInstanceOfSatisfying(
            CommandRejected.class,
            e -> assertThat(e.reason()).isEqualTo(CommandRejected.Reason.NOT_FOUND));
  }

  @Test
  void one_pool_that_fails_does_not_keep_the_others_from_coming_but_fails_the_run() {
    OperationState state = fold(state("pools"), tell(state("pools"), input("pool refused")));
    List<OperationEvent> end = tell(state, input("other pool up"));
    assertThat(names(end)).isEqualTo("TargetConverged,OperationFailed");
    assertThat(end.getLast())
        .isInstanceOfSatisfying(
            OperationFailed.class,
            e -> assertThat(e.reason()).contains(POOL_ONE.name()).contains("too many nodes"));
  }

  @Test
  void an_unanswered_wish_is_repeated_under_the_same_key_after_growing_pauses() {
    OperationState state = after(CREATE);
    Duration last = Duration.ZERO;
    for (int attempt = 1; attempt < 12; attempt++) {
      List<OperationEvent> unanswered = tell(state, answered(CONTROL_PLANE, attempt, UNAVAILABLE));
      TimerSet timer = (TimerSet) unanswered.getLast();
      assertThat(timer.after())
          .isGreaterThanOrEqualTo(last)
          .isLessThanOrEqualTo(Duration.ofSeconds(30));
      last = timer.after();
      state = fold(state, unanswered);
      List<OperationEvent> again = tell(state, new Input.TimerFired(timer.timer(), timer.number()));
      Wish wish = (Wish) again.getFirst();
      assertThat(wish.attempt()).isEqualTo(attempt + 1);
      assertThat(wish.idempotencyKey()).isEqualTo(OPERATION + "/control-plane");
      state = fold(state, again);
    }
    assertThat(last).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void a_newer_document_of_a_pool_that_has_settled_fulfils_an_older_wish() {
    OperationState state = state("pools");
    assertThat(names(tell(state, seen(POOL_ONE, pool(ONE, 5, 2))))).isEqualTo("TargetConverged");
  }

  @Test
  void absence_proves_nothing_before_the_removal_was_accepted() {
    OperationState state = after(DELETE);
    assertThat(names(tell(state, seen(POOL_ONE, NO_POOL)))).isEqualTo("TargetProgressed");
    state = fold(state, tell(state, accepted(POOL_ONE)));
    assertThat(names(tell(state, seen(POOL_ONE, NO_POOL)))).isEqualTo("TargetConverged");
  }

  @Test
  void a_deletion_removes_pools_then_what_workloads_made_then_the_cluster() {
    OperationState state =
        after(
            DELETE,
            accepted(POOL_ONE),
            accepted(POOL_TWO),
            seen(POOL_ONE, NO_POOL),
            seen(POOL_TWO, NO_POOL),
            accepted(ADDITIONAL_RESOURCES));
    assertThat(names(tell(state, seen(ADDITIONAL_RESOURCES, SOME_LEFT))))
        .isEqualTo("TargetProgressed");
    List<OperationEvent> cleared = tell(state, seen(ADDITIONAL_RESOURCES, NONE_LEFT));
    assertThat(names(cleared))
        .isEqualTo("TargetConverged,StepFinished,StepStarted,ClusterRemovalRequested,TimerSet");
    state = fold(state, cleared);
    state = fold(state, tell(state, accepted(Target.CLUSTER)));
    assertThat(names(tell(state, seen(Target.CLUSTER, GONE))))
        .isEqualTo("TargetConverged,StepFinished,OperationFinished");
  }

  @Test
  void a_deletion_without_additional_resources_leaves_them_alone() {
    OperationState state = after(new Plan.DeleteCluster(Runs.CLUSTER, List.of(), false));
    assertThat(((Running) state).targets().keySet()).containsExactly(Target.CLUSTER);
  }

  private static final Map<String, Input> POOL_INPUTS = poolInputs();

  private static Map<String, Input> poolInputs() {
    Map<String, Input> inputs = new LinkedHashMap<>();
    inputs.put("accepted", accepted(POOL_ONE));
    inputs.put("refused", answered(POOL_ONE, 1, REFUSED));
    inputs.put("unavailable", answered(POOL_ONE, 1, UNAVAILABLE));
    inputs.put("moving", seen(POOL_ONE, pool(ONE, 2, 1)));
    inputs.put("settled", seen(POOL_ONE, pool(ONE, 2, 2)));
    inputs.put("not there", seen(POOL_ONE, NO_POOL));
    inputs.put("retry", new Input.TimerFired("retry/" + POOL_ONE, 1));
    inputs.put("progress", new Input.TimerFired("progress", 1));
    inputs.put(
        "command refused",
        new Input.CommandRefused("FinishPoolUpdate", CommandRejected.Reason.NOT_FOUND, "gone"));
    inputs.put("withdrawn", withdrawn(POOL_ONE));
    inputs.put("other withdrawn", withdrawn(POOL_TWO));
    inputs.put("cancel", new Input.CancelAsked("superseded"));
    return inputs;
  }

  /** The same for creation, update and scaling of one pool: its document shall be in force. */
  private static final String POOL_CELLS =
      """
      input            | asked | retrying | accepted | ended
      accepted         | WishAnswered | WishAnswered | - | -
      refused          | WishAnswered,TargetFailed,OperationFailed | WishAnswered,TargetFailed,OperationFailed | - | -
      unavailable      | WishAnswered,TimerSet | - | - | -
      moving           | TargetProgressed | TargetProgressed | TargetProgressed | -
      settled          | TargetConverged,StepFinished,OperationFinished | TargetConverged,StepFinished,OperationFinished | TargetConverged,StepFinished,OperationFinished | -
      not there        | TargetProgressed | TargetProgressed | TargetProgressed | -
      retry            | - | PoolRequested | - | -
      progress         | DecisionMade,TimerSet | DecisionMade,TimerSet | TimerSet | -
      command refused  | OperationFailed | OperationFailed | OperationFailed | -
      withdrawn        | DecisionMade,TargetWithdrawn,OperationCancelled | DecisionMade,TargetWithdrawn,OperationCancelled | DecisionMade,TargetWithdrawn,OperationCancelled | -
      other withdrawn  | - | - | - | -
      cancel           | OperationCancelled | OperationCancelled | OperationCancelled | -
      """;

  private static final String POOL_DELETION_CELLS =
      """
      input            | asked | retrying | accepted | ended
      accepted         | WishAnswered | WishAnswered | - | -
      refused          | WishAnswered,TargetFailed,OperationFailed | WishAnswered,TargetFailed,OperationFailed | - | -
      unavailable      | WishAnswered,TimerSet | - | - | -
      moving           | TargetProgressed | TargetProgressed | TargetProgressed | -
      settled          | TargetProgressed | TargetProgressed | TargetProgressed | -
      not there        | TargetProgressed | TargetProgressed | TargetConverged,StepFinished,OperationFinished | -
      retry            | - | PoolRemovalRequested | - | -
      progress         | DecisionMade,TimerSet | DecisionMade,TimerSet | TimerSet | -
      command refused  | OperationFailed | OperationFailed | OperationFailed | -
      withdrawn        | DecisionMade,TargetWithdrawn,OperationCancelled | DecisionMade,TargetWithdrawn,OperationCancelled | DecisionMade,TargetWithdrawn,OperationCancelled | -
      other withdrawn  | - | - | - | -
      cancel           | OperationCancelled | OperationCancelled | OperationCancelled | -
      """;

  @TestFactory
  Stream<DynamicTest> every_input_in_every_state_of_a_run_for_one_pool() {
    return Runs.POOL_PLANS.stream()
        .flatMap(plan -> cells(plan, plan.equals(DELETE_POOL) ? POOL_DELETION_CELLS : POOL_CELLS));
  }

  private static Stream<DynamicTest> cells(Plan plan, String table) {
    Map<String, OperationState> states =
        Map.of(
            "asked", after(plan),
            "retrying", after(plan, answered(POOL_ONE, 1, UNAVAILABLE)),
            "accepted", after(plan, accepted(POOL_ONE)),
            "ended", after(plan, withdrawn(POOL_ONE)));
    List<String> lines = table.lines().toList();
    List<String> columns = split(lines.getFirst());
    assertThat(columns.stream().skip(1)).containsExactlyInAnyOrderElementsOf(states.keySet());
    assertThat(lines.stream().skip(1).map(line -> split(line).getFirst()))
        .containsExactlyElementsOf(POOL_INPUTS.keySet());
    List<DynamicTest> cells = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> row = split(line);
      Input input = Objects.requireNonNull(POOL_INPUTS.get(row.getFirst()));
      for (int i = 1; i < columns.size(); i++) {
        OperationState state = Objects.requireNonNull(states.get(columns.get(i)));
        String expected = row.get(i);
        cells.add(
            DynamicTest.dynamicTest(
                plan.getClass().getSimpleName() + ": " + row.getFirst() + ", " + columns.get(i),
                () -> assertThat(names(tell(state, input))).isEqualTo(expected)));
      }
    }
    return cells.stream();
  }

  @Test
  void what_is_withdrawn_gives_the_reason_and_the_rule() {
    List<OperationEvent> events = tell(after(SCALE, accepted(POOL_ONE)), withdrawn(POOL_ONE));

    assertThat(events.getFirst())
        .isInstanceOfSatisfying(
            DecisionMade.class,
            d -> {
              assertThat(d.rule()).isEqualTo("newest-wish");
              assertThat(d.verdict()).isEqualTo(Verdict.ACTED);
              assertThat(d.inputs()).containsEntry("target", POOL_ONE.name());
              assertThat(d.explanation()).isEqualTo("superseded");
            });
    assertThat(events.getLast())
        .isInstanceOfSatisfying(
            OperationCancelled.class, e -> assertThat(e.reason()).contains("superseded"));
  }

  @Test
  void a_cluster_is_created_all_the_same_when_one_of_its_pools_is_not_wanted_any_more() {
    OperationState state = fold(state("pools"), tell(state("pools"), withdrawn(POOL_ONE)));

    assertThat(names(tell(state, POOL_ONE_UP))).isEqualTo("-");
    assertThat(names(tell(state, input("other pool up"))))
        .isEqualTo("TargetConverged,StepFinished,OperationFinished");
    assertThat(names(tell(state, withdrawn(POOL_TWO))))
        .isEqualTo("DecisionMade,TargetWithdrawn,StepFinished,OperationFinished");
  }

  @Test
  void what_is_withdrawn_is_not_asked_for_again() {
    OperationState state =
        fold(state("pools"), tell(state("pools"), answered(POOL_ONE, 1, UNAVAILABLE)));
    state = fold(state, tell(state, withdrawn(POOL_ONE)));

    assertThat(tell(state, new Input.TimerFired("retry/" + POOL_ONE, 1))).isEmpty();
    assertThat(tell(state, accepted(POOL_ONE))).isEmpty();
  }

  @Test
  void an_update_waits_for_its_own_generation() {
    OperationState state = after(UPDATE, accepted(POOL_ONE));
    assertThat(names(tell(state, seen(POOL_ONE, pool(ONE, 1, 2))))).isEqualTo("TargetProgressed");
    assertThat(names(tell(state, seen(POOL_ONE, pool(ONE, 2, 2)))))
        .isEqualTo("TargetConverged,StepFinished,OperationFinished");
  }

  @Test
  void what_moves_gets_more_time() {
    OperationState state = fold(state("accepted"), tell(state("accepted"), input("cp moving")));
    List<OperationEvent> events = tell(state, new Input.TimerFired("progress", 1));
    assertThat(names(events)).isEqualTo("TimerSet");
    OperationState later = fold(state, events);
    assertThat(names(tell(later, new Input.TimerFired("progress", 1)))).isEqualTo("-");
    List<OperationEvent> lastLook = tell(later, new Input.TimerFired("progress", 2));
    assertThat(names(lastLook)).isEqualTo("DecisionMade,TimerSet");
    assertThat(names(tell(fold(later, lastLook), new Input.TimerFired("progress", 3))))
        .isEqualTo("DecisionMade,TargetFailed,OperationFailed");
  }

  @Test
  void an_answer_alone_is_movement_and_a_second_silence_is_failure() {
    OperationState state = state("accepted");
    state = fold(state, tell(state, new Input.TimerFired("progress", 1)));
    state = fold(state, tell(state, new Input.TimerFired("progress", 2)));
    List<OperationEvent> end = tell(state, new Input.TimerFired("progress", 3));
    assertThat(end.getFirst())
        .isInstanceOfSatisfying(
            DecisionMade.class,
            d -> {
              assertThat(d.rule()).isEqualTo("progress-deadline");
              assertThat(d.verdict()).isEqualTo(Verdict.ACTED);
              assertThat(d.inputs()).containsEntry("open", "control-plane");
            });
    assertThat(end.getLast()).isInstanceOf(OperationFailed.class);
  }

  @Test
  void what_moved_while_we_stood_still_is_seen_before_it_is_judged() {
    OperationState state = state("accepted");
    state = fold(state, tell(state, new Input.TimerFired("progress", 1)));
    List<OperationEvent> held = tell(state, new Input.TimerFired("progress", 2));
    assertThat(((DecisionMade) held.getFirst()).verdict()).isEqualTo(Verdict.HELD);
    assertThat(((TimerSet) held.getLast()).after()).isEqualTo(Duration.ofMinutes(1));
    state = fold(state, held);
    assertThat(names(tell(state, input("cp up")))).startsWith("TargetConverged");
  }

  @Test
  void what_moves_for_ever_without_arriving_fails_in_the_end() {
    OperationState state = state("accepted");
    int number = 1;
    for (; state instanceof Running && number < 1_000; number++) {
      Input flap = seen(CONTROL_PLANE, controlPlane(number, 0));
      state = fold(state, tell(state, flap));
      state = fold(state, tell(state, new Input.TimerFired("progress", number)));
    }
    assertThat(state).isInstanceOf(Ended.class);
    assertThat(number).isEqualTo(OperationRules.DEFAULT.mostWatches() + 2);
  }

  @Test
  void a_provider_out_of_reach_holds_the_run_and_fails_it_only_after_the_longest_outage() {
    OperationState state = state("retrying");
    int holds = 0;
    for (int number = 1; ; number++) {
      List<OperationEvent> events = tell(state, new Input.TimerFired("progress", number));
      state = fold(state, events);
      DecisionMade decision = (DecisionMade) events.getFirst();
      if (decision.verdict() == Verdict.ACTED) {
        assertThat(events.getLast()).isInstanceOf(OperationFailed.class);
        break;
      }
      assertThat(names(events)).isEqualTo("DecisionMade,TimerSet");
      holds++;
    }
    assertThat(holds).isEqualTo(OperationRules.DEFAULT.mostHolds()).isEqualTo(48);
  }

  @Test
  void the_same_sight_again_is_no_news() {
    OperationState state = fold(state("accepted"), tell(state("accepted"), input("cp moving")));
    assertThat(tell(state, input("cp moving"))).isEmpty();
  }

  @Test
  void its_end_gives_the_reason() {
    assertThat(tell(state("pools"), input("cancel")))
        .singleElement()
        .isInstanceOfSatisfying(
            OperationCancelled.class, e -> assertThat(e.reason()).isEqualTo("superseded"));
    assertThat(tell(state("pools"), input("command refused")))
        .singleElement()
        .isInstanceOfSatisfying(
            OperationFailed.class,
            e -> assertThat(e.reason()).contains("FinishPoolCreation").contains("NOT_FOUND"));
    assertThat(fold(state("pools"), tell(state("pools"), input("cancel")))).isEqualTo(new Ended());
  }
}
