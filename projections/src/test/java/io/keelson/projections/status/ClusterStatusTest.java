package io.keelson.projections.status;

import static io.keelson.projections.status.Examples.CLUSTER;
import static io.keelson.projections.status.Examples.DELETION;
import static io.keelson.projections.status.Examples.OPERATION;
import static io.keelson.projections.status.Examples.ORGANIZATION;
import static io.keelson.projections.status.Examples.PROJECT;
import static io.keelson.projections.status.Examples.REGION;
import static io.keelson.projections.status.Examples.at;
import static io.keelson.projections.status.Examples.clusterEvent;
import static io.keelson.projections.status.Examples.clusterEvents;
import static io.keelson.projections.status.Examples.clusterSpec;
import static io.keelson.projections.status.Examples.clusterStarted;
import static io.keelson.projections.status.Examples.instant;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterType;
import io.keelson.projections.Cells;
import io.keelson.projections.Cells.Cell;
import io.keelson.projections.Leaves;
import io.keelson.projections.status.ClusterStatus.Phase;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClusterStatusTest {

  /** Of a cluster of the type kapsule that has one pool. */
  private static final Cells CELLS =
      new Cells(
          """
          event                       CREATING READY         POOL_REQUIRED UPDATING DELETING DELETED LOCKED
          ClusterCreationStarted      .        .             .             .        .        .       .
          ClusterCreationFinished     READY    .             .             .        .        .       .
          ClusterCreationFailed       LOCKED   .             .             .        .        .       .
          PoolCreationStarted         .        .             .             .        .        .       .
          PoolCreationFinished        .        .             READY         .        .        .       .
          PoolCreationFailed          .        .             READY         .        .        .       .
          PoolUpdateStarted           .        .             .             .        .        .       .
          PoolUpdateFinished          .        .             .             .        .        .       .
          PoolUpdateFailed            .        .             .             .        .        .       .
          PoolDeletionStarted         .        .             .             .        .        .       .
          PoolDeletionFinished        .        POOL_REQUIRED .             .        .        .       .
          PoolDeletionFailed          .        .             .             .        .        .       .
          ClusterDeletionStarted      DELETING DELETING      DELETING      DELETING DELETING .       DELETING
          ClusterDeletionFinished     DELETED  DELETED       DELETED       DELETED  DELETED  .       DELETED
          ClusterDeletionFailed       .        .             .             .        LOCKED   .       .
          ControlPlaneObserved        .        .             .             .        .        .       .
          ComponentsObserved          .        .             .             .        .        .       .
          PoolObserved                .        .             .             .        .        .       .
          AdditionalResourcesObserved .        .             .             .        .        .       .
          ClusterGoneObserved         .        .             .             .        .        .       .
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
    ClusterStatus before = row(ClusterType.KAPSULE, Phase.valueOf(cell.before()), 1);

    ClusterStatus after = before.after(at(8, clusterEvent(cell.event())));

    boolean moved = !cell.after().isEmpty();
    assertThat(after.version()).isEqualTo(8);
    assertThat(after.phase()).isEqualTo(moved ? Phase.valueOf(cell.after()) : before.phase());
    assertThat(after.updatedAt()).isEqualTo(moved ? instant(8) : before.updatedAt());
    assertThat(after.createdAt()).isEqualTo(before.createdAt());
    assertThat(after.spec()).isEqualTo(before.spec());
    assertThat(before.after(at(7, clusterEvent(cell.event())))).isSameAs(before);
  }

  @Test
  void begins_with_its_creation_and_with_nothing_else() {
    assertThat(ClusterStatus.first(at(0, clusterStarted(ClusterType.KAPSULE))))
        .contains(
            new ClusterStatus(
                CLUSTER,
                0,
                ORGANIZATION,
                PROJECT,
                REGION,
                clusterSpec("prod", ClusterType.KAPSULE, "1.35.3"),
                Phase.CREATING,
                0,
                "",
                OPERATION,
                instant(0),
                instant(0)));
    clusterEvents().entrySet().stream()
        .filter(e -> !e.getKey().equals("ClusterCreationStarted"))
        .forEach(e -> assertThat(ClusterStatus.first(at(0, e.getValue()))).isEmpty());
  }

  @ParameterizedTest
  @EnumSource(ClusterType.class)
  void requires_a_pool_only_when_it_is_a_mutualized_kapsule(ClusterType type) {
    ClusterStatus after =
        row(type, Phase.CREATING, 0).after(at(8, clusterEvent("ClusterCreationFinished")));

    assertThat(after.phase())
        .isEqualTo(type == ClusterType.KAPSULE ? Phase.POOL_REQUIRED : Phase.READY);
    assertThat(after.operation()).isNull();
  }

  @Test
  void counts_its_pools() {
    ClusterStatus none = row(ClusterType.KAPSULE, Phase.READY, 0);

    assertThat(none.after(at(8, clusterEvent("PoolCreationStarted"))).pools()).isEqualTo(1);
    assertThat(none.after(at(8, clusterEvent("PoolDeletionFinished"))).pools()).isZero();
    ClusterStatus two = row(ClusterType.KAPSULE, Phase.READY, 2);
    assertThat(two.after(at(8, clusterEvent("PoolDeletionFinished"))).pools()).isEqualTo(1);
    assertThat(two.after(at(8, clusterEvent("PoolDeletionFinished"))).phase())
        .isEqualTo(Phase.READY);
    assertThat(two.after(at(8, clusterEvent("ClusterDeletionFinished"))).pools()).isZero();
  }

  @Test
  void says_why_it_is_locked_until_it_is_deleted_after_all() {
    assertThat(locked("ClusterCreationFailed", Phase.CREATING).message()).isEqualTo("no capacity");
    assertThat(locked("ClusterDeletionFailed", Phase.DELETING).message()).isEqualTo("still there");

    ClusterStatus again =
        locked("ClusterDeletionFailed", Phase.DELETING)
            .after(at(9, clusterEvent("ClusterDeletionStarted")));
    assertThat(again.message()).isEmpty();
    assertThat(again.operation()).isEqualTo(DELETION);
  }

  private static ClusterStatus locked(String event, Phase before) {
    ClusterStatus locked = row(ClusterType.KAPSULE, before, 1).after(at(8, clusterEvent(event)));
    assertThat(locked.phase()).isEqualTo(Phase.LOCKED);
    assertThat(locked.operation()).isNull();
    return locked;
  }

  private static ClusterStatus row(ClusterType type, Phase phase, int pools) {
    return new ClusterStatus(
        CLUSTER,
        7,
        ORGANIZATION,
        PROJECT,
        REGION,
        clusterSpec("prod", type, "1.35.3"),
        phase,
        pools,
        "",
        OPERATION,
        instant(0),
        instant(5));
  }
}
