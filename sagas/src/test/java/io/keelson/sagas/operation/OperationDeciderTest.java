package io.keelson.sagas.operation;

import static io.keelson.commands.operation.Target.COMPONENTS;
import static io.keelson.commands.operation.Target.CONTROL_PLANE;
import static io.keelson.sagas.Runs.ACCEPTED;
import static io.keelson.sagas.Runs.CLUSTER;
import static io.keelson.sagas.Runs.CREATE;
import static io.keelson.sagas.Runs.LINEAGE;
import static io.keelson.sagas.Runs.ONE;
import static io.keelson.sagas.Runs.OPERATION;
import static io.keelson.sagas.Runs.POOL_ONE;
import static io.keelson.sagas.Runs.POOL_TWO;
import static io.keelson.sagas.Runs.REFUSED;
import static io.keelson.sagas.Runs.TWO;
import static io.keelson.sagas.Runs.UNAVAILABLE;
import static io.keelson.sagas.Runs.advance;
import static io.keelson.sagas.Runs.after;
import static io.keelson.sagas.Runs.components;
import static io.keelson.sagas.Runs.controlPlane;
import static io.keelson.sagas.Runs.fold;
import static io.keelson.sagas.Runs.last;
import static io.keelson.sagas.Runs.names;
import static io.keelson.sagas.Runs.observed;
import static io.keelson.sagas.Runs.pool;
import static io.keelson.sagas.Runs.responded;
import static io.keelson.sagas.Runs.withdrawn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.commands.CommandRejected;
import io.keelson.commands.Decision;
import io.keelson.commands.Verdict;
import io.keelson.commands.operation.Blocker;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand.StartOperation;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.RequestProgress;
import io.keelson.commands.operation.RunEvent.OperationCancelled;
import io.keelson.commands.operation.RunEvent.OperationFailed;
import io.keelson.commands.operation.RunEvent.OperationFinished;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent.TargetBlocked;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.operation.TargetEvent.TargetFailed;
import io.keelson.commands.operation.TargetEvent.TargetWithdrawn;
import io.keelson.commands.operation.Timer;
import io.keelson.commands.provisioning.Result;
import io.keelson.sagas.Runs;
import io.keelson.sagas.operation.OperationState.Absent;
import io.keelson.sagas.operation.OperationState.Ended;
import io.keelson.sagas.operation.OperationState.Phase;
import io.keelson.sagas.operation.OperationState.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the host does with every input, whatever the process. */
class OperationDeciderTest {

  private static final Input CONTROL_PLANE_READY = observed(CONTROL_PLANE, controlPlane(3, 1));
  private static final Input COMPONENTS_READY = observed(COMPONENTS, components(true));
  private static final Input POOL_ONE_READY = observed(POOL_ONE, pool(ONE, 1, 2));
  private static final Input UNREACHABLE = responded(CONTROL_PLANE, UNAVAILABLE);

  private static final String CELLS =
      """
      input           | requested | unavailable | pools | one pool ready | awaiting | ended
      cp accepted     | - | TargetBlocked | - | - | - | -
      cp refused      | TargetFailed,OperationFailed | TargetBlocked,TargetFailed,OperationFailed | - | - | - | -
      cp unavailable  | TargetBlocked | - | - | - | - | -
      cp other key    | - | - | - | - | - | -
      cp moving       | - | TargetBlocked | - | - | - | -
      cp stale        | - | TargetBlocked | - | - | - | -
      cp ready        | TargetConverged,ComponentsRequested | TargetConverged,ComponentsRequested | - | - | - | -
      pool refused    | - | - | TargetFailed | - | - | -
      pool ready      | - | - | TargetConverged | - | - | -
      pool blocked    | - | - | TargetBlocked | - | - | -
      other ready     | - | - | TargetConverged | TargetConverged,OperationFinished | - | -
      pool absent     | - | - | - | - | - | -
      run ended       | - | - | - | - | TargetConverged | -
      run failed      | - | - | - | - | TargetFailed | -
      stale timer     | - | - | - | - | - | -
      timer           | DeadlineExtended | DeadlineExtended | DeadlineExtended | DeadlineExtended | DeadlineExtended | -
      command refused | OperationFailed | OperationFailed | OperationFailed | OperationFailed | OperationFailed | -
      cp withdrawn    | TargetWithdrawn,OperationCancelled | TargetWithdrawn,OperationCancelled | - | - | - | -
      pool withdrawn  | - | - | TargetWithdrawn | - | TargetWithdrawn | -
      other withdrawn | - | - | TargetWithdrawn | TargetWithdrawn,OperationFinished | TargetWithdrawn | -
      cancel          | OperationCancelled | OperationCancelled | OperationCancelled | OperationCancelled | OperationCancelled | -
      """;

