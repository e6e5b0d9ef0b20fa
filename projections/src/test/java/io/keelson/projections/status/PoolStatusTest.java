package io.keelson.projections.status;

import static io.keelson.projections.status.Examples.CLUSTER;
import static io.keelson.projections.status.Examples.NEXT;
import static io.keelson.projections.status.Examples.NODE;
import static io.keelson.projections.status.Examples.OPERATION;
import static io.keelson.projections.status.Examples.POOL;
import static io.keelson.projections.status.Examples.REGION;
import static io.keelson.projections.status.Examples.after;
import static io.keelson.projections.status.Examples.at;
import static io.keelson.projections.status.Examples.clusterEvent;
import static io.keelson.projections.status.Examples.clusterEvents;
import static io.keelson.projections.status.Examples.instant;
import static io.keelson.projections.status.Examples.poolSpec;
import static io.keelson.projections.status.Examples.poolStarted;
import static io.keelson.projections.status.Examples.poolUpdate;
import static io.keelson.projections.status.Examples.poolUpgrade;
import static io.keelson.projections.status.Examples.replacement;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.pool.PoolEvent;
import io.keelson.commands.pool.PoolEvent.NodeReplacementFailed;
import io.keelson.commands.pool.PoolEvent.NodeReplacementFinished;
import io.keelson.commands.pool.PoolEvent.PoolCreationFailed;
import io.keelson.commands.pool.PoolEvent.PoolCreationFinished;
import io.keelson.commands.pool.PoolEvent.PoolDeletionFinished;
import io.keelson.commands.pool.PoolEvent.PoolUpdateFailed;
import io.keelson.commands.pool.PoolEvent.PoolUpdateFinished;
import io.keelson.commands.pool.PoolEvent.PoolUpdateStarted;
import io.keelson.commands.spec.PoolChange;
import io.keelson.commands.spec.PoolSpec;
import io.keelson.projections.Cells;
import io.keelson.projections.Cells.Cell;
import io.keelson.projections.Leaves;
import io.keelson.projections.status.PoolStatus.Phase;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PoolStatusTest {

  private static final OperationId RESIZE = new OperationId(new UUID(6, 8));
  private static final OperationId OTHER_RESIZE = new OperationId(new UUID(6, 9));

  private static final Cells CELLS =
      new Cells(
          """
          event                       SCALING   READY     WARNING   UPGRADING LOCKED   DELETING DELETED
          ClusterCreationStarted      .         .         .         .         .        .        .
          ClusterCreationFinished     .         .         .         .         .        .        .
          ClusterCreationFailed       .         .         .         .         .        .        .
          ClusterUpdateStarted        .         .         .         .         .        .        .
          ClusterUpdateFinished       .         .         .         .         .        .        .
          ClusterUpdateFailed         .         .         .         .         .        .        .
          ClusterTypeChangeStarted    .         .         .         .         .        .        .
          ClusterTypeChangeFinished   .         .         .         .         .        .        .
          ClusterTypeChangeFailed     .         .         .         .         .        .        .
          ClusterUpgradeStarted       .         .         .         .         .        .        .
          PoolLeftOut                 .         .         .         .         .        .        .
          ControlPlaneUpgraded        .         .         .         .         .        .        .
          ClusterUpgradeFinished      .         .         .         .         .        .        .
          ClusterUpgradeFailed        .         .         .         .         .        .        .
          AclChangeStarted            .         .         .         .         .        .        .
          AclChangeFinished           .         .         .         .         .        .        .
          AclChangeFailed             .         .         .         .         .        .        .
          ClusterActionStarted      .         .         .         .         .        .        .
          ClusterActionFinished     .         .         .         .         .        .        .
          ClusterActionFailed       .         .         .         .         .        .        .
          PoolCreationStarted         .         .         .         .         .        .        .
          PoolCreationFinished        READY     .         READY     .         .        .        .
          PoolCreationFailed          WARNING   WARNING   WARNING   .         .        .        .
          PoolUpdateStarted           .         .         .         .         .        .        .
          PoolUpdateFinished          READY     .         READY     .         .        .        .
          PoolUpdateFailed            WARNING   WARNING   WARNING   .         .        .        .
          PoolUpgradeStarted          UPGRADING UPGRADING UPGRADING UPGRADING .        .        .
          PoolUpgradeFinished         .         .         .         READY     .        .        .
          PoolUpgradeFailed           .         .         .         WARNING   .        .        .
          NodeReplacementStarted      .         .         .         .         .        .        .
          NodeReplacementFinished     READY     .         READY     .         .        .        .
          NodeReplacementFailed       WARNING   WARNING   WARNING   .         .        .        .
          PoolDeletionStarted         DELETING  DELETING  DELETING  DELETING  DELETING .        .
          PoolDeletionFinished        DELETED   DELETED   DELETED   DELETED   DELETED  DELETED  .
          PoolDeletionFailed          .         .         .         .         .        LOCKED   .
          ClusterDeletionStarted      DELETING  DELETING  DELETING  DELETING  DELETING .        .
          ClusterDeletionFinished     DELETED   DELETED   DELETED   DELETED   DELETED  DELETED  .
          ClusterDeletionFailed       .         .         .         .         .        .        .
          ControlPlaneObserved        .         .         .         .         .        .        .
          ComponentsObserved          .         .         .         .         .        .        .
          PoolObserved                .         .         .         .         .        .        .
          AdditionalResourcesObserved .         .         .         .         .        .        .
          ClusterAbsenceObserved      .         .         .         .         .        .        .
          """);

  static Stream<Cell> cells() {
    return CELLS.all();
  }

  @Test
  void has_a_cell_for_every_event_in_every_phase() {
    assertThat(CELLS.events()).hasSameElementsAs(Leaves.of(ClusterEvent.class, PoolEvent.class));
    assertThat(CELLS.all().map(Cell::before).distinct().map(Phase::valueOf))
        .containsExactlyInAnyOrder(Phase.values());
  }

  @ParameterizedTest
  @MethodSource("cells")
  void moves_as_the_table_says(Cell cell) {
    PoolStatus before = row(POOL, Phase.valueOf(cell.before()));

    PoolStatus after = after(before, at(8, clusterEvent(cell.event())));

    boolean moved = !cell.after().isEmpty();
    assertThat(after.phase()).isEqualTo(moved ? Phase.valueOf(cell.after()) : before.phase());
    if (moved) {
      assertThat(after.version()).isEqualTo(8);
      assertThat(after.updatedAt()).isEqualTo(instant(8));
    }
    assertThat(after.createdAt()).isEqualTo(before.createdAt());
    assertThat(after(before, at(7, clusterEvent(cell.event())))).isSameAs(before);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void is_not_moved_by_what_happens_to_another_pool(Cell cell) {
    PoolStatus other = row(new PoolId(new UUID(4, 2)), Phase.valueOf(cell.before()));
    ClusterEvent event = clusterEvent(cell.event());

    if (event instanceof PoolEvent) {
      assertThat(after(other, at(8, event))).isSameAs(other);
    } else {
      assertThat(after(other, at(8, event)).phase())
          .isEqualTo(after(row(POOL, Phase.valueOf(cell.before())), at(8, event)).phase());
    }
  }

  @Test
  void begins_with_its_creation_and_with_nothing_else() {
    assertThat(PoolFold.first(REGION, at(1, poolStarted(POOL))))
        .contains(
            new PoolStatus(
                POOL,
                1,
                CLUSTER,
                REGION,
                poolSpec("default"),
                KubernetesVersion.of("1.35.3"),
                Phase.SCALING,
                List.of(OPERATION),
                OPERATION,
                "",
                instant(1),
                instant(1)));
    clusterEvents().entrySet().stream()
        .filter(e -> !e.getKey().equals("PoolCreationStarted"))
        .forEach(e -> assertThat(PoolFold.first(REGION, at(1, e.getValue()))).isEmpty());
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void shows_what_is_desired_at_once_unless_it_is_deleting(Phase phase) {
    PoolStatus before = row(POOL, phase);

    PoolStatus after = after(before, at(8, clusterEvent("PoolUpdateStarted")));

    boolean leaving = phase == Phase.DELETING || phase == Phase.DELETED;
    assertThat(after.spec().nodes().labels()).containsEntry("team", leaving ? "blue" : "red");
    assertThat(after.updatedAt()).isEqualTo(leaving ? instant(5) : instant(8));
    assertThat(after.message()).isEqualTo(before.message());
  }

  @Test
  void warns_with_the_reason_until_a_later_change_is_effective() {
    PoolStatus failed = after(row(POOL, Phase.SCALING), at(8, clusterEvent("PoolCreationFailed")));
    assertThat(failed.message()).isEqualTo("no quota");
    PoolStatus worse = after(failed, at(9, clusterEvent("PoolUpdateFailed")));
    assertThat(worse.message()).isEqualTo("stuck");
    PoolStatus mended = after(worse, at(10, clusterEvent("PoolUpdateFinished")));
    assertThat(mended.message()).isEmpty();
    assertThat(mended.phase()).isEqualTo(Phase.READY);
  }

  @Test
  void is_not_changed_visibly_by_an_update_that_finishes_where_nothing_was_wrong() {
    PoolStatus before = row(POOL, Phase.READY);

    PoolStatus after = after(before, at(8, clusterEvent("PoolUpdateFinished")));

    assertThat(after.updatedAt()).isEqualTo(before.updatedAt());
    assertThat(after.version()).isEqualTo(8);
  }

  @Test
  void stays_deleted_whatever_comes_late() {
    PoolStatus gone =
        after(row(POOL, Phase.DELETING), at(8, new PoolDeletionFinished(CLUSTER, POOL, OPERATION)));

    clusterEvents()
        .values()
        .forEach(
            event -> {
              assertThat(after(gone, at(9, event)).phase()).isEqualTo(Phase.DELETED);
              assertThat(after(gone, at(9, event)).updatedAt()).isEqualTo(instant(8));
            });
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"SCALING", "READY", "WARNING"})
  void scales_whenever_another_size_is_requested(Phase phase) {
    PoolStatus before = row(POOL, phase);

    PoolStatus after = after(before, at(8, resized(RESIZE, 4)));

    assertThat(after.phase()).isEqualTo(Phase.SCALING);
    assertThat(after.spec().size()).isEqualTo(4);
    assertThat(after.message()).isEmpty();
    assertThat(after.updatedAt()).isEqualTo(instant(8));
  }

  @Test
  void is_ready_when_all_that_changes_its_size_has_ended() {
    PoolStatus both = after(row(POOL, Phase.SCALING), at(8, resized(RESIZE, 4)));

    PoolStatus one = after(both, at(9, new PoolCreationFinished(CLUSTER, POOL, OPERATION)));
    assertThat(one.phase()).isEqualTo(Phase.SCALING);
    assertThat(one.updatedAt()).isEqualTo(instant(8));
    PoolStatus none = after(one, at(10, new PoolUpdateFinished(CLUSTER, POOL, RESIZE)));
    assertThat(none.phase()).isEqualTo(Phase.READY);
    assertThat(none.scaling()).isEmpty();
  }

  @Test
  void does_not_wait_for_a_size_that_was_superseded() {
    PoolStatus ready = row(POOL, Phase.READY);

    PoolStatus after =
        after(
            ready,
            at(8, resized(RESIZE, 4)),
            at(9, resized(OTHER_RESIZE, 3, RESIZE)),
            at(10, new PoolUpdateFinished(CLUSTER, POOL, OTHER_RESIZE)));

    assertThat(after.phase()).isEqualTo(Phase.READY);
    assertThat(after.spec().size()).isEqualTo(3);
  }

  @Test
  void lets_only_the_newest_request_decide_on_the_message() {
    PoolStatus failed =
        after(
            row(POOL, Phase.SCALING),
            at(8, resized(RESIZE, 4)),
            at(9, new PoolUpdateFailed(CLUSTER, POOL, RESIZE, "no quota")));
    assertThat(failed.phase()).isEqualTo(Phase.SCALING);
    assertThat(failed.message()).isEqualTo("no quota");

    PoolStatus settled = after(failed, at(10, new PoolCreationFinished(CLUSTER, POOL, OPERATION)));
    assertThat(settled.phase()).isEqualTo(Phase.WARNING);
    assertThat(settled.message()).isEqualTo("no quota");

    PoolStatus overtaken =
        after(
            row(POOL, Phase.SCALING),
            at(8, resized(RESIZE, 4)),
            at(9, new PoolCreationFailed(CLUSTER, POOL, OPERATION, "no machine")),
            at(10, new PoolUpdateFinished(CLUSTER, POOL, RESIZE)));
    assertThat(overtaken.phase()).isEqualTo(Phase.READY);
    assertThat(overtaken.message()).isEmpty();
  }

  @Test
  void is_not_ready_while_a_change_still_requests_a_size_that_is_not_reached() {
    PoolStatus changed =
        after(
            row(POOL, Phase.SCALING),
            at(8, changed(OperationKind.UPDATE, OTHER_RESIZE, 3)),
            at(9, new PoolCreationFailed(CLUSTER, POOL, OPERATION, "no machine")));
    assertThat(changed.phase()).isEqualTo(Phase.SCALING);

    assertThat(after(changed, at(10, new PoolUpdateFinished(CLUSTER, POOL, OTHER_RESIZE))).phase())
        .isEqualTo(Phase.READY);
    PoolStatus failed =
        after(changed, at(10, new PoolUpdateFailed(CLUSTER, POOL, OTHER_RESIZE, "no quota")));
    assertThat(failed.phase()).isEqualTo(Phase.WARNING);
    assertThat(failed.message()).isEqualTo("no quota");
  }

  @Test
  void says_why_it_is_locked_until_it_is_deleted_after_all() {
    PoolStatus locked = after(row(POOL, Phase.DELETING), at(8, clusterEvent("PoolDeletionFailed")));
    assertThat(locked.message()).isEqualTo("undrained");
    PoolStatus again = after(locked, at(9, clusterEvent("PoolDeletionStarted")));
    assertThat(again.phase()).isEqualTo(Phase.DELETING);
    assertThat(again.message()).isEmpty();
  }

  @Test
  void shows_its_new_version_at_once_and_is_mixed_until_every_node_has_it() {
    PoolStatus upgrading =
        after(row(POOL, Phase.WARNING), at(8, clusterEvent("PoolUpgradeStarted")));
    assertThat(upgrading.phase()).isEqualTo(Phase.UPGRADING);
    assertThat(upgrading.spec().version()).isEqualTo(NEXT);
    assertThat(upgrading.oldest()).isEqualTo(KubernetesVersion.of("1.35.3"));
    assertThat(upgrading.mixed()).isTrue();

    PoolStatus upgraded = after(upgrading, at(9, clusterEvent("PoolUpgradeFinished")));
    assertThat(upgraded.phase()).isEqualTo(Phase.READY);
    assertThat(upgraded.oldest()).isEqualTo(NEXT);
    assertThat(upgraded.mixed()).isFalse();
  }

  @Test
  void is_mixed_after_an_upgrade_that_failed_whatever_else_succeeds() {
    PoolStatus failed =
        after(
            row(POOL, Phase.READY),
            at(8, clusterEvent("PoolUpgradeStarted")),
            at(9, clusterEvent("PoolUpgradeFailed")));
    assertThat(failed.phase()).isEqualTo(Phase.WARNING);
    assertThat(failed.message()).isEqualTo("not drained");
    assertThat(failed.mixed()).isTrue();

    PoolStatus resized =
        after(
            failed,
            at(10, resized(RESIZE, 4)),
            at(11, new PoolUpdateFinished(CLUSTER, POOL, RESIZE)));
    assertThat(resized.phase()).isEqualTo(Phase.READY);
    assertThat(resized.oldest()).isEqualTo(KubernetesVersion.of("1.35.3"));

    PoolStatus again = after(failed, at(10, clusterEvent("PoolUpgradeStarted")));
    assertThat(again.message()).isEmpty();
    assertThat(after(again, at(11, clusterEvent("PoolUpgradeFinished"))).mixed()).isFalse();
  }

  @Test
  void does_not_wait_after_an_upgrade_for_a_size_that_it_superseded() {
    PoolStatus upgraded =
        after(
            row(POOL, Phase.READY),
            at(8, resized(RESIZE, 4)),
            at(9, poolUpgrade(OPERATION, RESIZE)),
            at(10, clusterEvent("PoolUpgradeFinished")));

    assertThat(upgraded.phase()).isEqualTo(Phase.READY);
    assertThat(upgraded.scaling()).isEmpty();
  }

  @Test
  void scales_on_after_an_upgrade_that_superseded_nothing() {
    PoolStatus upgraded =
        after(
            row(POOL, Phase.SCALING),
            at(8, clusterEvent("PoolUpgradeStarted")),
            at(9, clusterEvent("PoolUpgradeFinished")));

    assertThat(upgraded.phase()).isEqualTo(Phase.SCALING);
    assertThat(after(upgraded, at(10, clusterEvent("PoolCreationFinished"))).phase())
        .isEqualTo(Phase.READY);
  }

  @Test
  void warns_of_a_node_that_was_not_replaced_until_one_is() {
    PoolStatus replacing =
        after(
            row(POOL, Phase.READY),
            at(8, replacement(RESIZE)),
            at(9, new NodeReplacementFailed(CLUSTER, POOL, NODE, RESIZE, "no successor")));
    assertThat(replacing.phase()).isEqualTo(Phase.WARNING);
    assertThat(replacing.message()).isEqualTo("no successor");

    PoolStatus again = after(replacing, at(10, replacement(OTHER_RESIZE)));
    assertThat(again.phase()).isEqualTo(Phase.WARNING);
    assertThat(again.message()).isEqualTo("no successor");
    assertThat(again.updatedAt()).isEqualTo(instant(9));
    PoolStatus replaced =
        after(again, at(11, new NodeReplacementFinished(CLUSTER, POOL, NODE, OTHER_RESIZE)));
    assertThat(replaced.phase()).isEqualTo(Phase.READY);
    assertThat(replaced.message()).isEmpty();
  }

  @Test
  void is_not_changed_visibly_by_a_node_that_is_replaced_where_nothing_was_wrong() {
    PoolStatus replaced =
        after(
            row(POOL, Phase.READY),
            at(8, replacement(RESIZE)),
            at(9, new NodeReplacementFinished(CLUSTER, POOL, NODE, RESIZE)));

    assertThat(replaced.phase()).isEqualTo(Phase.READY);
    assertThat(replaced.updatedAt()).isEqualTo(instant(5));
  }

  private static PoolUpdateStarted resized(
      OperationId operation, int size, OperationId... superseded) {
    return changed(OperationKind.SCALE, operation, size, superseded);
  }

  private static PoolUpdateStarted changed(
      OperationKind kind, OperationId operation, int size, OperationId... superseded) {
    PoolSpec before = poolSpec("default");
    PoolSpec after = before.with(PoolChange.ofSize(size));
    return poolUpdate(kind, operation, after.changeTo(before), before.changeTo(after), superseded);
  }

  private static PoolStatus row(PoolId id, Phase phase) {
    return new PoolStatus(
        id,
        7,
        CLUSTER,
        REGION,
        poolSpec("default"),
        KubernetesVersion.of("1.35.3"),
        phase,
        phase == Phase.SCALING ? List.of(OPERATION) : List.of(),
        OPERATION,
        "",
        instant(0),
        instant(5));
  }
}
