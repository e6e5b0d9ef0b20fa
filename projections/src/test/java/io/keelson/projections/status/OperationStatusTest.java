package io.keelson.projections.status;

import static io.keelson.projections.status.Examples.CLUSTER;
import static io.keelson.projections.status.Examples.DELETION;
import static io.keelson.projections.status.Examples.NEXT;
import static io.keelson.projections.status.Examples.NODE;
import static io.keelson.projections.status.Examples.OPERATION;
import static io.keelson.projections.status.Examples.POOL;
import static io.keelson.projections.status.Examples.POOL_RUN;
import static io.keelson.projections.status.Examples.at;
import static io.keelson.projections.status.Examples.clusterDocument;
import static io.keelson.projections.status.Examples.componentsDocument;
import static io.keelson.projections.status.Examples.deletionStarted;
import static io.keelson.projections.status.Examples.instant;
import static io.keelson.projections.status.Examples.operationEvents;
import static io.keelson.projections.status.Examples.poolDocument;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.Origin;
import io.keelson.commands.PoolId;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.ClusterRemovalRequested;
import io.keelson.commands.operation.OperationEvent.NodesChosen;
import io.keelson.commands.operation.OperationEvent.NodesPlanned;
import io.keelson.commands.operation.OperationEvent.OperationFailed;
import io.keelson.commands.operation.OperationEvent.OperationFinished;
import io.keelson.commands.operation.OperationEvent.OperationStarted;
import io.keelson.commands.operation.OperationEvent.PoolRemovalRequested;
import io.keelson.commands.operation.OperationEvent.RunAwaited;
import io.keelson.commands.operation.OperationEvent.StepFinished;
import io.keelson.commands.operation.OperationEvent.StepStarted;
import io.keelson.commands.operation.OperationEvent.TargetBlocked;
import io.keelson.commands.operation.OperationEvent.TargetConverged;
import io.keelson.commands.operation.OperationEvent.TargetFailed;
import io.keelson.commands.operation.OperationEvent.TargetProgressed;
import io.keelson.commands.operation.OperationEvent.TargetWithdrawn;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.AclDocument;
import io.keelson.projections.Cells;
import io.keelson.projections.Cells.Cell;
import io.keelson.projections.Delivery;
import io.keelson.projections.Leaves;
import io.keelson.projections.status.OperationStatus.Block;
import io.keelson.projections.status.OperationStatus.Progress;
import io.keelson.projections.status.OperationStatus.State;
import io.keelson.projections.status.OperationStatus.Step;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OperationStatusTest {

  private static final String ASKED = "ASKED";
  private static final String SEEN = "SEEN";
  private static final String WITHDRAWN = "WITHDRAWN";
  private static final String STEPPED = "STEPPED";
  private static final String AWAITED = "AWAITED";
  private static final String BLOCKED = "BLOCKED";

  private static final PoolId OTHER_POOL = new PoolId(new UUID(4, 2));
  private static final UpgradePolicy POLICY = new UpgradePolicy(1, 2);
  private static final Roll ROLL = new Roll(3, 0, 0, 0);
  private static final Step AWAITED_STEP =
      new Step(
          "pool/" + POOL,
          State.RUNNING,
          1,
          instant(8),
          null,
          "waits for operation " + POOL_RUN,
          POOL_RUN);

  /** The words that are no state: what changes in the one step, which runs. */
  private static final Cells CELLS =
      new Cells(
          """
          event                               RUNNING   FINISHED FAILED CANCELLED
          OperationStarted                    .         .        .      .
          StepStarted                         .         .        .      .
          StepFinished                        STEPPED   .        .      .
          ControlPlaneRequested               ASKED     .        .      .
          ComponentsRequested                 ASKED     .        .      .
          PoolRequested                       ASKED     .        .      .
          AclRequested                        ASKED     .        .      .
          NodeRebootRequested                 ASKED     .        .      .
          AdminTokenResetRequested            ASKED     .        .      .
          RunAwaited                          AWAITED   .        .      .
          NodesPlanned                        .         .        .      .
          NodesChosen                         .         .        .      .
          PoolRemovalRequested                ASKED     .        .      .
          AdditionalResourcesRemovalRequested ASKED     .        .      .
          ClusterRemovalRequested             ASKED     .        .      .
          WishAnswered                        .         .        .      .
          TargetProgressed                    SEEN      .        .      .
          TargetBlocked                       BLOCKED   .        .      .
          TargetConverged                     .         .        .      .
          TargetFailed                        .         .        .      .
          TargetWithdrawn                     WITHDRAWN .        .      .
          TimerSet                            .         .        .      .
          DecisionMade                        .         .        .      .
          OperationFinished                   FINISHED  .        .      .
          OperationFailed                     FAILED    .        .      .
          OperationCancelled                  CANCELLED .        .      .
          """);

  static Stream<Cell> cells() {
    return CELLS.all();
  }

  @Test
  void has_a_cell_for_every_event_in_every_state() {
    assertThat(CELLS.events()).hasSameElementsAs(Leaves.of(OperationEvent.class));
    assertThat(CELLS.all().map(Cell::before).distinct().map(State::valueOf))
        .containsExactlyInAnyOrder(State.values());
  }

  @ParameterizedTest
  @MethodSource("cells")
  void moves_as_the_table_says(Cell cell) {
    OperationEvent event = requireNonNull(operationEvents().get(cell.event()));
    Step step = new Step("pools", State.RUNNING, 1, instant(4), null, null, null);
    OperationStatus before = row(State.valueOf(cell.before()), null, List.of(step), 7, 5);

    OperationStatus expected =
        switch (cell.after()) {
          case "" -> row(before.state(), null, List.of(step), 8, 5);
          case ASKED -> running(new Step("pools", State.RUNNING, 2, instant(4), null, null, null));
          case SEEN ->
              running(
                  new Step("pools", State.RUNNING, 1, instant(4), null, "1 of 2 nodes left", null));
          case WITHDRAWN ->
              running(
                  new Step(
                      "pools", State.RUNNING, 1, instant(4), null, "not wanted any more", null));
          case BLOCKED ->
              held(
                  row(State.RUNNING, null, List.of(step), 8, 8),
                  new Block("pool/" + POOL, "web-pdb needs 2 pods", instant(8)));
          case AWAITED -> row(State.RUNNING, null, List.of(step, AWAITED_STEP), 8, 8);
          case STEPPED ->
              running(new Step("pools", State.FINISHED, 1, instant(4), instant(8), null, null));
          default -> {
            State end = State.valueOf(cell.after());
            yield row(
                end,
                reason(end),
                List.of(new Step("pools", end, 1, instant(4), instant(8), null, null)),
                8,
                8);
          }
        };

    assertThat(before.after(at(8, event))).isEqualTo(expected);
    assertThat(before.after(at(7, event))).isSameAs(before);
  }

  static Stream<Arguments> plans() {
    return Stream.of(
        plan(
            new Plan.CreateCluster(clusterDocument(), componentsDocument(), List.of()),
            OperationKind.CREATE),
        plan(new Plan.CreatePool(poolDocument()), OperationKind.CREATE, POOL),
        plan(new Plan.UpdatePool(poolDocument()), OperationKind.UPDATE, POOL),
        plan(new Plan.ScalePool(poolDocument()), OperationKind.SCALE, POOL),
        plan(new Plan.UpdateCluster(clusterDocument()), OperationKind.UPDATE),
        plan(new Plan.SetClusterType(clusterDocument()), OperationKind.SET_TYPE),
        plan(
            new Plan.UpgradeCluster(clusterDocument(), componentsDocument(), NEXT, NEXT, List.of()),
            OperationKind.UPGRADE),
        plan(new Plan.UpgradePool(poolDocument(), NEXT, POLICY), OperationKind.UPGRADE, POOL, ROLL),
        Arguments.of(
            new Plan.ReplaceNode(poolDocument(), NODE, POLICY),
            OperationKind.REPLACE_NODE,
            POOL,
            NODE,
            ROLL),
        Arguments.of(
            new Plan.RebootNode(CLUSTER, POOL, NODE), OperationKind.REBOOT_NODE, POOL, NODE, null),
        plan(new Plan.SetAcl(new AclDocument(CLUSTER, 2, List.of())), OperationKind.UPDATE),
        plan(new Plan.ResetAdminToken(CLUSTER), OperationKind.RESET_ADMIN_TOKEN),
        plan(new Plan.DeletePool(CLUSTER, POOL), OperationKind.DELETE, POOL),
        plan(new Plan.DeleteCluster(CLUSTER, List.of(), false), OperationKind.DELETE));
  }

  private static Arguments plan(Plan plan, OperationKind kind) {
    return Arguments.of(plan, kind, null, null, null);
  }

  private static Arguments plan(Plan plan, OperationKind kind, PoolId pool) {
    return Arguments.of(plan, kind, pool, null, null);
  }

  private static Arguments plan(Plan plan, OperationKind kind, PoolId pool, Roll roll) {
    return Arguments.of(plan, kind, pool, null, roll);
  }

  @Test
  void is_tried_with_every_plan() {
    assertThat(plans().map(a -> requireNonNull(a.get()[0]).getClass().getSimpleName()))
        .hasSameElementsAs(Leaves.of(Plan.class));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void begins_with_who_asked_and_why(
      Plan plan,
      OperationKind kind,
      @Nullable PoolId pool,
      @Nullable NodeId node,
      @Nullable Roll roll) {
    Origin origin = Origin.system("reactor", Origin.EVENTS, "17");

    OperationStatus row =
        OperationStatus.first(
                new Delivery<>(
                    new OperationStarted(OPERATION, CLUSTER, plan),
                    0,
                    instant(0),
                    origin.toMetadata()))
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
                "system:reactor",
                Origin.EVENTS,
                "17",
                List.of(),
                roll,
                List.of(),
                instant(0),
                instant(0)));
  }

  @Test
  void begins_with_nothing_but_its_start() {
    operationEvents()
        .forEach(
            (name, event) ->
                assertThat(OperationStatus.first(at(0, event)).isPresent())
                    .isEqualTo(name.equals("OperationStarted")));
  }

  @Test
  void tells_its_steps_in_the_order_in_which_they_were_begun() {
    OperationStatus row = OperationStatus.first(at(0, deletionStarted())).orElseThrow();
    List<OperationEvent> events =
        List.of(
            new StepStarted(OPERATION, CLUSTER, "pools"),
            new PoolRemovalRequested(OPERATION, CLUSTER, 1, POOL),
            new PoolRemovalRequested(OPERATION, CLUSTER, 2, POOL),
            new TargetProgressed(OPERATION, CLUSTER, Target.pool(POOL), "2 nodes left"),
            new TargetProgressed(OPERATION, CLUSTER, Target.pool(POOL), "1 node left"),
            new StepFinished(OPERATION, CLUSTER, OperationKind.DELETE, "pools"),
            new StepStarted(OPERATION, CLUSTER, "cluster"),
            new ClusterRemovalRequested(OPERATION, CLUSTER, 1));
    for (OperationEvent event : events) {
      row = row.after(at(row.version() + 1, event));
    }

    assertThat(row.steps())
        .containsExactly(
            new Step("pools", State.FINISHED, 2, instant(1), instant(6), "1 node left", null),
            new Step("cluster", State.RUNNING, 1, instant(7), null, null, null));
  }

  @Test
  void counts_a_wish_for_the_running_step_of_its_name_before_the_one_begun_last() {
    Step cluster = new Step("cluster", State.RUNNING, 0, instant(1), null, null, null);
    Step pools = new Step("pools", State.RUNNING, 0, instant(2), null, null, null);
    OperationStatus row = row(State.RUNNING, null, List.of(cluster, pools), 2, 2);

    List<Step> steps =
        row.after(at(3, new ClusterRemovalRequested(OPERATION, CLUSTER, 1)))
            .after(at(4, new PoolRemovalRequested(OPERATION, CLUSTER, 1, POOL)))
            .steps();

    assertThat(steps).extracting(Step::attempts).containsExactly(1, 1);
  }

  @Test
  void runs_a_step_again_that_is_begun_again() {
    Step done = new Step("pools", State.FINISHED, 3, instant(1), instant(2), "seen", null);
    OperationStatus row = row(State.RUNNING, null, List.of(done), 2, 2);

    assertThat(row.after(at(3, new StepStarted(OPERATION, CLUSTER, "pools"))).steps())
        .containsExactly(new Step("pools", State.RUNNING, 3, instant(1), null, "seen", null));
  }

  @Test
  void is_not_changed_visibly_by_a_wish_outside_of_any_step() {
    OperationStatus row = row(State.RUNNING, null, List.of(), 2, 1);

    assertThat(row.after(at(3, new ClusterRemovalRequested(OPERATION, CLUSTER, 1))))
        .isEqualTo(row(State.RUNNING, null, List.of(), 3, 1));
  }

  @Test
  void shows_each_run_that_it_waits_for_as_a_step_until_that_has_ended() {
    OperationStatus row =
        row(State.RUNNING, null, List.of(), 2, 2)
            .after(at(3, new StepStarted(OPERATION, CLUSTER, "pools")))
            .after(at(4, waiting(POOL, POOL_RUN)))
            .after(at(5, waiting(OTHER_POOL, DELETION)));
    assertThat(row.steps())
        .extracting(Step::name, Step::run)
        .containsExactly(
            tuple("pools", null),
            tuple("pool/" + POOL, POOL_RUN),
            tuple("pool/" + OTHER_POOL, DELETION));

    Target target = Target.pool(POOL);
    assertThat(
            row.after(at(6, new TargetConverged(OPERATION, CLUSTER, OperationKind.UPGRADE, target)))
                .steps())
        .element(1)
        .isEqualTo(ended(State.FINISHED, "waits for operation " + POOL_RUN));
    assertThat(
            row.after(
                    at(
                        6,
                        new TargetFailed(
                            OPERATION, CLUSTER, OperationKind.UPGRADE, target, "not drained")))
                .steps())
        .element(1)
        .isEqualTo(ended(State.FAILED, "not drained"));
    OperationStatus withdrawn =
        row.after(at(6, new TargetWithdrawn(OPERATION, CLUSTER, target, "the pool is deleted")));
    assertThat(withdrawn.steps())
        .element(1)
        .isEqualTo(ended(State.CANCELLED, "the pool is deleted"));
    assertThat(withdrawn.steps())
        .extracting(Step::state)
        .containsExactly(State.RUNNING, State.CANCELLED, State.RUNNING);
    assertThat(withdrawn.updatedAt()).isEqualTo(instant(6));
  }

  @Test
  void counts_a_run_that_it_waits_for_again_once() {
    OperationStatus row =
        row(State.RUNNING, null, List.of(), 2, 2)
            .after(at(4, waiting(POOL, DELETION)))
            .after(at(5, waiting(POOL, POOL_RUN)));

    assertThat(row.steps())
        .containsExactly(
            new Step(
                "pool/" + POOL,
                State.RUNNING,
                2,
                instant(4),
                null,
                "waits for operation " + POOL_RUN,
                POOL_RUN));
  }

  @Test
  void counts_steps_where_it_replaces_no_nodes() {
    Step done = new Step("control-plane", State.FINISHED, 1, instant(1), instant(2), null, null);
    Step open = new Step("pools", State.RUNNING, 1, instant(2), null, null, null);

    OperationStatus row = row(State.RUNNING, null, List.of(done, open), 2, 2);

    assertThat(row.progress()).isEqualTo(new Progress(1, 2));
    assertThat(row(State.FINISHED, null, List.of(), 2, 2).progress()).isEqualTo(new Progress(0, 0));
  }

  @Test
  void counts_the_nodes_that_it_has_replaced_of_those_that_it_is_to_replace() {
    List<NodeId> nodes = Stream.of(1, 2, 3, 4, 5).map(n -> new NodeId(new UUID(5, n))).toList();
    OperationStatus row = rolling(new UpgradePolicy(1, 1));
    assertThat(row.progress()).isEqualTo(new Progress(0, 0));

    row = row.after(at(1, new NodesPlanned(OPERATION, CLUSTER, POOL, nodes)));
    assertThat(row.progress()).isEqualTo(new Progress(0, 5));
    assertThat(row.updatedAt()).isEqualTo(instant(1));
    row = chosen(row, nodes.subList(0, 2));
    assertThat(row.progress()).as("both are on their way").isEqualTo(new Progress(0, 5));
    row = chosen(row, nodes.subList(2, 3));
    assertThat(row.progress()).as("one has made room").isEqualTo(new Progress(1, 5));
    row = chosen(row, nodes.subList(3, 5));
    assertThat(row.progress()).isEqualTo(new Progress(3, 5));

    OperationStatus failed =
        row.after(at(9, new OperationFailed(OPERATION, CLUSTER, OperationKind.UPGRADE, "stuck")));
    assertThat(failed.progress()).isEqualTo(new Progress(3, 5));
    OperationStatus finished =
        row.after(at(9, new OperationFinished(OPERATION, CLUSTER, OperationKind.UPGRADE)));
    assertThat(finished.progress()).isEqualTo(new Progress(5, 5));
  }

  @Test
  void counts_one_node_at_a_time_where_the_policy_allows_none() {
    List<NodeId> nodes = Stream.of(1, 2).map(n -> new NodeId(new UUID(5, n))).toList();

    OperationStatus row =
        rolling(new UpgradePolicy(0, 0))
            .after(at(1, new NodesPlanned(OPERATION, CLUSTER, POOL, nodes)));

    assertThat(chosen(row, nodes.subList(0, 1)).progress()).isEqualTo(new Progress(0, 2));
    assertThat(chosen(chosen(row, nodes.subList(0, 1)), nodes.subList(1, 2)).progress())
        .isEqualTo(new Progress(1, 2));
  }

  @Test
  void counts_on_when_nodes_are_planned_for_that_the_first_plan_missed() {
    List<NodeId> nodes = Stream.of(1, 2, 3).map(n -> new NodeId(new UUID(5, n))).toList();
    OperationStatus row =
        rolling(UpgradePolicy.DEFAULT)
            .after(at(1, new NodesPlanned(OPERATION, CLUSTER, POOL, nodes.subList(0, 2))));
    row = chosen(chosen(row, nodes.subList(0, 1)), nodes.subList(1, 2));
    assertThat(row.progress()).isEqualTo(new Progress(1, 2));

    row = row.after(at(4, new NodesPlanned(OPERATION, CLUSTER, POOL, nodes.subList(2, 3))));
    assertThat(row.progress()).isEqualTo(new Progress(2, 3));
    row = chosen(row, nodes.subList(2, 3));
    assertThat(row.progress()).isEqualTo(new Progress(2, 3));

    row = row.after(at(6, new NodesPlanned(OPERATION, CLUSTER, POOL, List.of())));
    assertThat(row.progress()).isEqualTo(new Progress(3, 3));
  }

  @Test
  void counts_none_of_the_nodes_that_go_all_at_once_because_they_do_not_serve() {
    List<NodeId> nodes = Stream.of(1, 2, 3, 4).map(n -> new NodeId(new UUID(5, n))).toList();
    OperationStatus row =
        rolling(UpgradePolicy.DEFAULT)
            .after(at(1, new NodesPlanned(OPERATION, CLUSTER, POOL, nodes)));

    row = chosen(row, nodes.subList(0, 3));
    assertThat(row.progress()).isEqualTo(new Progress(0, 4));
    assertThat(chosen(row, nodes.subList(3, 4)).progress()).isEqualTo(new Progress(1, 4));
  }

  @Test
  void says_since_when_it_is_held_up_and_by_what() {
    Target target = Target.pool(POOL);
    OperationStatus held =
        row(State.RUNNING, null, List.of(), 2, 2)
            .after(at(3, blocked(target, "a", "b")))
            .after(at(4, blocked(Target.pool(OTHER_POOL), "a")))
            .after(at(5, blocked(target, "b", "c")));
    assertThat(held.blockedBy())
        .containsExactly(
            new Block("pool/" + OTHER_POOL, "a", instant(4)),
            new Block("pool/" + POOL, "b", instant(3)),
            new Block("pool/" + POOL, "c", instant(5)));
    assertThat(held.updatedAt()).isEqualTo(instant(5));

    for (OperationEvent over :
        List.of(
            blocked(target),
            new TargetConverged(OPERATION, CLUSTER, OperationKind.UPGRADE, target),
            new TargetFailed(OPERATION, CLUSTER, OperationKind.UPGRADE, target, "stuck"),
            new TargetWithdrawn(OPERATION, CLUSTER, target, "not wanted"))) {
      assertThat(held.after(at(6, over)).blockedBy())
          .containsExactly(new Block("pool/" + OTHER_POOL, "a", instant(4)));
    }
    assertThat(
            held.after(at(6, new OperationFailed(OPERATION, CLUSTER, OperationKind.UPGRADE, "")))
                .blockedBy())
        .isEmpty();
  }

  private static TargetBlocked blocked(Target target, String... reasons) {
    return new TargetBlocked(OPERATION, CLUSTER, target, List.of(reasons));
  }

  private static OperationStatus held(OperationStatus row, Block... blocks) {
    return new OperationStatus(
        row.id(),
        row.version(),
        row.kind(),
        row.cluster(),
        row.pool(),
        row.node(),
        row.state(),
        row.reason(),
        row.requestedBy(),
        row.causeSource(),
        row.causeId(),
        row.steps(),
        row.roll(),
        List.of(blocks),
        row.startedAt(),
        row.updatedAt());
  }

  private static OperationStatus rolling(UpgradePolicy policy) {
    Plan plan = new Plan.UpgradePool(poolDocument(), NEXT, policy);
    return OperationStatus.first(at(0, new OperationStarted(OPERATION, CLUSTER, plan)))
        .orElseThrow();
  }

  private static OperationStatus chosen(OperationStatus row, List<NodeId> nodes) {
    return row.after(at(row.version() + 1, new NodesChosen(OPERATION, CLUSTER, POOL, nodes)));
  }

  private static RunAwaited waiting(PoolId pool, OperationId run) {
    return new RunAwaited(OPERATION, CLUSTER, Target.pool(pool), run);
  }

  private static Step ended(State end, String detail) {
    return new Step("pool/" + POOL, end, 1, instant(4), instant(6), detail, POOL_RUN);
  }

  private static @Nullable String reason(State end) {
    return Map.of(State.FAILED, "nothing moved", State.CANCELLED, "superseded").get(end);
  }

  private static OperationStatus running(Step step) {
    return row(State.RUNNING, null, List.of(step), 8, 8);
  }

  private static OperationStatus row(
      State state, @Nullable String reason, List<Step> steps, long version, long updated) {
    return new OperationStatus(
        OPERATION,
        version,
        OperationKind.DELETE,
        CLUSTER,
        null,
        null,
        state,
        reason,
        "system:reactor",
        Origin.EVENTS,
        "17",
        steps,
        null,
        List.of(),
        instant(0),
        instant(updated));
  }
}
