package io.keelson.sagas.operation;

import static io.keelson.sagas.Runs.CLUSTER;
import static io.keelson.sagas.Runs.ONE;
import static io.keelson.sagas.Runs.OPERATION;
import static io.keelson.sagas.Runs.POOL_ONE;
import static io.keelson.sagas.Runs.POOL_TWO;
import static io.keelson.sagas.Runs.advance;
import static io.keelson.sagas.Runs.after;
import static io.keelson.sagas.Runs.fold;
import static io.keelson.sagas.Runs.observed;
import static io.keelson.sagas.Runs.pool;
import static io.keelson.sagas.Runs.responded;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.Decision;
import io.keelson.commands.Verdict;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand.AdvanceOperation;
import io.keelson.commands.operation.OperationCommand.StartOperation;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.RequestProgress;
import io.keelson.commands.operation.RunEvent.DeadlineExtended;
import io.keelson.commands.operation.RunEvent.DecisionMade;
import io.keelson.commands.operation.RunEvent.OperationFailed;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent.TargetFailed;
import io.keelson.commands.operation.Timer;
import io.keelson.sagas.Runs;
import io.keelson.sagas.operation.OperationState.Absent;
import io.keelson.sagas.operation.OperationState.DeadlineSetting;
import io.keelson.sagas.operation.OperationState.Running;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens to a run at its progress deadline. Holds of one rule never count for another. */
class ProgressDeadlineTest {

  private static final Duration DEADLINE = Duration.ofMinutes(15);
  private static final RequestProgress STALLED =
      new RequestProgress(true, DEADLINE, "1 of 2 nodes ready");
  private static final RequestProgress UNHEARD = new RequestProgress(false, DEADLINE, "");
  private static final Input BLOCKED = observed(POOL_ONE, pool(ONE, 2, 1, "budget default/web"));

  private OperationState state = after(Runs.UPDATE_POOL);

  private List<OperationEvent> fire(Map<Target, RequestProgress> progress) {
    Timer timer = new Timer.ProgressDeadline(((Running) state).deadline().number());
    Input fired = new Input.TimerFired(timer, progress);
    List<OperationEvent> events = advance(state, fired);
    state = fold(state, events);
    assertThat(advance(state, fired)).as("fired twice").isEmpty();
    return events;
  }

  private List<OperationEvent> fire(RequestProgress progress) {
    return fire(Map.of(POOL_ONE, progress));
  }

  private void tell(Input input) {
    state = fold(state, advance(state, input));
  }

  private static Map<String, String> inputs(String unchanged, boolean acknowledged, int holds) {
    return Map.of(
        "open", POOL_ONE.name(),
        "deadline", "PT15M",
        "unchanged_for", unchanged,
        "acknowledged", Boolean.toString(acknowledged),
        "holds", Integer.toString(holds));
  }

  private static OperationEvent extended(
      int setting,
      Duration after,
      String rule,
      int version,
      Map<String, String> inputs,
      String why) {
    return new DeadlineExtended(
        OPERATION,
        CLUSTER,
        new Timer.ProgressDeadline(setting),
        after,
        new Decision(rule, version, "pool/" + ONE, Verdict.HELD, inputs, why));
  }

  private static String rule(List<OperationEvent> events) {
    return ((DeadlineExtended) events.getFirst()).decision().rule();
  }

  @Test
  void a_stalled_run_is_given_one_more_minute_and_then_fails() {
    assertThat(fire(STALLED))
        .containsExactly(
            extended(
                2,
                Duration.ofMinutes(1),
                "progress-deadline",
                2,
                inputs("PT15M", true, 0),
                "One more observation is awaited before the operation fails."));
    assertThat(((Running) state).deadline())
        .isEqualTo(new DeadlineSetting(2, Duration.ofMinutes(1)));
    String why = "nothing has changed for 15 minutes";
    String reason = why + "; last observed: 1 of 2 nodes ready";
    assertThat(fire(STALLED))
        .containsExactly(
            new DecisionMade(
                OPERATION,
                CLUSTER,
                new Decision(
                    "progress-deadline",
                    2,
                    "pool/" + ONE,
                    Verdict.ACTED,
                    inputs("PT15M", true, 1),
                    "The operation fails: " + why + ".")),
            new TargetFailed(OPERATION, CLUSTER, "update-pool", POOL_ONE, reason),
            new OperationFailed(OPERATION, CLUSTER, "update-pool", POOL_ONE + ": " + reason));
  }