  private static Map<String, OperationState> states() {
    Map<String, OperationState> states = new LinkedHashMap<>();
    states.put("requested", after(CREATE));
    states.put("unavailable", after(CREATE, UNREACHABLE));
    states.put("pools", after(CREATE, CONTROL_PLANE_READY, COMPONENTS_READY));
    states.put(
        "one pool ready", after(CREATE, CONTROL_PLANE_READY, COMPONENTS_READY, POOL_ONE_READY));
    states.put("awaiting", after(Runs.UPGRADE, CONTROL_PLANE_READY, COMPONENTS_READY));
    states.put("ended", after(CREATE, new Input.CancelRequested("enough")));
    return states;
  }

  private static Map<String, Input> inputs() {
    Map<String, Input> inputs = new LinkedHashMap<>();
    inputs.put("cp accepted", responded(CONTROL_PLANE, ACCEPTED));
    inputs.put("cp refused", responded(CONTROL_PLANE, REFUSED));
    inputs.put("cp unavailable", UNREACHABLE);
    inputs.put("cp other key", new Input.Responded(CONTROL_PLANE, "another", REFUSED));
    inputs.put("cp moving", observed(CONTROL_PLANE, controlPlane(3, 0)));
    inputs.put("cp stale", observed(CONTROL_PLANE, controlPlane(2, 1)));
    inputs.put("cp ready", CONTROL_PLANE_READY);
    inputs.put("pool refused", responded(ONE, 1, REFUSED));
    inputs.put("pool ready", POOL_ONE_READY);
    inputs.put("pool blocked", observed(POOL_ONE, pool(ONE, 1, 1, "no quota")));
    inputs.put("other ready", observed(POOL_TWO, pool(TWO, 1, 2)));
    inputs.put("pool absent", observed(POOL_ONE, Runs.NO_POOL));
    inputs.put("run ended", new Input.RunEnded(POOL_ONE, null));
    inputs.put("run failed", new Input.RunEnded(POOL_ONE, "no room"));
    inputs.put("stale timer", fired(7));
    inputs.put("timer", fired(1));
    inputs.put("command refused", commandRefused());
    inputs.put("cp withdrawn", withdrawn(CONTROL_PLANE));
    inputs.put("pool withdrawn", withdrawn(POOL_ONE));
    inputs.put("other withdrawn", withdrawn(POOL_TWO));
    inputs.put("cancel", new Input.CancelRequested("superseded"));
    return inputs;
  }

  private static Input fired(int setting) {
    RequestProgress stalled = new RequestProgress(true, Duration.ofMinutes(20), "");
    return new Input.TimerFired(
        new Timer.ProgressDeadline(setting),
        Map.of(CONTROL_PLANE, stalled, POOL_ONE, stalled, POOL_TWO, stalled));
  }

  private static Input commandRefused() {
    return new Input.CommandRefused(
        "FinishPoolCreation", CommandRejected.Reason.NOT_FOUND, "the pool is deleted");
  }

