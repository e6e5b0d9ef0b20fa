package io.keelson.projections.status;

import static io.keelson.projections.status.Examples.CLUSTER;
import static io.keelson.projections.status.Examples.CURRENT;
import static io.keelson.projections.status.Examples.DECISION;
import static io.keelson.projections.status.Examples.DELETION;
import static io.keelson.projections.status.Examples.INITIATOR;
import static io.keelson.projections.status.Examples.LINEAGE;
import static io.keelson.projections.status.Examples.NEXT;
import static io.keelson.projections.status.Examples.NODE;
import static io.keelson.projections.status.Examples.OPERATION;
import static io.keelson.projections.status.Examples.PARENT;
import static io.keelson.projections.status.Examples.POOL;
import static io.keelson.projections.status.Examples.POOL_RUN;
import static io.keelson.projections.status.Examples.SUCCESSOR;
import static io.keelson.projections.status.Examples.after;
import static io.keelson.projections.status.Examples.at;
import static io.keelson.projections.status.Examples.blocked;
import static io.keelson.projections.status.Examples.controlPlane;
import static io.keelson.projections.status.Examples.converged;
import static io.keelson.projections.status.Examples.deletion;
import static io.keelson.projections.status.Examples.instant;
import static io.keelson.projections.status.Examples.operationEvent;
import static io.keelson.projections.status.Examples.operationEvents;
import static io.keelson.projections.status.Examples.planned;
import static io.keelson.projections.status.Examples.poolRequested;
import static io.keelson.projections.status.Examples.poolTarget;
import static io.keelson.projections.status.Examples.roll;
import static io.keelson.projections.status.Examples.started;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.keelson.commands.ClusterAction;
import io.keelson.commands.Lineage;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.Origin;
import io.keelson.commands.PoolId;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.cluster.ClusterPlan;
import io.keelson.commands.node.NodePlan;
import io.keelson.commands.operation.Blocker;
import io.keelson.commands.operation.ComponentsTarget;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.ProcessEvent;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.RequestEvent;
import io.keelson.commands.operation.RequestEvent.AdditionalResourcesRemovalRequested;
import io.keelson.commands.operation.RequestEvent.ClusterRemovalRequested;
import io.keelson.commands.operation.RequestEvent.PoolRemovalRequested;
import io.keelson.commands.operation.RequestEvent.RunAwaited;
import io.keelson.commands.operation.RunEvent.OperationStarted;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent.TargetFailed;
import io.keelson.commands.operation.TargetEvent.TargetWithdrawn;
import io.keelson.commands.pool.PoolPlan;
import io.keelson.commands.upgrade.RollEvent;
import io.keelson.commands.upgrade.RollEvent.NodeReplaced;
import io.keelson.commands.upgrade.UpgradePlan;
import io.keelson.projections.Cells;
import io.keelson.projections.Cells.Cell;
import io.keelson.projections.Delivery;
import io.keelson.projections.Leaves;
import io.keelson.projections.status.OperationStatus.Progress;
import io.keelson.projections.status.OperationStatus.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OperationStatusTest {

  private static final Target TARGET = Target.pool(POOL);
  private static final PoolId OTHER_POOL = new PoolId(new UUID(4, 2));
  private static final Target OTHER_TARGET = Target.pool(OTHER_POOL);
  private static final UpgradePolicy POLICY = new UpgradePolicy(1, 2);

  /**
   * Of a run with one step, for the pool, and one planned node. The words that are no state of the
   * run: STEP, the step has started; NODE, the node has another state; BLOCK, something blocks the
   * target; ENDED, the step has ended.
   */
  private static final Cells CELLS =
      new Cells(
          """
          event                               RUNNING   FINISHED FAILED CANCELLED
          OperationStarted                    .         .        .      .
          DecisionMade                        .         .        .      .
          DeadlineExtended                    .         .        .      .
          OperationFinished                   FINISHED  .        .      .
          OperationFailed                     FAILED    .        .      .
          OperationCancelled                  CANCELLED .        .      .
          ControlPlaneRequested               STEP      .        .      .
          ComponentsRequested                 STEP      .        .      .
          PoolRequested                       STEP      .        .      .
          AclRequested                        STEP      .        .      .
          NodeRebootRequested                 STEP      .        .      .
          ClusterActionRequested            STEP      .        .      .
          PoolRemovalRequested                STEP      .        .      .
          AdditionalResourcesRemovalRequested STEP      .        .      .
          ClusterRemovalRequested             STEP      .        .      .
          PoolObservationAwaited              STEP      .        .      .
          RunAwaited                          STEP      .        .      .
          TargetBlocked                       BLOCK     .        .      .
          TargetConverged                     ENDED     .        .      .
          TargetFailed                        ENDED     .        .      .
          TargetWithdrawn                     ENDED     .        .      .
          NodesPlanned                        .         .        .      .
          NodesSelected                       NODE      .        .      .
          NodeReplaced                        NODE      .        .      .
          """);

  static Stream<Cell> cells() {
    return CELLS.all();
  }

  @Test
  void has_a_cell_for_every_event_in_every_state() {
    assertThat(CELLS.events())
        .hasSameElementsAs(Leaves.of(OperationEvent.class, ProcessEvent.class, RollEvent.class));
    assertThat(CELLS.all().map(Cell::before).distinct().map(State::valueOf))
        .containsExactlyInAnyOrder(State.values());
  }

  @ParameterizedTest
  @MethodSource("cells")
  void moves_as_the_table_says(Cell cell) {
    OperationStatus before = before(State.valueOf(cell.before()));
    OperationEvent event = operationEvent(cell.event());

    OperationStatus after = after(before, at(8, event));

    assertThat(after.version()).isEqualTo(8);
    assertThat(after.updatedAt())
        .isEqualTo(cell.after().isEmpty() ? before.updatedAt() : instant(8));
    assertThat(after(before, at(before.version(), event))).isSameAs(before);
    boolean ends = isState(cell.after());
    assertThat(after.state()).isEqualTo(ends ? State.valueOf(cell.after()) : before.state());
    assertThat(after.endedAt()).isEqualTo(ends ? instant(8) : before.endedAt());
    assertThat(after.reason()).isEqualTo(ends ? reason(after.state()) : before.reason());
    assertThat(after.roll().equals(before.roll())).isEqualTo(!cell.after().equals("NODE"));
    assertThat(after.blockedBy().equals(before.blockedBy()))
        .isEqualTo(!cell.after().equals("BLOCK"));
    switch (cell.after()) {
      case "STEP" ->
          assertThat(Steps.find(after.steps(), ((RequestEvent) event).target()))
              .hasValueSatisfying(
                  step -> assertThat(step.state()).isEqualTo(OperationStep.State.RUNNING));
      case "ENDED" -> assertThat(after.steps()).allMatch(OperationStep::ended);
      default -> assertThat(after.steps()).isEqualTo(before.steps());
    }
  }

  private static boolean isState(String word) {
    return Stream.of(State.values()).anyMatch(state -> state.name().equals(word));
  }

  private static @Nullable String reason(State end) {
    return Map.of(State.FAILED, "no progress", State.CANCELLED, "superseded").get(end);
  }

  private static OperationStatus before(State state) {
    OperationStatus running =
        after(
            OperationFold.first(at(0, started(roll(POLICY), TARGET))).orElseThrow(),
            at(1, planned(NODE)));
    return switch (state) {
      case RUNNING -> running;
      case FINISHED -> after(running, at(2, operationEvent("OperationFinished")));
      case FAILED -> after(running, at(2, operationEvent("OperationFailed")));
      case CANCELLED -> after(running, at(2, operationEvent("OperationCancelled")));
    };
  }

  static Stream<Arguments> plans() {
    var pool = poolTarget(CURRENT);
    var components = new ComponentsTarget(2, NEXT, List.of("coredns"));
    return Stream.of(
        plan(
            new ClusterPlan.CreateCluster(
                CLUSTER, controlPlane(CURRENT), components, List.of(pool)),
            OperationKind.CREATE,
            null),
        plan(
            new ClusterPlan.UpdateCluster(CLUSTER, controlPlane(CURRENT)),
            OperationKind.UPDATE,
            null),
        plan(
            new ClusterPlan.SetClusterType(CLUSTER, controlPlane(CURRENT)),
            OperationKind.SET_TYPE,
            null),
        plan(new ClusterPlan.SetAcl(CLUSTER, 2), OperationKind.UPDATE, null),
        plan(
            new ClusterPlan.RunAction(CLUSTER, ClusterAction.RESET_ADMIN_TOKEN),
            OperationKind.RESET_ADMIN_TOKEN,
            null),
        plan(deletion(), OperationKind.DELETE, null),
        plan(new PoolPlan.CreatePool(CLUSTER, pool), OperationKind.CREATE, POOL),
        plan(new PoolPlan.UpdatePool(CLUSTER, pool, List.of()), OperationKind.UPDATE, POOL),
        plan(new PoolPlan.ScalePool(CLUSTER, pool, List.of(NODE)), OperationKind.SCALE, POOL),
        plan(new PoolPlan.DeletePool(CLUSTER, POOL), OperationKind.DELETE, POOL),
        plan(
            new UpgradePlan.UpgradeCluster(CLUSTER, controlPlane(NEXT), components, List.of()),
            OperationKind.UPGRADE,
            null),
        Arguments.of(roll(POLICY), OperationKind.UPGRADE, POOL, null, 3),
        Arguments.of(
            new UpgradePlan.ReplaceNode(CLUSTER, pool, NODE, new UpgradePolicy(0, 0)),
            OperationKind.REPLACE_NODE,
            POOL,
            NODE,
            1),
        Arguments.of(
            new NodePlan.RebootNode(CLUSTER, POOL, NODE, "boot-1"),
            OperationKind.REBOOT_NODE,
            POOL,
            NODE,
            1));
  }

  private static Arguments plan(Plan plan, OperationKind kind, @Nullable PoolId pool) {
    return Arguments.of(plan, kind, pool, null, 1);
  }

  @Test
  void is_tried_with_every_plan() {
    assertThat(plans().map(a -> requireNonNull(a.get()[0]).getClass().getSimpleName()))
        .hasSameElementsAs(
            Leaves.of(ClusterPlan.class, PoolPlan.class, NodePlan.class, UpgradePlan.class));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void begins_with_its_initiator_its_cause_and_its_steps(
      Plan plan,
      OperationKind kind,
      @Nullable PoolId pool,
      @Nullable NodeId node,
      int maxInFlight) {
    Lineage lineage = new Lineage(INITIATOR, new UUID(9, 9), PARENT);
    OperationStarted started =
        new OperationStarted(
            OPERATION,
            CLUSTER,
            plan,
            lineage,
            List.of(TARGET, Target.CLUSTER),
            Duration.ofMinutes(10));

    OperationStatus row =
        OperationFold.first(
                new Delivery<>(
                    started,
                    0,
                    instant(0),
                    Origin.system("processes", Origin.EVENTS, "17").toMetadata()))
            .orElseThrow();

    assertThat(row)
        .isEqualTo(
            new OperationStatus(
                OPERATION,
                0,
                kind,
                CLUSTER,
                pool,
                node,
                State.RUNNING,
                null,
                INITIATOR,
                lineage.correlationId(),
                PARENT,
                Origin.EVENTS,
                "17",
                List.of(
                    step(TARGET, OperationStep.State.PLANNED, null, null, null, null),
                    step(Target.CLUSTER, OperationStep.State.PLANNED, null, null, null, null)),
                new RollProgress(maxInFlight, List.of()),
                List.of(),
                node == null ? List.of() : List.of(node),
                instant(0),
                null,
                instant(0)));
  }

  @Test
  void begins_with_nothing_but_its_start() {
    operationEvents()
        .forEach(
            (name, event) ->
                assertThat(OperationFold.first(at(0, event)).isPresent())
                    .isEqualTo(name.equals("OperationStarted")));
  }

  @Test
  void says_of_each_step_when_it_started_and_how_it_ended() {
    OperationStatus row =
        after(
            begun(deletion(), TARGET, Target.ADDITIONAL_RESOURCES, Target.CLUSTER),
            at(1, new PoolRemovalRequested(OPERATION, CLUSTER, POOL)),
            at(3, converged(TARGET, "absent")),
            at(4, new AdditionalResourcesRemovalRequested(OPERATION, CLUSTER)),
            at(5, new AdditionalResourcesRemovalRequested(OPERATION, CLUSTER)));

    assertThat(row.steps())
        .containsExactly(
            step(TARGET, OperationStep.State.FINISHED, 1L, 3L, "absent", null),
            step(Target.ADDITIONAL_RESOURCES, OperationStep.State.RUNNING, 4L, null, null, null),
            step(Target.CLUSTER, OperationStep.State.PLANNED, null, null, null, null));
    assertThat(row.progress()).isEqualTo(new Progress(1, 3));
    assertThat(row.updatedAt()).as("a repeat is not visible").isEqualTo(instant(4));
  }

  @ParameterizedTest
  @EnumSource(
      value = State.class,
      names = {"FINISHED", "FAILED", "CANCELLED"})
  void ends_what_still_runs_with_the_run_and_never_starts_the_rest(State end) {
    OperationStatus row =
        after(
            begun(deletion(), TARGET, Target.CLUSTER),
            at(1, new PoolRemovalRequested(OPERATION, CLUSTER, POOL)),
            at(2, blocked(TARGET, new Blocker(null, "a"))),
            at(
                3,
                operationEvent(
                    Map.of(
                            State.FINISHED,
                            "OperationFinished",
                            State.FAILED,
                            "OperationFailed",
                            State.CANCELLED,
                            "OperationCancelled")
                        .getOrDefault(end, ""))));

    assertThat(row.state()).isEqualTo(end);
    assertThat(row.steps())
        .containsExactly(
            step(TARGET, OperationStep.State.valueOf(end.name()), 1L, 3L, reason(end), null),
            step(Target.CLUSTER, OperationStep.State.PLANNED, null, null, null, null));
    assertThat(row.blockedBy()).isEmpty();
    assertThat(row.endedAt()).isEqualTo(instant(3));
    assertThat(row.duration(instant(99))).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void runs_for_as_long_as_it_has_not_ended() {
    assertThat(begun(deletion()).duration(instant(99))).isEqualTo(Duration.ofSeconds(99));
  }

  @Test
  void keeps_the_first_end_of_a_step() {
    OperationStatus row =
        after(
            begun(deletion(), TARGET, Target.CLUSTER),
            at(1, new PoolRemovalRequested(OPERATION, CLUSTER, POOL)),
            at(2, converged(TARGET, "absent")),
            at(3, new TargetFailed(OPERATION, CLUSTER, "delete-cluster", TARGET, "stuck")));

    assertThat(row.steps())
        .first()
        .isEqualTo(step(TARGET, OperationStep.State.FINISHED, 1L, 2L, "absent", null));
  }

  @Test
  void adds_a_step_for_a_target_that_was_not_planned() {
    OperationStatus row =
        after(begun(deletion(), TARGET), at(1, new ClusterRemovalRequested(OPERATION, CLUSTER)));

    assertThat(row.steps())
        .last()
        .isEqualTo(step(Target.CLUSTER, OperationStep.State.RUNNING, 1L, null, null, null));
  }

  @Test
  void names_the_run_that_does_a_step_until_it_does_the_step_itself() {
    OperationStatus awaiting =
        after(
            begun(roll(POLICY), TARGET, OTHER_TARGET),
            at(1, new RunAwaited(OPERATION, CLUSTER, TARGET, POOL_RUN)),
            at(2, new RunAwaited(OPERATION, CLUSTER, OTHER_TARGET, DELETION)),
            at(3, blocked(TARGET, new Blocker(null, "no capacity"))));
    assertThat(awaiting.steps())
        .extracting(OperationStep::target, OperationStep::run)
        .containsExactly(tuple(TARGET.name(), POOL_RUN), tuple(OTHER_TARGET.name(), DELETION));
    assertThat(awaiting.blockedBy())
        .containsExactly(new BlockedBy(TARGET.name(), null, POOL_RUN, "no capacity", instant(3)));

    assertThat(after(awaiting, at(4, poolRequested())).steps())
        .first()
        .isEqualTo(step(TARGET, OperationStep.State.RUNNING, 1L, null, null, null));
    assertThat(after(awaiting, at(4, converged(TARGET, "5 of 5 nodes replaced"))).steps())
        .first()
        .isEqualTo(
            step(TARGET, OperationStep.State.FINISHED, 1L, 4L, "5 of 5 nodes replaced", POOL_RUN));
  }

  @Test
  void says_why_a_step_failed_or_is_no_longer_desired() {
    OperationStatus row = after(begun(roll(POLICY), TARGET), at(1, poolRequested()));

    assertThat(
            after(row, at(2, new TargetFailed(OPERATION, CLUSTER, "upgrade-pool", TARGET, "stuck")))
                .steps())
        .containsExactly(step(TARGET, OperationStep.State.FAILED, 1L, 2L, "stuck", null));
    assertThat(
            after(
                    row,
                    at(
                        2,
                        new TargetWithdrawn(
                            OPERATION, CLUSTER, TARGET, "the pool is deleted", DECISION)))
                .steps())
        .containsExactly(
            step(TARGET, OperationStep.State.CANCELLED, 1L, 2L, "the pool is deleted", null));
  }

  @Test
  void says_what_blocks_it_and_since_when() {
    Blocker drain = new Blocker(NODE, "web-pdb needs 2 pods");
    Blocker capacity = new Blocker(null, "no capacity");
    OperationStatus row =
        after(
            begun(roll(POLICY), TARGET, OTHER_TARGET),
            at(2, planned(NODE)),
            at(3, blocked(TARGET, drain, capacity)),
            at(4, blocked(OTHER_TARGET, capacity)),
            at(5, blocked(TARGET, new Blocker(SUCCESSOR, "web-pdb needs 2 pods"), drain)));

    assertThat(row.blockedBy())
        .containsExactly(
            new BlockedBy(OTHER_TARGET.name(), null, null, "no capacity", instant(4)),
            new BlockedBy(TARGET.name(), SUCCESSOR, null, "web-pdb needs 2 pods", instant(5)),
            new BlockedBy(TARGET.name(), NODE, null, "web-pdb needs 2 pods", instant(3)));
    assertThat(row.blocker(NODE).map(BlockedBy::since)).contains(instant(3));
    assertThat(row.blocker(new NodeId(new UUID(5, 5)))).isEmpty();
    for (OperationEvent over :
        List.of(
            blocked(TARGET),
            converged(TARGET, "done"),
            new TargetFailed(OPERATION, CLUSTER, "upgrade-pool", TARGET, "stuck"),
            new TargetWithdrawn(OPERATION, CLUSTER, TARGET, "superseded", DECISION))) {
      assertThat(after(row, at(6, over)).blockedBy())
          .containsExactly(
              new BlockedBy(OTHER_TARGET.name(), null, null, "no capacity", instant(4)));
    }
  }

  @Test
  void knows_every_node_that_it_is_about() {
    NodeId removed = new NodeId(new UUID(5, 2));

    OperationStatus row =
        after(
            begun(roll(POLICY), TARGET),
            at(1, planned(NODE)),
            at(2, poolRequested(removed, NODE)),
            at(3, new NodeReplaced(OPERATION, CLUSTER, POOL, NODE, SUCCESSOR)));

    assertThat(row.nodeIds()).containsExactly(NODE, removed, SUCCESSOR);
  }

  @Test
  void has_the_lineage_of_its_run() {
    OperationStatus row = begun(deletion());

    assertThat(row.requestedBy()).isEqualTo(LINEAGE.initiator());
    assertThat(row.correlation()).isEqualTo(LINEAGE.correlationId());
    assertThat(row.parent()).isNull();
  }

  private static OperationStatus begun(Plan plan, Target... steps) {
    return OperationFold.first(at(0, started(plan, steps))).orElseThrow();
  }

  private static OperationStep step(
      Target target,
      OperationStep.State state,
      @Nullable Long started,
      @Nullable Long finished,
      @Nullable String detail,
      @Nullable OperationId run) {
    return new OperationStep(
        target.name(),
        state,
        started == null ? null : instant(started),
        finished == null ? null : instant(finished),
        detail,
        run);
  }
}