  @Test
  void a_run_that_moves_is_given_the_rest_of_its_deadline() {
    RequestProgress moving = new RequestProgress(true, Duration.ofMinutes(5), "");
    assertThat(
            fire(Map.of(POOL_ONE, moving, POOL_TWO, new RequestProgress(true, Duration.ZERO, ""))))
        .containsExactly(
            extended(
                2,
                Duration.ofMinutes(10),
                "progress-observed",
                1,
                inputs("PT5M", true, 0),
                "Something has changed at the provider within the deadline."));
    int held = 1;
    while (rule(fire(moving)).equals("progress-observed")) {
      held++;
    }
    assertThat(held).as("what moves for ever has failed, too").isEqualTo(96);
    assertThat(fire(moving)).last().isInstanceOf(OperationFailed.class);
  }

  @Test
  void a_provider_out_of_reach_is_unknown_and_fails_the_run_only_after_the_longest_outage() {
    assertThat(fire(Map.of()))
        .containsExactly(
            extended(
                2,
                DEADLINE,
                "provider-unreachable",
                1,
                inputs("unknown", false, 0),
                "The provider has not acknowledged the request: its state is unknown, not"
                    + " failed."));
    for (int held = 1; held < 48; held++) {
      assertThat(rule(fire(UNHEARD))).isEqualTo("provider-unreachable");
    }
    String reason = "the provider could not be reached for 12 hours; last observed: nothing";
    List<OperationEvent> events = fire(UNHEARD);
    assertThat(((DecisionMade) events.getFirst()).decision())
        .isEqualTo(
            new Decision(
                "provider-unreachable",
                1,
                "pool/" + ONE,
                Verdict.ACTED,
                inputs("PT15M", false, 48),
                "The operation fails: the provider could not be reached for 12 hours."));
    assertThat(events.get(1))
        .isEqualTo(new TargetFailed(OPERATION, CLUSTER, "update-pool", POOL_ONE, reason));
    assertThat(events).hasSize(3);
  }

  @Test
  void a_blocked_drain_is_held_for_an_hour_and_then_fails_with_what_blocks_it() {
    tell(BLOCKED);
    Map<String, String> inputs = new TreeMap<>(inputs("PT15M", true, 0));
    inputs.put("blocked_by", "budget default/web");
    assertThat(fire(STALLED))
        .containsExactly(
            extended(
                2,
                DEADLINE,
                "drain-timeout",
                2,
                inputs,
                "The request is blocked: budget default/web."));
    for (int held = 1; held < 4; held++) {
      assertThat(rule(fire(STALLED))).isEqualTo("drain-timeout");
    }
    List<OperationEvent> events = fire(STALLED);
    assertThat(((DecisionMade) events.getFirst()).decision())
        .satisfies(
            d -> {
              assertThat(d.rule()).isEqualTo("drain-timeout");
              assertThat(d.verdict()).isEqualTo(Verdict.ACTED);
              assertThat(d.explanation())
                  .isEqualTo("The operation fails: blocked for 1 hour by: budget default/web.");
            });
    assertThat(events.getLast())
        .isEqualTo(
            new OperationFailed(
                OPERATION,
                CLUSTER,
                "update-pool",
                POOL_ONE
                    + ": blocked for 1 hour by: budget default/web; last observed: 1 of 2 nodes"
                    + " ready"));
  }

  @Test
  void holds_are_counted_for_each_rule_alone() {
    for (int held = 0; held < 10; held++) {
      assertThat(rule(fire(UNHEARD))).isEqualTo("provider-unreachable");
    }
    assertThat(rule(fire(STALLED))).as("one more minute").isEqualTo("progress-deadline");
    assertThat(((Running) state).holds())
        .isEqualTo(Map.of("provider-unreachable", 10, "progress-deadline", 1));
  }

  @Test
  void whatever_happens_in_the_run_ends_the_row_of_holds() {
    fire(STALLED);
    tell(BLOCKED);
    assertThat(((Running) state).holds()).isEmpty();
    fire(STALLED);
    tell(observed(POOL_ONE, pool(ONE, 2, 1)));
    assertThat(rule(fire(STALLED))).isEqualTo("progress-deadline");
  }

