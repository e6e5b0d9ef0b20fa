package io.keelson.sagas.operation;

import static io.keelson.commands.operation.Target.COMPONENTS;
import static io.keelson.commands.operation.Target.CONTROL_PLANE;
import static io.keelson.sagas.operation.Runs.NODE;
import static io.keelson.sagas.operation.Runs.ONE;
import static io.keelson.sagas.operation.Runs.REFUSED;
import static io.keelson.sagas.operation.Runs.TWO;
import static io.keelson.sagas.operation.Runs.UNAVAILABLE;
import static io.keelson.sagas.operation.Runs.accepted;
import static io.keelson.sagas.operation.Runs.after;
import static io.keelson.sagas.operation.Runs.answered;
import static io.keelson.sagas.operation.Runs.components;
import static io.keelson.sagas.operation.Runs.controlPlane;
import static io.keelson.sagas.operation.Runs.fold;
import static io.keelson.sagas.operation.Runs.seen;
import static io.keelson.sagas.operation.Runs.tell;
import static io.keelson.sagas.operation.Runs.withdrawn;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.DecisionMade;
import io.keelson.commands.operation.OperationEvent.OperationFailed;
import io.keelson.commands.operation.OperationEvent.TimerSet;
import io.keelson.commands.operation.OperationEvent.Verdict;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.Condition;
import io.keelson.commands.provisioning.ObservedPool;
import io.keelson.commands.provisioning.Replicas;
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

/** Runs that change a cluster or boot a node: every input in every state. */
class ChangeProcessesTest {

  private static final Target POOL_ONE = Target.pool(ONE);
  private static final Target POOL_TWO = Target.pool(TWO);
  private static final Input BOOTED = seen(Target.node(NODE), new Sight.OfBootedNode(NODE));
  private static final Input CONTROL_PLANE_UP = seen(CONTROL_PLANE, controlPlane(2, 1));
  private static final Input COMPONENTS_UP = seen(COMPONENTS, components(true));

  private static final String CONTROL_PLANE_CELLS =
      """
      input       | asked | retrying | accepted | ended
      accepted    | WishAnswered | WishAnswered | - | -
      refused     | WishAnswered,TargetFailed,OperationFailed | WishAnswered,TargetFailed,OperationFailed | - | -
      unavailable | WishAnswered,TimerSet | - | - | -
      cp up       | TargetConverged,StepFinished,OperationFinished | TargetConverged,StepFinished,OperationFinished | TargetConverged,StepFinished,OperationFinished | -
      cp stale    | TargetProgressed | TargetProgressed | TargetProgressed | -
      booted      | - | - | - | -
      run ended   | - | - | - | -
      retry       | - | ControlPlaneRequested | - | -
      withdrawn   | DecisionMade,TargetWithdrawn,OperationCancelled | DecisionMade,TargetWithdrawn,OperationCancelled | DecisionMade,TargetWithdrawn,OperationCancelled | -
      cancel      | OperationCancelled | OperationCancelled | OperationCancelled | -
      """;

  /** In force once it is accepted. */
  private static final String ACCEPTANCE_CELLS =
      """
      input       | asked | retrying | accepted | ended
      accepted    | WishAnswered,TargetConverged,StepFinished,OperationFinished | WishAnswered,TargetConverged,StepFinished,OperationFinished | - | -
      refused     | WishAnswered,TargetFailed,OperationFailed | WishAnswered,TargetFailed,OperationFailed | - | -
      unavailable | WishAnswered,TimerSet | - | - | -
      cp up       | - | - | - | -
      cp stale    | - | - | - | -
      booted      | - | - | - | -
      run ended   | - | - | - | -
      retry       | - | Requested | - | -
      withdrawn   | DecisionMade,TargetWithdrawn,OperationCancelled | DecisionMade,TargetWithdrawn,OperationCancelled | - | -
      cancel      | OperationCancelled | OperationCancelled | - | -
      """;

