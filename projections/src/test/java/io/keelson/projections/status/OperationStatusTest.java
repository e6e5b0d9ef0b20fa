package io.keelson.projections.status;

import static io.keelson.projections.status.Examples.CLUSTER;
import static io.keelson.projections.status.Examples.OPERATION;
import static io.keelson.projections.status.Examples.POOL;
import static io.keelson.projections.status.Examples.at;
import static io.keelson.projections.status.Examples.deletionStarted;
import static io.keelson.projections.status.Examples.instant;
import static io.keelson.projections.status.Examples.operationEvents;
import static io.keelson.projections.status.Examples.poolDocument;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.Origin;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.ClusterRemovalRequested;
import io.keelson.commands.operation.OperationEvent.OperationStarted;
import io.keelson.commands.operation.OperationEvent.PoolRemovalRequested;
import io.keelson.commands.operation.OperationEvent.StepFinished;
import io.keelson.commands.operation.OperationEvent.StepStarted;
import io.keelson.commands.operation.OperationEvent.TargetProgressed;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Target;
import io.keelson.projections.Cells;
import io.keelson.projections.Cells.Cell;
import io.keelson.projections.Delivery;
import io.keelson.projections.Leaves;
import io.keelson.projections.status.OperationStatus.State;
import io.keelson.projections.status.OperationStatus.Step;
import java.util.List;
import java.util.Map;
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
          PoolRemovalRequested                ASKED     .        .      .
          AdditionalResourcesRemovalRequested ASKED     .        .      .
          ClusterRemovalRequested             ASKED     .        .      .
          WishAnswered                        .         .        .      .
          TargetProgressed                    SEEN      .        .      .
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
    Step step = new Step("pools", State.RUNNING, 1, instant(4), null, null);
    OperationStatus before = row(State.valueOf(cell.before()), null, List.of(step), 7, 5);

    OperationStatus expected =
        switch (cell.after()) {
          case "" -> row(before.state(), null, List.of(step), 8, 5);
          case ASKED -> running(new Step("pools", State.RUNNING, 2, instant(4), null, null));
          case SEEN ->
              running(new Step("pools", State.RUNNING, 1, instant(4), null, "1 of 2 nodes left"));
          case WITHDRAWN ->
              running(new Step("pools", State.RUNNING, 1, instant(4), null, "not wanted any more"));
          case STEPPED ->
              running(new Step("pools", State.FINISHED, 1, instant(4), instant(8), null));
          default -> {
            State end = State.valueOf(cell.after());
            yield row(
                end,
                reason(end),
                List.of(new Step("pools", end, 1, instant(4), instant(8), null)),
                8,
                8);
          }
        };

    assertThat(before.after(at(8, event))).isEqualTo(expected);
    assertThat(before.after(at(7, event))).isSameAs(before);
  }

  static Stream<Arguments> plans() {
    return Stream.of(
        Arguments.of(
            new Plan.CreateCluster(
                Examples.clusterDocument(), Examples.componentsDocument(), List.of()),
            OperationKind.CREATE,
            null),
        Arguments.of(new Plan.CreatePool(poolDocument()), OperationKind.CREATE, POOL),
        Arguments.of(new Plan.UpdatePool(poolDocument()), OperationKind.UPDATE, POOL),
        Arguments.of(new Plan.ScalePool(poolDocument()), OperationKind.SCALE, POOL),
        Arguments.of(new Plan.DeletePool(CLUSTER, POOL), OperationKind.DELETE, POOL),
        Arguments.of(
            new Plan.DeleteCluster(CLUSTER, List.of(), false), OperationKind.DELETE, null));
  }

  @Test
  void is_tried_with_every_plan() {
    assertThat(plans().map(a -> requireNonNull(a.get()[0]).getClass().getSimpleName()))
        .hasSameElementsAs(Leaves.of(Plan.class));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void begins_with_who_asked_and_why(Plan plan, OperationKind kind, @Nullable PoolId pool) {
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
                State.RUNNING,
                null,
                "system:reactor",
                Origin.EVENTS,
                "17",
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
            new Step("pools", State.FINISHED, 2, instant(1), instant(6), "1 node left"),
            new Step("cluster", State.RUNNING, 1, instant(7), null, null));
  }

  @Test
  void counts_a_wish_for_the_running_step_of_its_name_before_the_one_begun_last() {
    Step cluster = new Step("cluster", State.RUNNING, 0, instant(1), null, null);
    Step pools = new Step("pools", State.RUNNING, 0, instant(2), null, null);
    OperationStatus row = row(State.RUNNING, null, List.of(cluster, pools), 2, 2);

    List<Step> steps =
        row.after(at(3, new ClusterRemovalRequested(OPERATION, CLUSTER, 1)))
            .after(at(4, new PoolRemovalRequested(OPERATION, CLUSTER, 1, POOL)))
            .steps();

    assertThat(steps).extracting(Step::attempts).containsExactly(1, 1);
  }

  @Test
  void runs_a_step_again_that_is_begun_again() {
    Step done = new Step("pools", State.FINISHED, 3, instant(1), instant(2), "seen");
    OperationStatus row = row(State.RUNNING, null, List.of(done), 2, 2);

    assertThat(row.after(at(3, new StepStarted(OPERATION, CLUSTER, "pools"))).steps())
        .containsExactly(new Step("pools", State.RUNNING, 3, instant(1), null, "seen"));
  }

  @Test
  void is_not_changed_visibly_by_a_wish_outside_of_any_step() {
    OperationStatus row = row(State.RUNNING, null, List.of(), 2, 1);

    assertThat(row.after(at(3, new ClusterRemovalRequested(OPERATION, CLUSTER, 1))))
        .isEqualTo(row(State.RUNNING, null, List.of(), 3, 1));
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
        state,
        reason,
        "system:reactor",
        Origin.EVENTS,
        "17",
        steps,
        instant(0),
        instant(updated));
  }
}