  @Test
  void an_event_of_the_process_ends_the_row_of_holds_too() {
    fire(STALLED);
    OperationEvent selected = Runs.start(Runs.SCALE_POOL).get(1);
    assertThat(((Running) fold(state, List.of(selected))).holds()).isEmpty();
  }

  @Test
  void an_unavailable_provider_is_judged_as_unreachable_not_as_blocked() {
    tell(responded(ONE, 2, Runs.UNAVAILABLE));
    assertThat(rule(fire(UNHEARD))).isEqualTo("provider-unreachable");
  }

  @Test
  void an_awaited_observation_is_judged_as_a_request() {
    state = after(Runs.ROLL);
    assertThat(rule(fire(Map.of()))).isEqualTo("provider-unreachable");
    assertThat(rule(fire(STALLED))).isEqualTo("progress-deadline");
    assertThat(fire(STALLED)).last().isInstanceOf(OperationFailed.class);
  }

  /** They have deadlines of their own, each of which comes to an end. */
  @Test
  void awaited_runs_are_awaited_as_long_as_they_take() {
    state =
        after(
            Runs.UPGRADE,
            observed(Target.CONTROL_PLANE, Runs.controlPlane(3, 1)),
            observed(Target.COMPONENTS, Runs.components(true)));
    for (int held = 0; held < 200; held++) {
      DeadlineExtended extended = (DeadlineExtended) fire(Map.of()).getFirst();
      assertThat(extended.after()).isEqualTo(DEADLINE);
      assertThat(extended.decision())
          .isEqualTo(
              new Decision(
                  "awaited-run",
                  1,
                  "cluster/" + CLUSTER,
                  Verdict.HELD,
                  Map.of(
                      "open", POOL_ONE + ", " + POOL_TWO,
                      "deadline", "PT15M",
                      "unchanged_for", "unknown",
                      "acknowledged", "true",
                      "holds", Integer.toString(held)),
                  "The operation waits for other operations, which have deadlines of their own."));
    }
  }

  @Test
  void all_open_targets_fail_together() {
    state =
        after(
            Runs.CREATE,
            observed(Target.CONTROL_PLANE, Runs.controlPlane(3, 1)),
            observed(Target.COMPONENTS, Runs.components(true)));
    Map<Target, RequestProgress> progress = Map.of(POOL_ONE, STALLED, POOL_TWO, STALLED);
    fire(progress);
    assertThat(Runs.names(fire(progress)))
        .isEqualTo("DecisionMade,TargetFailed,TargetFailed,OperationFailed");
  }

  @ParameterizedTest
  @CsvSource({
    "250, 250 milliseconds",
    "1000, 1 second",
    "90000, 90 seconds",
    "60000, 1 minute",
    "120000, 2 minutes",
    "7200000, 2 hours"
  })
  void a_failure_says_how_long_nothing_has_changed(long millis, String text) {
    Duration deadline = Duration.ofMillis(millis);
    OperationRules rules = new OperationRules(deadline, Duration.ofMillis(1), deadline, deadline);
    OperationDecider decider = new OperationDecider(Runs.PROCESSES, rules);
    Plan plan = Runs.RESET_TOKEN;
    RequestProgress stalled = new RequestProgress(true, deadline, "");
    state =
        fold(
            new Absent(),
            decider.decide(new StartOperation(OPERATION, plan, Runs.LINEAGE), new Absent()));
    List<OperationEvent> events = List.of();
    for (int setting = 1; setting <= 2; setting++) {
      Input fired =
          new Input.TimerFired(new Timer.ProgressDeadline(setting), Map.of(Runs.RESET, stalled));
      events = decider.decide(new AdvanceOperation(OPERATION, fired), state);
      state = fold(state, events);
    }
    assertThat(((TargetFailed) events.get(1)).reason())
        .isEqualTo("nothing has changed for " + text + "; last observed: nothing");
  }

  @Test
  void a_rule_holds_at_least_once_however_short_its_limit_is() {
    Duration second = Duration.ofSeconds(1);
    OperationRules rules =
        new OperationRules(Duration.ofMinutes(1), second, second, Duration.ofMinutes(3));
    assertThat(rules.maxDrainHolds()).isEqualTo(1);
    assertThat(rules.maxOutageHolds()).isEqualTo(3);
    assertThat(rules.maxProgressHolds()).isEqualTo(6);
    assertThat(OperationRules.DEFAULT.maxDrainHolds()).isEqualTo(4);
  }
}