  private static final String REBOOT_CELLS =
      """
      input       | asked | retrying | accepted | ended
      accepted    | WishAnswered | WishAnswered | - | -
      refused     | WishAnswered,TargetFailed,OperationFailed | WishAnswered,TargetFailed,OperationFailed | - | -
      unavailable | WishAnswered,TimerSet | - | - | -
      cp up       | - | - | - | -
      cp stale    | - | - | - | -
      booted      | TargetConverged,StepFinished,OperationFinished | TargetConverged,StepFinished,OperationFinished | TargetConverged,StepFinished,OperationFinished | -
      run ended   | - | - | - | -
      retry       | - | NodeRebootRequested | - | -
      withdrawn   | DecisionMade,TargetWithdrawn,OperationCancelled | DecisionMade,TargetWithdrawn,OperationCancelled | DecisionMade,TargetWithdrawn,OperationCancelled | -
      cancel      | OperationCancelled | OperationCancelled | OperationCancelled | -
      """;

  @TestFactory
  Stream<DynamicTest> every_input_in_every_state() {
    return Stream.of(
            cells(Runs.UPDATE_CLUSTER, CONTROL_PLANE, CONTROL_PLANE_CELLS),
            cells(Runs.SET_TYPE, CONTROL_PLANE, CONTROL_PLANE_CELLS),
            cells(Runs.SET_ACL, Target.ACL, ACCEPTANCE_CELLS.replace("Requested", "AclRequested")),
            cells(
                Runs.RESET_TOKEN,
                Target.ADMIN_TOKEN,
                ACCEPTANCE_CELLS.replace("Requested", "AdminTokenResetRequested")),
            cells(Runs.REBOOT, Target.node(NODE), REBOOT_CELLS))
        .flatMap(cells -> cells);
  }

