package io.keelson.projections.status;

import static io.keelson.projections.status.Examples.CLUSTER;
import static io.keelson.projections.status.Examples.OPERATION;
import static io.keelson.projections.status.Examples.POOL;
import static io.keelson.projections.status.Examples.REGION;
import static io.keelson.projections.status.Examples.at;
import static io.keelson.projections.status.Examples.clusterEvents;
import static io.keelson.projections.status.Examples.instant;
import static io.keelson.projections.status.Examples.poolSpec;
import static io.keelson.projections.status.Examples.poolStarted;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterEvent.PoolDeletionFinished;
import io.keelson.projections.Cells;
import io.keelson.projections.Cells.Cell;
import io.keelson.projections.Leaves;
import io.keelson.projections.status.PoolStatus.Phase;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PoolStatusTest {

  private static final Cells CELLS =
      new Cells(
          """
          event                       SCALING  READY    WARNING  UPGRADING LOCKED   DELETING DELETED
          ClusterCreationStarted      .        .        .        .         .        .        .
          ClusterCreationFinished     .        .        .        .         .        .        .
          ClusterCreationFailed       .        .        .        .         .        .        .
          PoolCreationStarted         .        .        .        .         .        .        .
          PoolCreationFinished        READY    .        .        .         .        .        .
          PoolCreationFailed          WARNING  WARNING  WARNING  WARNING   WARNING  .        .
          PoolUpdateStarted           .        .        .        .         .        .        .
          PoolUpdateFinished          .        .        READY    .         .        .        .
          PoolUpdateFailed            WARNING  WARNING  WARNING  WARNING   WARNING  .        .
          PoolDeletionStarted         DELETING DELETING DELETING DELETING  DELETING .        .
          PoolDeletionFinished        DELETED  DELETED  DELETED  DELETED   DELETED  DELETED  .
          ClusterDeletionStarted      DELETING DELETING DELETING DELETING  DELETING .        .
          ClusterDeletionFinished     DELETED  DELETED  DELETED  DELETED   DELETED  DELETED  .
          ClusterDeletionFailed       .        .        .        .         .        .        .
          ControlPlaneObserved        .        .        .        .         .        .        .
          ComponentsObserved          .        .        .        .         .        .        .
          PoolObserved                .        .        .        .         .        .        .
          AdditionalResourcesObserved .        .        .        .         .        .        .
          ClusterGoneObserved         .        .        .        .         .        .        .
          """);

  static Stream<Cell> cells() {
    return CELLS.all();
  }

  @Test
  void has_a_cell_for_every_event_in_every_phase() {
    assertThat(CELLS.events()).hasSameElementsAs(Leaves.of(ClusterEvent.class));
    assertThat(CELLS.all().map(Cell::before).distinct().map(Phase::valueOf))
        .containsExactlyInAnyOrder(Phase.values());
  }

  @ParameterizedTest
  @MethodSource("cells")
  void moves_as_the_table_says(Cell cell) {
    PoolStatus before = row(POOL, Phase.valueOf(cell.before()));

    PoolStatus after = before.after(at(8, event(cell.event())));

    boolean moved = !cell.after().isEmpty();
    assertThat(after.phase()).isEqualTo(moved ? Phase.valueOf(cell.after()) : before.phase());
    if (moved) {
      assertThat(after.version()).isEqualTo(8);
      assertThat(after.updatedAt()).isEqualTo(instant(8));
    }
    assertThat(after.createdAt()).isEqualTo(before.createdAt());
    assertThat(before.after(at(7, event(cell.event())))).isSameAs(before);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void is_not_moved_by_what_happens_to_another_pool(Cell cell) {
    PoolStatus other = row(new PoolId(new UUID(4, 2)), Phase.valueOf(cell.before()));
    ClusterEvent event = event(cell.event());

    if (event instanceof ClusterEvent.PoolEvent) {
      assertThat(other.after(at(8, event))).isSameAs(other);
    } else {
      assertThat(other.after(at(8, event)).phase())
          .isEqualTo(row(POOL, Phase.valueOf(cell.before())).after(at(8, event)).phase());
    }
  }

  @Test
  void begins_with_its_creation_and_with_nothing_else() {
    assertThat(PoolStatus.first(REGION, at(1, poolStarted(POOL))))
        .contains(
            new PoolStatus(
                POOL,
                1,
                CLUSTER,
                REGION,
                poolSpec("default"),
                Phase.SCALING,
                "",
                instant(1),
                instant(1)));
    clusterEvents().entrySet().stream()
        .filter(e -> !e.getKey().equals("PoolCreationStarted"))
        .forEach(e -> assertThat(PoolStatus.first(REGION, at(1, e.getValue()))).isEmpty());
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void shows_what_was_asked_at_once_unless_it_is_leaving(Phase phase) {
    PoolStatus before = row(POOL, phase);

    PoolStatus after = before.after(at(8, event("PoolUpdateStarted")));

    boolean leaving = phase == Phase.DELETING || phase == Phase.DELETED;
    assertThat(after.spec().labels()).containsEntry("team", leaving ? "blue" : "red");
    assertThat(after.updatedAt()).isEqualTo(leaving ? instant(5) : instant(8));
    assertThat(after.message()).isEqualTo(before.message());
  }

  @Test
  void warns_with_the_reason_until_a_later_change_is_in_force() {
    PoolStatus failed = row(POOL, Phase.SCALING).after(at(8, event("PoolCreationFailed")));
    assertThat(failed.message()).isEqualTo("no quota");
    PoolStatus worse = failed.after(at(9, event("PoolUpdateFailed")));
    assertThat(worse.message()).isEqualTo("stuck");
    PoolStatus mended = worse.after(at(10, event("PoolUpdateFinished")));
    assertThat(mended.message()).isEmpty();
    assertThat(mended.phase()).isEqualTo(Phase.READY);
  }

  @Test
  void is_not_changed_visibly_by_an_update_that_finishes_where_nothing_was_wrong() {
    PoolStatus before = row(POOL, Phase.READY);

    PoolStatus after = before.after(at(8, event("PoolUpdateFinished")));

    assertThat(after.updatedAt()).isEqualTo(before.updatedAt());
    assertThat(after.version()).isEqualTo(8);
  }

  @Test
  void stays_deleted_whatever_comes_late() {
    PoolStatus gone =
        row(POOL, Phase.DELETING).after(at(8, new PoolDeletionFinished(CLUSTER, POOL, OPERATION)));

    clusterEvents()
        .values()
        .forEach(
            event -> {
              assertThat(gone.after(at(9, event)).phase()).isEqualTo(Phase.DELETED);
              assertThat(gone.after(at(9, event)).updatedAt()).isEqualTo(instant(8));
            });
  }

  private static PoolStatus row(PoolId id, Phase phase) {
    return new PoolStatus(
        id, 7, CLUSTER, REGION, poolSpec("default"), phase, "", instant(0), instant(5));
  }

  private static ClusterEvent event(String name) {
    Map<String, ClusterEvent> events = clusterEvents();
    return requireNonNull(events.get(name), name);
  }
}