  @TestFactory
  Stream<DynamicTest> every_input_in_every_state() {
    return cells(CELLS, states(), inputs());
  }

  private static Stream<DynamicTest> cells(
      String table, Map<String, OperationState> states, Map<String, Input> inputs) {
    List<String> lines = table.lines().toList();
    List<String> columns = split(lines.getFirst());
    assertThat(columns.stream().skip(1)).containsExactlyElementsOf(states.keySet());
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
                row.getFirst() + " when " + columns.get(i),
                () -> assertThat(names(advance(state, input))).isEqualTo(expected)));
      }
    }
    return cells.stream();
  }

  private static List<String> split(String line) {
    return Stream.of(line.split("\\|")).map(String::strip).toList();
  }

  /** The same for all processes with one step; the result says when it ends. */
  private static final String STEP_CELLS =
      """
      input           | requested | unavailable | ended
      refused         | TargetFailed,OperationFailed | TargetBlocked,TargetFailed,OperationFailed | -
      unavailable     | TargetBlocked | - | -
      other key       | - | - | -
      other target    | - | - | -
      run ended       | - | - | -
      timer           | DeadlineExtended | DeadlineExtended | -
      command refused | OperationFailed | OperationFailed | -
      withdrawn       | TargetWithdrawn,OperationCancelled | TargetWithdrawn,OperationCancelled | -
      cancel          | OperationCancelled | OperationCancelled | -
      """;

  @TestFactory
  Stream<DynamicTest> every_input_in_every_state_of_a_run_with_one_step() {
    return Stream.of(
            Runs.UPDATE_CLUSTER,
            Runs.SET_TYPE,
            Runs.SET_ACL,
            Runs.RESET_TOKEN,
            Runs.CREATE_POOL,
            Runs.UPDATE_POOL,
            Runs.SCALE_POOL,
            Runs.DELETE_POOL,
            Runs.REBOOT)
        .flatMap(OperationDeciderTest::stepCells);
  }

  private static Stream<DynamicTest> stepCells(Plan plan) {
    Running requested = (Running) after(plan);
    Target target = requested.requests().keySet().iterator().next();
    String key = requested.open().values().iterator().next().key();
    Map<String, Input> inputs = new LinkedHashMap<>();
    inputs.put("refused", new Input.Responded(target, key, REFUSED));
    inputs.put("unavailable", new Input.Responded(target, key, UNAVAILABLE));
    inputs.put("other key", new Input.Responded(target, key + "/0", ACCEPTED));
    inputs.put("other target", observed(COMPONENTS, components(true)));
    inputs.put("run ended", new Input.RunEnded(target, null));
    inputs.put("timer", fired(1));
    inputs.put("command refused", commandRefused());
    inputs.put("withdrawn", withdrawn(target));
    inputs.put("cancel", new Input.CancelRequested("enough"));
    Map<String, OperationState> states = new LinkedHashMap<>();
    states.put("requested", requested);
    states.put("unavailable", after(plan, new Input.Responded(target, key, UNAVAILABLE)));
    states.put("ended", after(plan, withdrawn(target)));
    return cells(STEP_CELLS, states, inputs);
  }

  @ParameterizedTest
  @MethodSource("plans")
  void a_run_starts_once(Plan plan) {
    StartOperation start = new StartOperation(OPERATION, plan, LINEAGE);
    assertThat(Runs.DECIDER.decide(start, new Absent())).hasSizeGreaterThan(1);
    assertThat(Runs.DECIDER.decide(start, after(plan))).isEmpty();
    assertThat(Runs.DECIDER.decide(start, new Ended(LINEAGE))).isEmpty();
    assertThat(after(plan).lineage()).isEqualTo(LINEAGE);
    assertThat(new Absent().lineage()).isNull();
  }

  static List<Plan> plans() {
    return Runs.PLANS;
  }

  @Test
  void a_run_that_has_not_started_cannot_advance() {
    assertThatThrownBy(() -> advance(new Absent(), CONTROL_PLANE_READY))
        .isInstanceOfSatisfying(
            CommandRejected.class,
            e -> assertThat(e.reason()).isEqualTo(CommandRejected.Reason.NOT_FOUND))
        .hasMessage("operation " + OPERATION + " does not exist");
  }

  @Test
  void events_without_a_start_change_nothing() {
    assertThat(fold(new Absent(), last(CREATE, CONTROL_PLANE_READY))).isEqualTo(new Absent());
    assertThat(fold(new Ended(LINEAGE), last(CREATE, CONTROL_PLANE_READY)))
        .isEqualTo(new Ended(LINEAGE));
  }

  @Test
  void events_about_a_target_that_was_never_requested_change_no_request() {
    Running run = (Running) after(CREATE);
    OperationEvent foreign =
        new TargetConverged(OPERATION, CLUSTER, "create-cluster", POOL_ONE, "");
    assertThat(((Running) fold(run, List.of(foreign))).requests()).isEqualTo(run.requests());
  }

  @Test
  void one_pool_that_fails_does_not_keep_the_others_from_coming_but_fails_the_run() {
    String reason = "the provider refused the request (invalid, field size): too many nodes";
    Input refused = responded(ONE, 1, REFUSED);
    assertThat(last(CREATE, CONTROL_PLANE_READY, COMPONENTS_READY, refused))
        .containsExactly(new TargetFailed(OPERATION, CLUSTER, "create-cluster", POOL_ONE, reason));
    assertThat(
            last(
                CREATE,
                CONTROL_PLANE_READY,
                COMPONENTS_READY,
                refused,
                observed(POOL_TWO, pool(TWO, 1, 2))))
        .containsExactly(
            new TargetConverged(
                OPERATION, CLUSTER, "create-cluster", POOL_TWO, "2 of 2 nodes ready at 1.36.1"),
            new OperationFailed(OPERATION, CLUSTER, "create-cluster", POOL_ONE + ": " + reason));
  }

  @Test
  void a_refusal_names_a_field_only_where_there_is_one() {
    Result refused = new Result.Refused(Result.Code.QUOTA, "", "no more machines");
    assertThat(last(Runs.CREATE_POOL, responded(ONE, 1, refused)).getFirst())
        .isEqualTo(
            new TargetFailed(
                OPERATION,
                CLUSTER,
                "create-pool",
                POOL_ONE,
                "the provider refused the request (quota): no more machines"));
  }

  @Test
  void an_unavailable_provider_blocks_a_request_once_until_it_responds() {
    Blocker unavailable = new Blocker(null, "provider unavailable: connection reset");
    assertThat(last(CREATE, UNREACHABLE))
        .containsExactly(
            new TargetBlocked(OPERATION, CLUSTER, CONTROL_PLANE, List.of(unavailable)));
    Input other = responded(CONTROL_PLANE, new Result.Unavailable("timeout"));
    assertThat(last(CREATE, UNREACHABLE, other)).isEmpty();
    assertThat(last(CREATE, UNREACHABLE, responded(CONTROL_PLANE, ACCEPTED)))
        .containsExactly(new TargetBlocked(OPERATION, CLUSTER, CONTROL_PLANE, List.of()));
  }

  @Test
  void what_blocks_nodes_stays_while_the_provider_is_unavailable() {
    Blocker quota = new Blocker(null, "no quota");
    Input blocked = observed(POOL_ONE, pool(ONE, 1, 1, "no quota"));
    Input unavailable = responded(ONE, 1, UNAVAILABLE);
    assertThat(last(Runs.CREATE_POOL, blocked, blocked)).isEmpty();
    assertThat(last(Runs.CREATE_POOL, blocked, unavailable))
        .containsExactly(
            new TargetBlocked(
                OPERATION,
                CLUSTER,
                POOL_ONE,
                List.of(quota, Blocker.unavailable("connection reset"))));
    assertThat(last(Runs.CREATE_POOL, blocked, unavailable, responded(ONE, 1, ACCEPTED)))
        .containsExactly(new TargetBlocked(OPERATION, CLUSTER, POOL_ONE, List.of(quota)));
  }

  @Test
  void a_withdrawal_records_its_decision_and_cancels_what_had_nothing_else_to_do() {
    Input superseded = new Input.Withdrawn(POOL_ONE, "superseded by the resize, operation 7");
    assertThat(last(Runs.UPDATE_POOL, superseded))
        .containsExactly(
            new TargetWithdrawn(
                OPERATION,
                CLUSTER,
                POOL_ONE,
                "superseded by the resize, operation 7",
                new Decision(
                    "newest-desired-state",
                    1,
                    "pool/" + ONE,
                    Verdict.ACTED,
                    Map.of(
                        "target",
                        POOL_ONE.name(),
                        "reason",
                        "superseded by the resize, operation 7"),
                    "This state is no longer desired: superseded by the resize, operation 7.")),
            new OperationCancelled(
                OPERATION, CLUSTER, POOL_ONE + ": superseded by the resize, operation 7"));
    assertThat(((TargetWithdrawn) last(Runs.SET_ACL, withdrawn(Target.ACL)).getFirst()).decision())
        .extracting(Decision::subject)
        .isEqualTo("cluster/" + CLUSTER);
  }

  @Test
  void a_run_ends_although_one_of_its_later_targets_is_withdrawn() {
    assertThat(
            last(
                CREATE,
                CONTROL_PLANE_READY,
                COMPONENTS_READY,
                withdrawn(POOL_ONE),
                withdrawn(POOL_TWO)))
        .last()
        .isEqualTo(new OperationFinished(OPERATION, CLUSTER, "create-cluster"));
    assertThat(names(last(CREATE, CONTROL_PLANE_READY, withdrawn(COMPONENTS))))
        .isEqualTo("TargetWithdrawn,PoolRequested,PoolRequested");
    assertThat(names(last(Runs.DELETE, withdrawn(POOL_ONE), observed(POOL_TWO, Runs.NO_POOL))))
        .isEqualTo("TargetConverged,AdditionalResourcesRemovalRequested");
  }

  @Test
  void a_rejected_command_and_a_cancellation_end_the_run_with_the_reason() {
    assertThat(last(CREATE, commandRefused()))
        .containsExactly(
            new OperationFailed(
                OPERATION,
                CLUSTER,
                "create-cluster",
                "the command FinishPoolCreation was rejected (NOT_FOUND): the pool is deleted"));
    assertThat(last(CREATE, new Input.CancelRequested("enough")))
        .containsExactly(new OperationCancelled(OPERATION, CLUSTER, "enough"));
  }

  @Test
  void the_failure_of_an_awaited_run_fails_its_target() {
    assertThat(
            last(
                Runs.UPGRADE,
                CONTROL_PLANE_READY,
                COMPONENTS_READY,
                new Input.RunEnded(POOL_TWO, null),
                new Input.RunEnded(POOL_ONE, "no room")))
        .containsExactly(
            new TargetFailed(OPERATION, CLUSTER, "upgrade-cluster", POOL_ONE, "no room"),
            new OperationFailed(OPERATION, CLUSTER, "upgrade-cluster", POOL_ONE + ": no room"));
  }

  @Test
  void only_requests_that_have_not_ended_are_open() {
    assertThat(Stream.of(Phase.values()).filter(Phase::open))
        .containsExactly(Phase.REQUESTED, Phase.OBSERVATION_AWAITED, Phase.RUN_AWAITED);
    Running pools = (Running) after(CREATE, CONTROL_PLANE_READY, COMPONENTS_READY, POOL_ONE_READY);
    assertThat(pools.open().keySet()).containsExactly(POOL_TWO);
    assertThat(pools.requests()).hasSize(4);
  }
}