  private static Stream<DynamicTest> cells(Plan plan, Target target, String table) {
    Map<String, Input> inputs = new LinkedHashMap<>();
    inputs.put("accepted", accepted(target));
    inputs.put("refused", answered(target, 1, REFUSED));
    inputs.put("unavailable", answered(target, 1, UNAVAILABLE));
    inputs.put("cp up", CONTROL_PLANE_UP);
    inputs.put("cp stale", seen(CONTROL_PLANE, controlPlane(1, 1)));
    inputs.put("booted", BOOTED);
    inputs.put("run ended", new Input.RunEnded(target, null));
    inputs.put("retry", new Input.TimerFired("retry/" + target, 1));
    inputs.put("withdrawn", withdrawn(target));
    inputs.put("cancel", new Input.CancelAsked("enough"));
    Map<String, OperationState> states =
        Map.of(
            "asked", after(plan),
            "retrying", after(plan, answered(target, 1, UNAVAILABLE)),
            "accepted", after(plan, accepted(target)),
            "ended", after(plan, new Input.CancelAsked("enough")));
    List<String> lines = table.lines().toList();
    List<String> columns = split(lines.getFirst());
    assertThat(lines.stream().skip(1).map(line -> split(line).getFirst()))
        .containsExactlyElementsOf(inputs.keySet());
    List<DynamicTest> cells = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> row = split(line);
      Input input = Objects.requireNonNull(inputs.get(row.getFirst()));
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

  private static List<String> split(String line) {
    return Stream.of(line.split("\\|")).map(String::strip).toList();
  }

  private static String names(List<? extends OperationEvent> events) {
    return events.isEmpty()
        ? "-"
        : events.stream().map(e -> e.getClass().getSimpleName()).collect(Collectors.joining(","));
  }

  private static OperationState poolsStage() {
    return after(Runs.UPGRADE, CONTROL_PLANE_UP, COMPONENTS_UP);
  }

  @Test
  void an_upgrade_says_by_which_rule_it_may_and_moves_api_servers_before_components_and_pools() {
    OperationState asked = after(Runs.UPGRADE);
    assertThat(names(tell(asked, seen(CONTROL_PLANE, controlPlane(0, 1)))))
        .isEqualTo("TargetProgressed");
    assertThat(names(tell(asked, CONTROL_PLANE_UP)))
        .isEqualTo("TargetConverged,StepFinished,StepStarted,ComponentsRequested,TimerSet");
    OperationState components = after(Runs.UPGRADE, CONTROL_PLANE_UP);
    assertThat(names(tell(components, COMPONENTS_UP)))
        .isEqualTo("TargetConverged,StepFinished,StepStarted,RunAwaited,RunAwaited,TimerSet");
  }

  @Test
  void an_upgrade_ends_when_all_the_runs_that_it_awaits_have_ended() {
    OperationState state = poolsStage();
    assertThat(names(tell(state, seen(POOL_ONE, Runs.pool(ONE, 1, 2))))).isEqualTo("-");
    assertThat(names(tell(state, accepted(POOL_ONE)))).isEqualTo("-");
    Input one = new Input.RunEnded(POOL_ONE, null);
    assertThat(names(tell(state, one))).isEqualTo("TargetConverged");
    state = fold(state, tell(state, one));
    assertThat(names(tell(state, one))).isEqualTo("-");
    assertThat(names(tell(state, new Input.RunEnded(POOL_TWO, null))))
        .isEqualTo("TargetConverged,StepFinished,OperationFinished");
    assertThat(names(tell(state, withdrawn(POOL_TWO))))
        .isEqualTo("DecisionMade,TargetWithdrawn,StepFinished,OperationFinished");
    assertThat(tell(state, new Input.RunEnded(POOL_TWO, "no room")).getLast())
        .isInstanceOfSatisfying(
            OperationFailed.class, e -> assertThat(e.reason()).contains("no room"));
  }

  /** They have deadlines of their own, each of which comes to an end. */
  @Test
  void an_upgrade_waits_for_the_runs_of_its_pools_as_long_as_they_take() {
    OperationState state = poolsStage();
    for (int i = 0; i < 200; i++) {
      int number = ((OperationState.Running) state).watch().number();
      List<OperationEvent> events = tell(state, new Input.TimerFired("progress", number));
      assertThat(events.getLast()).isInstanceOf(TimerSet.class);
      state = fold(state, events);
    }
    assertThat(state).isInstanceOf(OperationState.Running.class);
  }

  @Test
  void a_blocked_drain_is_held_for_an_hour_and_then_given_up_with_what_blocks_it() {
    OperationState state = after(Runs.SCALE, accepted(POOL_ONE));
    state = fold(state, tell(state, seen(POOL_ONE, blocked("PodDisruptionBudget default/web"))));
    int held = 0;
    List<OperationEvent> events = List.of();
    while (state instanceof OperationState.Running running) {
      events = tell(state, new Input.TimerFired("progress", running.watch().number()));
      held +=
          (int)
              events.stream()
                  .filter(
                      e ->
                          e instanceof DecisionMade d
                              && d.rule().equals("drain-timeout")
                              && d.verdict() == Verdict.HELD)
                  .count();
      state = fold(state, events);
    }
    assertThat(held).isEqualTo(4);
    assertThat(events.getFirst())
        .isInstanceOfSatisfying(
            DecisionMade.class,
            d -> {
              assertThat(d.rule()).isEqualTo("drain-timeout");
              assertThat(d.verdict()).isEqualTo(Verdict.ACTED);
              assertThat(d.explanation()).contains("default/web");
            });
    assertThat(events.getLast()).isInstanceOf(OperationFailed.class);
  }

  @Test
  void what_is_no_longer_blocked_is_judged_as_all_else() {
    OperationState state = after(Runs.SCALE, accepted(POOL_ONE));
    state = fold(state, tell(state, seen(POOL_ONE, blocked("PodDisruptionBudget default/web"))));
    List<OperationEvent> free = tell(state, seen(POOL_ONE, blocked()));
    assertThat(names(free)).isEqualTo("TargetProgressed,TargetBlocked");
    assertThat(((OperationState.Running) fold(state, free)).targets().get(POOL_ONE))
        .isNotNull()
        .satisfies(w -> assertThat(w.blocked()).isEmpty());
  }

  private static Sight blocked(String... reasons) {
    return new Sight.OfPool(
        new ObservedPool(
            ONE,
            2,
            new Replicas(2, 3, 2, 2, 3, Map.of(Runs.VERSION, 3)),
            List.of(new Condition("ScalingDown", "True", "", "")),
            List.of(reasons)));
  }
}
